// SPDX-License-Identifier: Apache-2.0
// Status: what the phone is, where it listens, which certificate it shows, what it does now.
import { html } from "../html.js";
import { Facts, Page, remaining, useAnswer, when } from "../parts.js";

const lists = {
  custom: "the uploaded certificates",
  default: "this computer's roots",
  all: "the uploaded certificates and this computer's roots",
};

function Trust({ trusted }) {
  const number = trusted.uploaded;
  const rows = [
    ["Only Accept Trusted Certificates", trusted.only_accept_trusted ? "on" : "off"],
    ["Servers are judged by", lists[trusted.list]],
    ["Uploaded", number === 1 ? "1 certificate" : `${number} certificates`],
    ["Common Name Validation", trusted.check_name ? "on" : "off"],
  ];
  return html`<section aria-labelledby="trust">
    <h2 id="trust">Trust</h2>
    ${!trusted.only_accept_trusted &&
    html`<p class="notice warning">
      The phone connects to every server, trusted or not, and sends its password there. Switch it on under
      ${" "}<a href="#/security/trusted">Security > Trusted Certificates</a>.
    </p>`}
    <${Facts} rows=${rows} />
  </section>`;
}

export function Status() {
  const state = useAnswer("/api/status");
  const status = state.answer;
  return html`<${Page} title="Status" state=${state}>
    ${status &&
    html`<section aria-labelledby="phone">
        <h2 id="phone">Phone</h2>
        <${Facts}
          rows=${[
            ["Sealtone", status.version],
            ["MAC address", html`<code>${status.mac}</code>`],
            ["This page", status.page_urls.join(", ")],
            ["Time on the phone", when(status.now)],
          ]} />
      </section>
      <section aria-labelledby="shown">
        <h2 id="shown">Certificate of this page</h2>
        ${status.page_certificate_temporary &&
        html`<p class="notice">
          This is a temporary certificate that the phone made itself, so the browser warns. Compare its SHA-256 with the
          one that the phone printed at its start, then upload a certificate of your own under${" "}
          <a href="#/security/server">Security > Server Certificates</a>.
        </p>`}
        <${Facts}
          rows=${[
            ["Issued To", status.page_certificate.subject.text],
            ["Issued By", status.page_certificate.issuer.text],
            [
              "Valid Until",
              `${when(status.page_certificate.not_after)} (${remaining(status.page_certificate.days_left, status.page_certificate.days_left < 0)})`,
            ],
            ["SHA-256", html`<code class="fingerprint">${status.page_certificate.sha256}</code>`],
          ]} />
      </section>
      <${Trust} trusted=${status.trusted} />
      <section aria-labelledby="provisioning">
        <h2 id="provisioning">Auto Provision</h2>
        ${status.provisioning
          ? html`<p>${status.provisioning.summary}</p>
              <p class="quiet">${when(status.provisioning.at)}</p>`
          : html`<p>
              The phone has not provisioned itself yet. Its address is set under${" "}
              <a href="#/settings/provision">Settings > Auto Provision</a>.
            </p>`}
      </section>`}
  <//>`;
}
