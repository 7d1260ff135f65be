// SPDX-License-Identifier: Apache-2.0
//
// scene: one phone, one server that it is provisioned by, and one browser, for all tests of page_test;
// each goes on where the one before it ended.
import { after, before, test as plain } from "node:test";
import { certificate, Folder, startPhone, startServer } from "./phone.mjs";
import { open, step } from "./visit.mjs";

export const PASSWORD = "made for the test";
export const SECRET = "provisioning-secret-7";
const MARKUP = "<img src=x onerror=alert(1)>";

export const folder = new Folder();
const subject = (name) => `/CN=${name}`;
const ca = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"];
const leaf = (usage) => [`subjectAltName=IP:127.0.0.1`, `extendedKeyUsage=${usage}`];

// Where one failed, those after it would only fail for its sake.
let failed = false;
export const test = (name, body) =>
  plain(name, async (t) => {
    if (failed) return t.skip("one before it failed");
    failed = true;
    await body();
    failed = false;
  });

export let phone, server, at, root, hostile, first, second;
export const answers = [];  // of the API, as they came
export const does = (...words) => step(at, words);
export const button = (name) => at.page.getByRole("button", { name, exact: true });
export const main = () => at.page.locator("main").innerText();
export const status = () => at.page.getByRole("status").innerText();

// Loads the page anew: what is shown then is what the phone keeps.
export async function reload() {
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
