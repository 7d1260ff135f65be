// SPDX-License-Identifier: Apache-2.0
//
// status: what the phone is, whom it trusts, what it shows.
import { useLoaded } from "./doing.js";
import { html } from "./html.js";
import { Facts, Loaded, Notice, Title } from "./parts.js";
import { LISTS, count, lifetime, moment, serial, visible } from "./words.js";

const link = (path, text) => html`<a href=${"#/" + path}>${text}</a>`;

const Attention = ({ status }) => html`
  ${!status.only_accept_trusted &&
  html`<${Notice} tone="bad" title="This phone accepts any server">
    <p>“Only Accept Trusted Certificates” is off: whoever answers is believed, and gets the phone's passwords.</p>
    <p>Switch it on under ${link("security/trusted", "Security > Trusted Certificates")}.</p>
  <//>`}
  ${status.only_accept_trusted && status.list === "custom" && status.trusted_count === 0 &&
  html`<${Notice} tone="warn" title="This phone trusts nobody yet">
    <p>The list of trusted certificates is empty, so every server is refused. Upload the certificate of your servers' authority under ${link("security/trusted", "Security > Trusted Certificates")}.</p>
  <//>`}
  ${status.page_certificate_temporary &&
  html`<${Notice} tone="warn" title="This page shows a temporary certificate">
    <p>The phone made it for itself, so your browser cannot know it. Compare the SHA-256 below with the one the phone printed when it started, then upload a certificate of your own under ${link("security/server", "Security > Server Certificates")}.</p>
  <//>`}
`;

const Overview = ({ status }) => html`
  <${Attention} status=${status} />
  <section class="card">
    <h2>Phone</h2>
    <${Facts} rows=${[
      ["Version", visible(status.version)],
      ["MAC", html`<code>${visible(status.mac)}</code>`],
      ["Page", status.page_urls.map((url) => html`<div>${visible(url)}</div>`)],
    ]} />
  </section>
  <section class="card">
    <h2>Whom it trusts</h2>
    <${Facts} rows=${[
      ["Only Accept Trusted Certificates", status.only_accept_trusted ? "on" : html`<strong class="bad-text">off: anybody is accepted</strong>`],
      ["CA Certificates", LISTS[status.list]],
      ["Uploaded", link("security/trusted", count(status.trusted_count, "trusted certificate"))],
      ["Common Name Validation", status.check_name ? "on" : html`<strong class="bad-text">off: names are not compared</strong>`],
    ]} />
  </section>
  <section class="card">
    <h2>What it shows</h2>
    <${Facts} rows=${[
      ["Server certificate", status.page_certificate_temporary ? "temporary, self-made" : visible(status.page_certificate.subject.text)],
      ["Serial Number", html`<code>${serial(status.page_certificate.serial_number)}</code>`],
      ["Valid Until", moment(status.page_certificate.not_after) + " (" + lifetime(status.page_certificate.days_left) + ")"],
      ["SHA-256", html`<code>${visible(status.page_certificate.sha256)}</code>`],
    ]} />
  </section>
  <section class="card">
    <h2>Auto provision</h2>
    <p>${visible(status.provisioning?.summary) || "This phone has not been provisioned yet."}</p>
    ${status.provisioning?.at && html`<p class="quiet">${moment(status.provisioning.at)}</p>`}
    <p>${link("settings/provision", "Settings > Auto Provision")}</p>
  </section>
`;

export function Status() {
  const loaded = useLoaded("status");
  return html`
    <${Title}>Status<//>
    <${Loaded} from=${loaded}>${(status) => html`<${Overview} status=${status} />`}<//>
  `;
}
