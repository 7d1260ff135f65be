// SPDX-License-Identifier: Apache-2.0
//
// page_test: Security > Trusted Certificates and Security > Server Certificates.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { openssl, serialOf } from "./phone.mjs";
import { answers, at, button, does, first, folder, hostile, reload, root, second, test } from "./scene.mjs";

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

test("the rules for names and certificates are switches too, and nobody else's setting changes with them", async () => {
  const stands = async () => {
    await reload();
    const names = ["Rules for Public Web Servers", "Addresses as Names of SIP Servers", "Wildcards in Names of SIP Servers"];
    const on = [];
    for (const name of names) on.push(await at.page.getByRole("switch", { name }).isChecked());
    return on;
  };
  assert.deepEqual(await stands(), [false, true, false]);
  await does("set-web-rules", "on");
  assert.deepEqual(await stands(), [true, true, false]);
  await does("set-sip-addresses", "off");
  await does("set-sip-wildcards", "on");
  assert.deepEqual(await stands(), [true, false, true]);
  assert.ok(await at.page.getByRole("switch", { name: "Common Name Validation" }).isChecked());
  await at.page.getByRole("switch", { name: "Wildcards in Names of SIP Servers" }).uncheck();
  await button("Cancel").click();
  assert.deepEqual(await stands(), [true, false, true]);
  await does("set-web-rules", "off");
  await does("set-sip-addresses", "on");
  await does("set-sip-wildcards", "off");
  assert.deepEqual(await stands(), [false, true, false]);
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
