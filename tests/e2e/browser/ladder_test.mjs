// SPDX-License-Identifier: Apache-2.0
//
// The ladder and the chain in a real Chromium: on the page of a real phone, and as the pictures
// that `sealtone check --svg` and `sealtone connections show ID --svg` write.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { faintText } from "./contrast.mjs";
import { misdrawnText, misplacedText } from "./layout.mjs";
import { certificate, Folder, startPhone, startServer } from "./phone.mjs";
import { open, step } from "./visit.mjs";

const PASSWORD = "made for the test";
const MARKUP = "<img src=x onerror=alert(1)>";
const WIDTHS = [320, 768, 1440];
const PLACES = ".ladder, .chain, .lanes, .remark";

const folder = new Folder();
const run = promisify(execFile);
// Whatever it exits with: a server that is refused is found out, too.
const sealtone = (...words) => run(process.env.SEALTONE_BINARY, words).catch((ended) => ended);

const SUITES = ["TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "0xC0FF", MARKUP];
const fact = (name, ...values) => ({ name, values, count: values.length });
const stepOf = (name, from, more = {}) => ({
  number: "", name, from, encrypted: false, readable: true, messages: 1, size: 512, at_us: 41500, since_last_us: 3200,
  note: "", failing: false, facts: [], ...more,
});

// All kinds of steps, with the names that a stranger would choose.
const HOSTILE = {
  version: "TLS 1.2", cipher_suite: SUITES[0], key_exchange: "ECDHE, X25519", forward_secret: true, resumed: false,
  session_of: null, encrypted_from: 4, result: "ended at ③ Certificate: refused: chain-incomplete, issuer-unknown, name-mismatch",
  closed_by: "client", reset: true,
  remarks: ["Versions that the client offered: TLS 1.0, TLS 1.1.", "x".repeat(400), "W ".repeat(100)],
  steps: [
    stepOf("ClientHello", "client", {
      number: "①", note: "TLS 1.0, TLS 1.1, TLS 1.2; " + "W".repeat(90),
      facts: [
        fact("server name (SNI)", MARKUP + "\u202E" + "W".repeat(200)),
        { name: "cipher suites", values: SUITES, count: 31997 },
        fact("ALPN", "漢字".repeat(40), "😀".repeat(30), "שלום".repeat(20), "é̀̂".repeat(20)),
      ],
    }),
    stepOf("ServerHello", "server", { number: "②", note: "TLS 1.2" }),
    stepOf("Certificate", "server", {
      number: "③", failing: true, note: "2 certificates; refused: chain-incomplete, issuer-unknown",
      facts: [fact("certificates", MARKUP, "W".repeat(100))],
    }),
    stepOf("Alert", "client", { note: "unknown_ca", facts: [fact("meaning", "It does not trust the issuer of the certificate.")] }),
    stepOf("encrypted: 1234567 octets", "server", {
      encrypted: true, readable: false, messages: 4, note: "4 records; the place of EncryptedExtensions, Certificate (figure: ③), CertificateVerify and Finished (figure: ⑨)",
      facts: [fact("signed with", "rsa_pss_rsae_sha256")],
    }),
    stepOf("N".repeat(300), "server", { encrypted: true }),
  ],
  chain: [
    { kind: "sent", name: MARKUP + "\u202Egro.emca", role: "server", note: "chain-incomplete, name-mismatch" },
    { kind: "missing", name: "W".repeat(100), role: "", note: "neither sent nor among the trusted certificates" },
    { kind: "sent", name: "漢字".repeat(40), role: "root", note: "sent, and nothing joins it to those before" },
    { kind: "trusted", name: "Acme Root R1", role: "root", note: "" },
  ],
};
const CONNECTION = {
  id: 1, service: "provisioning", role: "client", server: "prov.example.com:443", at: "2026-11-26T00:00:00Z", decision: "untrusted",
  headline: "it was refused", verdict: { decision: "untrusted", headline: "it was refused", findings: [], other_paths: [] },
  certificates: [], own_certificate: null, handshake: HOSTILE,
};

let phone, server, at, gap;

before(async () => {
  const ca = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"];
  const root = certificate(folder, "root", { subject: "/CN=Acme Root R1", extensions: ca });
  const issuing = certificate(folder, "issuing", { subject: "/CN=" + "W".repeat(64), extensions: ca, issuer: root });
  const leaf = certificate(folder, "leaf", {
    subject: `/CN=${MARKUP} \u202Egro.emca\u202C`, extensions: ["subjectAltName=IP:127.0.0.1", "extendedKeyUsage=serverAuth"], issuer: issuing,
  });
  // It sends its root along, and not what lies between.
  server = await startServer(leaf, root, {});
  gap = server.url.slice("https://".length, -1);
  phone = await startPhone(folder.at("state"));
  at = await open(phone.url);
  await step(at, ["choose-password", phone.oneTimePassword, PASSWORD]);
});

after(async () => {
  await at?.browser.close();
  await phone?.stop();
  await server?.stop();
  folder.remove();
});

// The page of one connection, at every width, light and dark, with all that it can unfold.
async function looksRight(hash) {
  await at.page.evaluate((to) => (location.hash = to), hash);
  await at.page.getByRole("heading", { name: "Step by step" }).waitFor();
  await at.page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  for (const colorScheme of ["light", "dark"]) {
    await at.page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await at.page.setViewportSize({ width, height: 900 });
      const where = `${colorScheme}, ${width} pixels`;
      assert.deepEqual(await misplacedText(at.page, PLACES), [], where);
      assert.ok(await step(at, ["no-sideways-scroll", String(width)]), where);
    }
    assert.deepEqual(await faintText(at.page), [], colorScheme);
  }
}

// A picture, opened by itself.
async function isDrawnRight(file) {
  const page = await at.page.context().newPage();
  try {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto("file://" + file);
        assert.deepEqual(await misdrawnText(page), [], `${colorScheme}, ${width} pixels`);
      }
    }
    return await page.evaluate(() => [...document.querySelectorAll("text")].map((one) => one.textContent));
  } finally {
    await page.close();
  }
}

test("of a refused server the page draws steps and chain, with a gap where the chain has one", async () => {
  await step(at, ["set-provision", server.url, "phone1", "any"]);
  await step(at, ["provision-now"]);
  const rows = await step(at, ["connections"]);
  const text = await step(at, ["open-connection", 1 + rows.findIndex((row) => row[1].startsWith("provisioning"))]);
  assert.match(text, /From its certificate to the root/);
  const missing = at.page.locator(".chain .missing");
  assert.match(await missing.innerText(), /W{64}\s+missing; neither sent nor among the trusted certificates/);
  assert.match(await at.page.locator(".chain li").first().innerText(), /<img src=x onerror=alert\(1\)> \\u\{202E\}gro/);
  await looksRight(await at.page.evaluate(() => location.hash));
});

test("whatever a stranger calls itself, the page keeps its text in its place", async () => {
  await at.page.route(/\/api\/connections\/1$/, (route) => route.fulfill({ json: CONNECTION }));
  await at.page.evaluate(() => (location.hash = "#/status"));
  await at.page.getByRole("heading", { level: 1, name: "Status" }).waitFor();
  await looksRight("#/diagnostics/connections/1");
  const text = await at.page.locator(".ladder").innerText();
  assert.ok(text.includes(MARKUP), text);
  assert.ok(!text.includes("\u202E"));
  assert.match(text, /and 31993 more/);
  assert.match(text, /encrypted, not read/);
  assert.equal(await at.page.locator("img").count(), 0);
  await at.page.unroute(/\/api\/connections\/1$/);
});

test("sealtone check draws what it saw as a picture", async () => {
  const file = folder.at("check.svg");
  const checked = await sealtone("check", gap, "--trust", folder.at("root.pem"), "--svg", file);
  const texts = await isDrawnRight(file);
  assert.ok(texts.includes("③ Certificate"), checked.stdout);
  assert.ok(texts.includes("it ended here"));
  assert.ok(texts.some((line) => line.startsWith("missing;")), texts.join("\n"));
});

// In the place of a phone, somebody who says what nobody would.
test("a connection that is kept is drawn as a picture, whatever its names are", async () => {
  const state = folder.at("impostor");
  mkdirSync(state);
  folder.write("impostor/sealtone.db", "");
  const impostor = createServer((_, response) => response.end(JSON.stringify(CONNECTION)));
  await new Promise((listening) => impostor.listen(state + "/admin.sock", listening));
  const file = folder.at("kept.svg");
  try {
    const shown = await sealtone("connections", "show", "1", "--state", state, "--svg", file);
    assert.match(shown.stdout, /0xC0FF, <img src=x onerror=alert\(1\)>/);
    const again = await sealtone("connections", "show", "1", "--state", state, "--svg", file);
    assert.equal(again.code, 2, "it is never written over another file");
  } finally {
    await new Promise((closed) => impostor.close(closed));
  }
  const texts = await isDrawnRight(file);
  assert.ok(texts.join("").includes(MARKUP.slice(0, 20)), texts.join("\n"));
  assert.ok(!readFileSync(file, "utf8").includes("\u202E"));
  assert.ok(!readFileSync(file, "utf8").includes(MARKUP));
});

test("in all this the page threw nothing and broke no policy", () => {
  assert.deepEqual(at.broken, []);
});
