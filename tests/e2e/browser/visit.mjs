// SPDX-License-Identifier: Apache-2.0
//
// visit: one Chromium of its own, from its start to its end.
//
// The browser is the system's (SEALTONE_CHROMIUM names another one); playwright-core, found in
// web/node_modules, only drives it.
import { createRequire } from "node:module";
import { STEPS } from "./steps.mjs";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));

export const STEP_LIMIT_MS = 20_000;

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

const POLICY = /Content[ -]Security[ -]Policy|Trusted ?Type|violates the following/i;

// Keeps what the page did wrong by itself, whatever the steps do meanwhile.
function listen(page) {
  const broken = [];
  page.on("pageerror", (thrown) => broken.push("the page threw: " + thrown.message));
  page.on("console", (message) => {
    if (POLICY.test(message.text())) broken.push("the page broke its policy: " + message.text());
  });
  page.on("dialog", (dialog) => {
    broken.push("the page opened a dialog: " + dialog.message());
    dialog.dismiss().catch(() => {});
  });
  return broken;
}

export async function open(url) {
  const { chromium } = require("playwright-core");
  const browser = await chromium.launch({
    executablePath: process.env.SEALTONE_CHROMIUM ?? "/usr/bin/chromium",
    args: ARGUMENTS,
  });
  try {
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      viewport: { width: 1280, height: 900 },
    });
    context.setDefaultTimeout(STEP_LIMIT_MS);
    const page = await context.newPage();
    const broken = listen(page);
    await page.goto(url);
    return { browser, page, broken, url };
  } catch (problem) {
    await browser.close();
    throw problem;
  }
}

export async function step(at, [name, ...parameters]) {
  const does = STEPS[name];
  if (!does) throw new Error(`there is no step "${name}"`);
  let limit;
  const tooLong = new Promise((_, refuse) => {
    limit = setTimeout(() => refuse(new Error("it took longer than 20 seconds")), STEP_LIMIT_MS);
  });
  try {
    return (await Promise.race([does(at, ...parameters), tooLong])) ?? null;
  } catch (problem) {
    const text = await at.page.innerText("body", { timeout: 1000 }).catch(() => "");
    const seen = [...at.broken, "", "The page shows:", text].join("\n");
    throw new Error(`step "${name}" could not be done: ${problem.message}\n${seen}`);
  } finally {
    clearTimeout(limit);
  }
}

export async function visit(url, steps) {
  const at = await open(url);
  try {
    const results = [];
    for (const one of steps) results.push(await step(at, one));
    await at.page.evaluate(() => document.title);  // what the page did until now has been told by then
    if (at.broken.length > 0) throw new Error(at.broken.join("\n"));
    return results;
  } finally {
    await at.browser.close();
  }
}
