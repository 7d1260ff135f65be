// SPDX-License-Identifier: Apache-2.0
//
// page_test: the first log-in, by keyboard alone, and what the phone says of itself then.
import assert from "node:assert/strict";
import { at, button, does, PASSWORD, phone, status, test } from "./scene.mjs";

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
  for (const title of ["Register", "Trusted Certificates", "Rejected Servers", "Server Certificates", "Revocation Lists", "Auto Provision", "Connections", "Status"]) {
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
