// SPDX-License-Identifier: Apache-2.0
//
// page_test: Settings > Auto Provision, and what is told of its connections.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { serialOf } from "./phone.mjs";
import { answers, at, button, does, folder, main, reload, root, SECRET, server, status, test } from "./scene.mjs";

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
