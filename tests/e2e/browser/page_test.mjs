// SPDX-License-Identifier: Apache-2.0
//
// The page of a real phone in a real Chromium, used as an admin uses it.  One phone and one browser;
// each test goes on where the one before it ended.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test as plain } from "node:test";
import { faintText } from "./contrast.mjs";
import { certificate, Folder, openssl, serialOf, startPhone, startServer } from "./phone.mjs";
import { open, step } from "./visit.mjs";

const PASSWORD = "made for the test";
const SECRET = "provisioning-secret-7";
const MARKUP = "<img src=x onerror=alert(1)>";
const ADDRESSES = ["status", "security/trusted", "security/rejected", "security/server", "security/revocation", "settings/provision", "diagnostics/connections"];

const folder = new Folder();
const subject = (name) => `/CN=${name}`;
const ca = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"];
const leaf = (usage) => [`subjectAltName=IP:127.0.0.1`, `extendedKeyUsage=${usage}`];

// Where one failed, those after it would only fail for its sake.
let failed = false;
const test = (name, body) =>
  plain(name, async (t) => {
    if (failed) return t.skip("one before it failed");
    failed = true;
    await body();
    failed = false;
  });

let phone, server, at, root, hostile, first, second;
const answers = [];
const does = (...words) => step(at, words);
const button = (name) => at.page.getByRole("button", { name, exact: true });
const main = () => at.page.locator("main").innerText();
const status = () => at.page.getByRole("status").innerText();

// Loads the page anew: what is shown then is what the phone keeps.
async function reload() {
  await at.page.reload();
  await at.page.getByRole("heading", { level: 1 }).waitFor();
  return does("text");
}

before(async () => {
  root = certificate(folder, "root", { subject: subject("Acme Root R1"), extensions: ca });
  hostile = certificate(folder, "hostile", { subject: subject(`${MARKUP} \u202Egro.emca\u202C`), extensions: ca });
  first = certificate(folder, "first", { subject: subject("phone-first"), extensions: leaf("serverAuth,clientAuth") });
  second = certificate(folder, "second", { subject: subject("phone-second"), extensions: leaf("serverAuth") });
  const shown = certificate(folder, "server", { subject: subject("prov"), extensions: leaf("serverAuth"), issuer: root });
  server = await startServer(shown, root, { "/y000000000000.cfg": "#!version:1.0.0.1\nstatic.no_such_key = 1\n" });
  phone = await startPhone(folder.at("state"));
  at = await open(phone.url);
  at.page.on("response", async (response) => {
    if (response.url().includes("/api/")) answers.push(await response.text().catch(() => ""));
  });
});

after(async () => {
  await at?.browser.close();
  await phone?.stop();
  await server?.stop();
  folder.remove();
});

test("it comes with a policy that forbids scripts and markup from elsewhere", async () => {
  const response = await at.page.reload();
  const policy = response.headers()["content-security-policy"];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /require-trusted-types-for 'script'/);
  assert.match(policy, /trusted-types 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
});

test("a wrong password is refused in words", async () => {
  await at.page.getByLabel("Password", { exact: true }).fill("not the password");
  await button("Log In").click();
  await at.page.getByText("not the password").first().waitFor();
  assert.match(await status(), /not the password/i);
});

test("the first log-in is done with the keyboard alone, and asks for a password of one's own", async () => {
  await at.page.reload();
  await at.page.getByLabel("Password", { exact: true }).waitFor();
  const { keyboard } = at.page;
  await keyboard.type(phone.oneTimePassword);
  await keyboard.press("Enter");
  await at.page.getByLabel("New password", { exact: true }).waitFor();
  await keyboard.type("nine char");
  await keyboard.press("Tab");
  await keyboard.type("nine char");
  await keyboard.press("Enter");
  await at.page.getByText("has 9 characters; it needs at least 10").waitFor();
  await keyboard.press("Control+A");
  await keyboard.type(PASSWORD);
  await keyboard.press("Tab");
  await keyboard.press("Control+A");
  await keyboard.type(PASSWORD);
  await keyboard.press("Tab");
  await keyboard.press("Space");
  await button("Log Out").waitFor();
});

test("every page is reached with the keyboard", async () => {
  await does("text");
  for (const title of ["Trusted Certificates", "Rejected Servers", "Server Certificates", "Revocation Lists", "Auto Provision", "Connections", "Status"]) {
    await at.page.getByRole("navigation").getByRole("link", { name: title, exact: true }).focus();
    await at.page.keyboard.press("Enter");
    await at.page.getByRole("heading", { level: 1, name: title }).waitFor();
    await at.page.waitForFunction(() => document.activeElement.localName === "h1");
  }
});

test("the status names the temporary certificate and its SHA-256, and says that nobody is trusted", async () => {
  const text = await does("text");
  assert.match(text, /temporary certificate/);
  assert.ok(text.includes(phone.sha256), text);
  assert.match(text, /trusts nobody yet/);
});

test("an uploaded .cer is a row of the list, its columns as on a desk phone", async () => {
  assert.deepEqual(await does("trusted"), []);
  const says = await does("upload-trusted", root.cer);
  assert.match(says, /Acme Root R1/);
  const [row] = await does("trusted");
  assert.deepEqual(row.slice(0, 3), ["1", "Acme Root R1", "Acme Root R1"]);
  const until = openssl("x509", "-in", root.pem, "-noout", "-enddate", "-dateopt", "iso_8601").match(/\d{4}-\d\d-\d\d/)[0];
  assert.equal(row[3], until);
  const headings = await at.page.getByRole("columnheader").allInnerTexts();
  assert.deepEqual(headings, ["Index", "Issued To", "Issued By", "Expiration", "Delete"]);
});

test("a file that is no certificate is refused in words, and the list stays", async () => {
  const says = await does("upload-trusted", folder.write("notes.cer", "nothing of the kind"));
  assert.match(says, /notes\.cer/);
  assert.equal((await does("trusted")).length, 1);
});

test("a bundle with a broken piece is told certificate by certificate, and nothing of it is taken", async () => {
  const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  const bundle = readFileSync(first.pem, "utf8") + broken;
  const says = await does("upload-trusted", folder.write("bundle.pem", bundle));
  assert.match(says, /nothing was added/);
  const told = await at.page.getByRole("region", { name: "What was found in the file" }).innerText();
  assert.match(told, /not added\s+"phone-first" was not added/);
  assert.match(told, /refused\s+PEM block \d+ \(CERTIFICATE, from line \d+\) is damaged/);
  assert.match(told, /Get that file again from where it came from/);
  assert.equal((await does("trusted")).length, 1);
});

test("what a hostile certificate says is shown as text", async () => {
  await does("upload-trusted", hostile.cer);
  const [, row] = await does("trusted");
  assert.ok(row[1].includes("img src=x onerror=alert(1)"), row[1]);
  assert.ok(row[1].includes("u{202E}"), row[1]);
  assert.ok(!row[1].includes("\u202E"));
  assert.equal(await at.page.locator("img").count(), 0);
  assert.ok((await at.page.getByRole("checkbox").last().getAttribute("aria-label")).includes("img src=x"));
});

test("a marked certificate is deleted, the others stay", async () => {
  await does("delete-trusted", 2);
  assert.deepEqual((await does("trusted")).map((row) => row[1]), ["Acme Root R1"]);
  await does("delete-trusted", 1);
  assert.deepEqual(await does("trusted"), []);
});

test("with the switch off it says that anybody is accepted", async () => {
  await does("set-switch", "off");
  assert.match(await reload(), /Anybody is accepted/);
  assert.ok(!(await at.page.getByRole("switch", { name: "Only Accept Trusted Certificates" }).isChecked()));
  await does("set-switch", "on");
  assert.doesNotMatch(await reload(), /Anybody is accepted/);
});

test("list and name check are kept, and Cancel keeps nothing", async () => {
  await does("set-list", "all");
  await does("set-name-check", "off");
  await reload();
  const all = at.page.getByRole("radio", { name: "All Certificates" });
  const names = at.page.getByRole("switch", { name: "Common Name Validation" });
  assert.ok(await all.isChecked());
  assert.ok(!(await names.isChecked()));
  await names.check();
  await button("Cancel").click();
  assert.ok(!(await names.isChecked()));
  await does("set-name-check", "on");
  await does("set-list", "custom");
});

test("the server certificate is replaced by an upload, and new connections show it", async () => {
  assert.match(await does("server-certificate"), /Temporary, self-made/);
  await does("upload-server-certificate", first.both);
  assert.equal(await does("served-serial"), serialOf(first.pem));
  const text = await does("server-certificate");
  assert.ok(text.includes(serialOf(first.pem)), text);
  assert.doesNotMatch(text, /Temporary, self-made/);
  await does("upload-server-certificate", second.both);
  assert.equal(await does("served-serial"), serialOf(second.pem));
  const now = await reload();
  const [shown, before] = now.split("Previous certificate");
  assert.ok(!shown.includes(serialOf(first.pem)), now);
  assert.match(now, /lacks clientAuth/);
  assert.match(before, /phone-first/);
});

test("one press goes back to the previous server certificate, and another one forth again", async () => {
  const says = await does("undo-server-certificate");
  assert.match(says, /is now "phone-first"/);
  assert.match(says, /"phone-second" is the previous one now/);
  assert.equal(await does("served-serial"), serialOf(first.pem));
  await does("undo-server-certificate");
  assert.equal(await does("served-serial"), serialOf(second.pem));
});

test("a certificate and its key may come in two files", async () => {
  await at.page.getByLabel("Certificate and private key").setInputFiles([first.pem, first.key]);
  await button("Upload").click();
  await at.page.getByText('The server certificate is now "phone-first"').waitFor();
  assert.equal(await does("served-serial"), serialOf(first.pem));
});

test("a PKCS#12 file is asked its passphrase for, until the right one comes", async () => {
  const file = folder.at("phone.p12");
  openssl("pkcs12", "-export", "-in", second.pem, "-inkey", second.key, "-passout", "pass:of the test", "-out", file);
  const passphrase = at.page.getByLabel("Passphrase of the file");
  assert.equal(await passphrase.count(), 0);
  assert.match(await does("upload-server-certificate", file), /a passphrase is needed/);
  await passphrase.fill("another");
  await button("Upload").click();
  await at.page.getByText("the passphrase does not open it").waitFor();
  assert.equal(await does("served-serial"), serialOf(first.pem));
  await passphrase.fill("of the test");
  await button("Upload").click();
  await at.page.getByText('The server certificate is now "phone-second"').waitFor();
  assert.equal(await does("served-serial"), serialOf(second.pem));
  assert.equal(await passphrase.count(), 0);
  await does("upload-server-certificate", first.both);
});

test("a certificate without its key replaces nothing", async () => {
  await does("upload-server-certificate", second.pem);
  assert.equal(await does("served-serial"), serialOf(first.pem));
});

test("the removed server certificate makes room for the temporary one", async () => {
  await button("Remove…").click();
  await button("Keep it").click();
  await button("Remove…").click();
  await button("Remove").click();
  await at.page.getByText("Temporary, self-made").waitFor();
  assert.notEqual(await does("served-serial"), serialOf(first.pem));
});

test("what was removed can be brought back until it is forgotten", async () => {
  await does("undo-server-certificate");
  assert.equal(await does("served-serial"), serialOf(first.pem));
  assert.doesNotMatch(await reload(), /Previous certificate/);
  await button("Remove…").click();
  await button("Remove").click();
  await at.page.getByText("Temporary, self-made").waitFor();
  assert.match(await does("forget-previous"), /phone-first.*are gone from the phone/);
  const text = await reload();
  assert.doesNotMatch(text, /Previous certificate/);
  assert.ok(!answers.some((answer) => answer.includes("PRIVATE KEY")));
});

test("the provisioning password goes in and never comes out", async () => {
  await does("set-provision", server.url, "phone1", SECRET);
  const text = await reload();
  assert.match(text, /A password is set/);
  assert.equal(await at.page.getByLabel("Password", { exact: true }).inputValue(), "");
  assert.equal(await at.page.getByLabel("Server URL").inputValue(), server.url);
  assert.equal(await at.page.getByLabel("User Name").inputValue(), "phone1");
  await button("Confirm").click();
  await at.page.waitForFunction(() => document.querySelector("[role=status]").textContent !== "");
  assert.match(await reload(), /A password is set/);
  assert.ok(!(await at.page.content()).includes(SECRET));
  assert.ok(answers.length > 10);
  assert.ok(!answers.some((answer) => answer.includes(SECRET)));
});

// The verdict on the provisioning server, as the table of connections has it.
const provisioning = (rows) => rows.findIndex((row) => row[1].startsWith("provisioning"));

test("a refused server is explained, and nothing was asked of it", async () => {
  const report = await does("provision-now");
  assert.match(report, /Refused/);
  assert.match(report, /Next step:/);
  assert.deepEqual(server.asked, []);
  const rows = await does("connections");
  assert.equal(rows[provisioning(rows)]?.[2], "Refused");
});

test("what a refused server leads to is trusted by no fingerprint but the right one, which is not filled in", async () => {
  await at.page.getByRole("navigation").getByRole("link", { name: "Rejected Servers", exact: true }).click();
  await at.page.getByRole("heading", { level: 1, name: "Rejected Servers" }).waitFor();
  await at.page.locator("main").getByRole("link").first().click();
  const field = at.page.getByLabel("SHA-256, as its owner gives it out");
  await field.waitFor();
  assert.equal(await field.inputValue(), "");
  assert.match(await main(), /What would be trusted is the root "Acme Root R1", which the server sent/);
  await button("Trust This Issuer").click();
  assert.match(await status(), /Type or paste the SHA-256/);
  await field.fill("00 ".repeat(32));
  await button("Trust This Issuer").click();
  await at.page.getByText("Nothing was trusted").first().waitFor();
  assert.doesNotMatch(await status(), /([0-9A-F]{2}:){4}/);
  assert.deepEqual(server.asked, []);
});

test("the steps are drawn with the figure's numbers, and the failing one is marked", async () => {
  const text = await does("open-connection", 1 + provisioning(await does("connections")));
  assert.match(text, /①\s*ClientHello/);
  assert.match(text, /②\s*ServerHello/);
  assert.match(text, /③\s*Certificate/);
  assert.doesNotMatch(text, /⑤/);
  assert.equal(await at.page.getByText("it ended here", { exact: true }).count(), 1);
  assert.match(text, /TLS 1\.2/);
});

test("the file to trust is handed over; uploaded, it makes the phone take what the server gives", async () => {
  const offered = at.page.waitForEvent("download");
  await at.page.getByRole("link", { name: /^Save / }).first().click();
  const saved = folder.at("saved.pem");
  await (await offered).saveAs(saved);
  assert.equal(serialOf(saved), serialOf(root.pem));
  await does("upload-trusted", saved);
  const report = await does("provision-now");
  assert.ok(server.asked.includes("/y000000000000.cfg"), report);
  assert.match(report, /Trusted/);
  assert.match(report, /1 key of other functions/);
});

test("of a connection that stands all nine steps are drawn, and from which on it is encrypted", async () => {
  const text = await does("open-connection", 1 + provisioning(await does("connections")));
  for (const number of "①②③④⑤⑥⑦⑧⑨") assert.ok(text.includes(number), text);
  assert.match(text, /From here on \(⑦\) the connection is encrypted/);
  assert.match(text, /forward secret/);
  assert.doesNotMatch(text, /it ended here/);
});

test("what went over the wire is handed over as a capture file, of one connection and of all, without keys", async () => {
  const handedOver = async (name) => {
    const offered = at.page.waitForEvent("download");
    await at.page.getByRole("link", { name, exact: true }).click();
    const download = await offered;
    const file = folder.at(download.suggestedFilename());
    await download.saveAs(file);
    return readFileSync(file);
  };
  await does("open-connection", 1 + provisioning(await does("connections")));
  const one = await handedOver("Save as Capture File");
  await does("connections");
  const all = await handedOver("Save All as Capture File");
  for (const file of [one, all]) {
    assert.equal(file.readUInt32LE(0), 0x0a0d0d0a);
    assert.doesNotMatch(file.toString("latin1"), /SECRET|CLIENT_RANDOM/);
  }
  assert.ok(one.includes("this end was the client."));
  assert.ok(all.length > one.length);
});

test("no page scrolls sideways at 320, 768 and 1440 pixels, light or dark, and no text is faint", async () => {
  const grounds = new Set();
  await does("upload-trusted", hostile.cer);
  await does("open-connection", 1);
  const connection = await at.page.evaluate(() => location.hash.slice(2));
  for (const address of [...ADDRESSES, connection]) {
    await at.page.evaluate((hash) => (location.hash = hash), "#/" + address);
    await does("text");
    for (const colours of ["light", "dark"]) {
      await at.page.emulateMedia({ colorScheme: colours });
      grounds.add(await at.page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      assert.deepEqual(await faintText(at.page), [], `${address}, ${colours}`);
    }
    for (const width of [320, 768, 1440]) {
      assert.ok(await does("no-sideways-scroll", width), `${address} at ${width} pixels`);
    }
  }
  assert.equal(grounds.size, 2);
});

test("a session that has ended leads to the log-in and back to the same page", async () => {
  await at.page.evaluate(() => (location.hash = "#/security/server"));
  await does("text");
  await at.page.context().clearCookies();
  await button("Upload").waitFor();
  await at.page.evaluate(() => (location.hash = "#/settings/provision"));
  await at.page.getByText("Your session has ended").waitFor();
  await does("log-in", PASSWORD);
  assert.match(await main(), /Settings > Auto Provision/);
});

test("who logs out is out, and the one-time password is spent", async () => {
  await button("Log Out").click();
  await at.page.getByText("You are logged out").waitFor();
  await at.page.getByLabel("Password", { exact: true }).fill(phone.oneTimePassword);
  await button("Log In").click();
  await at.page.getByText("not the password").first().waitFor();
});

test("after some wrong passwords it says how long to wait", async () => {
  for (let i = 0; i < 20; ++i) {
    await at.page.getByLabel("Password", { exact: true }).fill("wrong " + i);
    const answered = at.page.waitForResponse(/api\/session/);
    await button("Log In").click();
    if ((await answered).status() === 429) break;
  }
  await at.page.getByText(/wait \d+ seconds? before the next/).first().waitFor();
});

test("in all this the page threw nothing and broke no policy", () => {
  assert.deepEqual(at.broken, []);
});
