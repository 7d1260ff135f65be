// SPDX-License-Identifier: Apache-2.0
//
// rejected: Security > Rejected Servers: who was refused last, what they showed, and trusting it by
// a fingerprint that the admin brings. The field for it is never filled in here.
import { useRef } from "preact/hooks";
import { ask } from "./api.js";
import { Certificate, shortName } from "./certificate.js";
import { say, useChange, useLoaded } from "./doing.js";
import { html } from "./html.js";
import { Loaded, Notice, Said, Title } from "./parts.js";
import { moment, visible } from "./words.js";

const HEADINGS = ["Server", "Service", "Why", "When"];

const Row = ({ row }) => html`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/security/rejected/" + row.id}><${Said} text=${row.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${visible(row.service)}</td>
    <td role="cell" data-label="Why"><span class="life">${visible(row.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${moment(row.at)}</td>
  </tr>
`;

const Table = ({ rows }) =>
  rows.length === 0
    ? html`<p class="empty">No server was refused for its certificate. One that is accepted later is taken off this list.</p>`
    : html`
        <table role="table">
          <caption class="unseen">Rejected servers</caption>
          <thead role="rowgroup">
            <tr role="row">${HEADINGS.map((heading) => html`<th role="columnheader" scope="col">${heading}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${rows.map((row) => html`<${Row} key=${row.id} row=${row} />`)}</tbody>
        </table>
      `;

export function RejectedServers() {
  const loaded = useLoaded("rejected");
  return html`
    <${Title} group="Security">Rejected Servers<//>
    <section class="card">
      <${Loaded} from=${loaded}>${({ rejected }) => html`<${Table} rows=${rejected} />`}<//>
    </section>
  `;
}

function TrustIt({ shown, reload }) {
  const field = useRef();
  const [busy, run] = useChange();
  async function send(event) {
    event.preventDefault();
    const sha256 = field.current.value.trim();
    if (!sha256) {
      say("Type or paste the SHA-256 that the certificate's owner gave you.", "bad");
      return field.current.focus();
    }
    if (await run(() => ask("POST", "rejected/" + shown.id + "/trust", { json: { sha256 } }))) {
      field.current.value = "";
      reload();
    } else {
      field.current.select();
    }
  }
  return html`
    <form onSubmit=${send}>
      <label>SHA-256, as its owner gives it out<input type="text" ref=${field} autocomplete="off" spellcheck="false" size="60" /></label>
      <p class="hint">All of it, or the first 16 octets. Have it from the owner by another way than this connection: somebody in between would show you his own here.</p>
      <p class="buttons"><button disabled=${busy}>Trust This Issuer</button></p>
    </form>
  `;
}

const One = ({ shown, reload }) => html`
  <${Notice} tone="bad">
    <p class="notice-title"><${Said} text=${shown.server} /></p>
    <p>${visible(shown.headline)}</p>
    <p class="quiet">${moment(shown.at)}, ${visible(shown.service)}</p>
  <//>
  <section class="card">
    <h2>Trust this issuer</h2>
    <p>${visible(shown.trust.says)}</p>
    ${shown.trust.certificate &&
    html`
      <details>
        <summary>${shortName(shown.trust.certificate)}</summary>
        <${Certificate} certificate=${shown.trust.certificate} />
      </details>
      <${TrustIt} shown=${shown} reload=${reload} />
    `}
  </section>
  ${(shown.certificates.length > 0 || shown.unreadable > 0) &&
  html`<section class="card">
    <h2>Certificates that the server sent</h2>
    ${shown.unreadable > 0 && html`<p>${shown.unreadable} of what it sent as certificates cannot be read.</p>`}
    ${shown.certificates.map(
      (certificate, at) => html`
        <details key=${at}>
          <summary>${shortName(certificate)}</summary>
          <${Certificate} certificate=${certificate} />
        </details>
      `,
    )}
  </section>`}
`;

export function RejectedServer({ argument }) {
  const loaded = useLoaded("rejected/" + argument);
  return html`
    <p><a href="#/security/rejected">All rejected servers</a></p>
    <${Title} group="Security">Rejected Server<//>
    <${Loaded} from=${loaded}>${(shown) => html`<${One} shown=${shown} reload=${loaded.reload} />`}<//>
  `;
}
