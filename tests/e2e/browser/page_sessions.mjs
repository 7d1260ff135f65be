// SPDX-License-Identifier: Apache-2.0
//
// page_test: all pages at once, how a session ends, and what a browser has to say against the page.
import assert from "node:assert/strict";
import { faintText } from "./contrast.mjs";
import { at, button, does, hostile, main, PASSWORD, phone, test } from "./scene.mjs";

const ADDRESSES = ["status", "security/trusted", "security/rejected", "security/server", "security/revocation", "settings/provision", "diagnostics/connections"];

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
