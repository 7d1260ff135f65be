// SPDX-License-Identifier: Apache-2.0
//
// status: what the phone is, whom it trusts, what it shows.
import { ask } from "./api.js";
import { useChange, useLoaded } from "./doing.js";
import { html } from "./html.js";
import { Facts, Loaded, Notice, Title, Twice } from "./parts.js";
import { LISTS, count, lifetime, moment, serial, visible } from "./words.js";

const link = (path, text) => html`<a href=${"#/" + path}>${text}</a>`;

const Attention = ({ status, reload }) => html`
  ${status.clock.unset &&
  html`<${Notice} tone="bad" title="The phone's clock was never set">
    <p>${visible(status.clock.says)}</p>
    ${status.clock.waits && html`<p>${visible(status.clock.waits)}</p>`}
    ${status.clock.time_server && html`<p>${visible(status.clock.time_server)}</p>`}
    ${status.clock.floor > status.clock.lowest_floor && html`<${LowerFloor} clock=${status.clock} reload=${reload} />`}
  <//>`}
  ${!status.only_accept_trusted &&
  html`<${Notice} tone="bad" title="This phone accepts any server">
    <p>“Only Accept Trusted Certificates” is off: whoever answers is believed, and gets the phone's passwords.</p>
    <p>Switch it on under ${link("security/trusted", "Security > Trusted Certificates")}.</p>
  <//>`}
  ${status.only_accept_trusted && status.list === "custom" && status.trusted_count === 0 &&
  html`<${Notice} tone="warn" title="This phone trusts nobody yet">
    <p>The list of trusted certificates is empty, so every server is refused. Upload the certificate of your servers' authority under ${link("security/trusted", "Security > Trusted Certificates")}.</p>
  <//>`}
  ${status.pnp &&
  html`<${Notice} tone="bad" title="This phone asks anybody where its configuration is">
    <p>PnP is on (sealtone.pnp.enable): at each start, whoever answers at ${visible(status.pnp)} names the server, and nobody vouches for it. The server is judged as any other.</p>
    <p>Enter the server's URL under ${link("settings/provision", "Settings > Auto Provision")}, and switch PnP off: <code>sealtone set sealtone.pnp.enable 0</code></p>
  <//>`}
  ${status.page_certificate_temporary &&
  html`<${Notice} tone="warn" title="This page shows a temporary certificate">
    <p>The phone made it for itself, so your browser cannot know it. Compare the SHA-256 below with the one the phone printed when it started, then upload a certificate of your own under ${link("security/server", "Security > Server Certificates")}.</p>
  <//>`}
`;

// What a trusted server with a date from the future raised.
function LowerFloor({ clock, reload }) {
  const [busy, run] = useChange();
  async function lower() {
    if (await run(() => ask("PUT", "clock/floor", { json: { to: clock.lowest_floor } }))) reload();
  }
  return html`<${Twice} label="Lower the Floor…" question=${"Is the clock right, and has it not been " + moment(clock.floor) + " yet?"} yes="Lower it" busy=${busy} act=${lower} />`;
}

const Overview = ({ status, reload }) => html`
  <${Attention} status=${status} reload=${reload} />
  <section class="card">
    <h2>Phone</h2>
    <${Facts} rows=${[
      ["Version", visible(status.version)],
      ["MAC", html`<code>${visible(status.mac)}</code>`],
      ["Page", status.page_urls.map((url) => html`<div>${visible(url)}</div>`)],
      ["Clock", moment(status.clock.now) + (status.clock.by_time_server ? ", as a time server told it" : "")],
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
    <${Loaded} from=${loaded}>${(status) => html`<${Overview} status=${status} reload=${loaded.reload} />`}<//>
  `;
}
