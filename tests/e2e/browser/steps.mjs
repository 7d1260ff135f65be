// SPDX-License-Identifier: Apache-2.0
//
// steps: what an admin does at the page, by the names and roles of its controls.
//
//   log-in PASSWORD                         choose-password ONE_TIME NEW
//   upload-trusted FILE → what is said      trusted → [[index, issued to, issued by, expiration]]
//   delete-trusted INDEX → what is said     set-switch on|off, set-name-check on|off → what is said
//   set-list custom|default|all → what is said
//   set-web-rules, set-sip-addresses, set-sip-wildcards on|off → what is said
//   upload-server-certificate FILE → what is said
//   undo-server-certificate → what is said  forget-previous → what is said
//   server-certificate → text               served-serial → of a new connection, as openssl prints it
//   set-provision URL USER PASSWORD → what is said       provision-now → text of the report
//   connections → [[server, service, verdict, when]]     open-connection INDEX (from 1) → text
//   screenshot FILE WIDTH light|dark        no-sideways-scroll WIDTH → true or false
//   text → the page's text                 everything → [[title, HTML with what its fields hold]] of all pages
import { X509Certificate } from "node:crypto";

const HEIGHT = 900;

const button = (page, name) => page.getByRole("button", { name, exact: true });
const settled = (page) =>
  page.waitForFunction(() => !document.querySelector("[aria-busy=true]") && document.querySelector("h1"));
const textOf = async (page) => {
  await settled(page);
  return page.locator("main").innerText();
};

async function go(page, title) {
  const menu = button(page, "Menu");
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("navigation").getByRole("link", { name: title, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await settled(page);
  if (await page.locator(".unloaded").count()) throw new Error("the page could not be loaded");
}

// Presses what changes something; what the page says then, not what it said before.
async function said(page, press) {
  const status = page.getByRole("status");
  const close = button(page, "Close");
  if (await close.isVisible()) {
    await close.click();
    await page.waitForFunction(() => document.querySelector("[role=status]").textContent === "");
  }
  await press();
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent !== "");
  await settled(page);
  return (await status.innerText()).trim();
}

// Logged in, unless the page says why not.
async function inside(page) {
  await button(page, "Log Out").or(page.locator(".words.bad")).first().waitFor();
  if (!(await button(page, "Log Out").isVisible())) throw new Error("the log-in was refused");
  await settled(page);
}

async function logIn({ page }, password) {
  await page.getByLabel("Password", { exact: true }).fill(password);
  await button(page, "Log In").click();
  await inside(page);
}

async function choosePassword({ page }, oneTime, chosen) {
  await page.getByLabel("Password", { exact: true }).fill(oneTime);
  await button(page, "Log In").click();
  await page.getByLabel("New password", { exact: true }).fill(chosen);
  await page.getByLabel("New password again").fill(chosen);
  await button(page, "Set Password and Log In").click();
  await inside(page);
}

async function upload({ page }, title, label, file) {
  await go(page, title);
  await page.getByLabel(label).setInputFiles(file);
  return said(page, () => button(page, "Upload").click());
}

async function undoServerCertificate({ page }) {
  await go(page, "Server Certificates");
  return said(page, () => button(page, "Go Back to the Previous Certificate").click());
}

async function forgetPrevious({ page }) {
  await go(page, "Server Certificates");
  await button(page, "Forget It…").click();
  return said(page, () => button(page, "Forget").click());
}

// The cells of each row; of a cell with more in it the value.
async function rows(page, columns) {
  const found = [];
  for (const row of await page.getByRole("row").all()) {
    const cells = await row.getByRole("cell").all();
    if (cells.length === 0) continue;
    const texts = [];
    for (const cell of cells.slice(0, columns)) {
      const value = cell.locator(".value, .decision").first();
      texts.push((await ((await value.count()) ? value : cell).innerText()).trim());
    }
    found.push(texts);
  }
  return found;
}

async function deleteTrusted({ page }, index) {
  await go(page, "Trusted Certificates");
  await page.getByRole("checkbox", { name: `Delete certificate ${index},` }).check();
  return said(page, () => button(page, "Delete Marked").click());
}

async function setSwitch({ page }, name, value) {
  await go(page, "Trusted Certificates");
  const control = page.getByRole("switch", { name });
  await (value === "on" ? control.check() : control.uncheck());
  return said(page, () => button(page, "Confirm").click());
}

async function setList({ page }, list) {
  await go(page, "Trusted Certificates");
  const names = { custom: "Custom Certificates", default: "Default Certificates", all: "All Certificates" };
  await page.getByRole("radio", { name: names[list] }).check();
  return said(page, () => button(page, "Confirm").click());
}

async function setProvision({ page }, url, user, password) {
  await go(page, "Auto Provision");
  await page.getByLabel("Server URL").fill(url);
  await page.getByLabel("User Name").fill(user);
  await page.getByLabel("Password", { exact: true }).fill(password);
  return said(page, () => button(page, "Confirm").click());
}

async function provisionNow({ page }) {
  await go(page, "Auto Provision");
  await said(page, () => button(page, "Autoprovision Now").click());
  return page.getByRole("region", { name: "Report" }).innerText();
}

async function openConnection({ page }, index) {
  await go(page, "Connections");
  await page.getByRole("row").nth(Number(index)).getByRole("link").click();
  await page.getByRole("heading", { name: "Step by step" }).waitFor();
  return textOf(page);
}

// A context of its own has no connection yet and no session to resume.
async function servedSerial({ browser, url }) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  try {
    const page = await context.newPage();
    // Chromium keeps the certificates of what is loaded from here on.
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await page.goto(url);
    const origin = new URL(url).origin;
    const { tableNames } = await devtools.send("Network.getCertificate", { origin });
    return new X509Certificate(Buffer.from(tableNames[0], "base64")).serialNumber;
  } finally {
    await context.close();
  }
}

async function screenshot({ page }, file, width, colours) {
  await page.emulateMedia({ colorScheme: colours });
  await page.setViewportSize({ width: Number(width), height: HEIGHT });
  await settled(page);
  await page.screenshot({ path: file, fullPage: true });
}

async function noSidewaysScroll({ page }, width) {
  await page.setViewportSize({ width: Number(width), height: HEIGHT });
  await settled(page);
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

// Each page of the menu as the browser holds it; the values of fields are no part of the HTML itself.
async function everything({ page }) {
  const links = page.getByRole("navigation").getByRole("link");
  const pages = [];
  for (const title of await links.allInnerTexts()) {
    await go(page, title.trim());
    const html = await page.evaluate(() => {
      const held = [...document.querySelectorAll("input, select, textarea")].map((field) => field.value);
      const kept = [localStorage, sessionStorage].map((storage) => JSON.stringify(storage));
      return [document.documentElement.outerHTML, document.cookie, ...held, ...kept].join("\n");
    });
    pages.push([title.trim(), html]);
  }
  return pages;
}

export const STEPS = {
  "log-in": logIn,
  "choose-password": choosePassword,
  "upload-trusted": (at, file) => upload(at, "Trusted Certificates", "Certificate file", file),
  trusted: async (at) => (await go(at.page, "Trusted Certificates"), rows(at.page, 4)),
  "delete-trusted": deleteTrusted,
  "set-switch": (at, value) => setSwitch(at, "Only Accept Trusted Certificates", value),
  "set-name-check": (at, value) => setSwitch(at, "Common Name Validation", value),
  "set-web-rules": (at, value) => setSwitch(at, "Rules for Public Web Servers", value),
  "set-sip-addresses": (at, value) => setSwitch(at, "Addresses as Names of SIP Servers", value),
  "set-sip-wildcards": (at, value) => setSwitch(at, "Wildcards in Names of SIP Servers", value),
  "set-list": setList,
  "upload-server-certificate": (at, file) =>
    upload(at, "Server Certificates", "Certificate and private key", file),
  "undo-server-certificate": undoServerCertificate,
  "forget-previous": forgetPrevious,
  "server-certificate": async (at) => (await go(at.page, "Server Certificates"), textOf(at.page)),
  "served-serial": servedSerial,
  "set-provision": setProvision,
  "provision-now": provisionNow,
  connections: async (at) => (await go(at.page, "Connections"), rows(at.page, 4)),
  "open-connection": openConnection,
  screenshot,
  "no-sideways-scroll": noSidewaysScroll,
  text: (at) => textOf(at.page),
  everything,
};
