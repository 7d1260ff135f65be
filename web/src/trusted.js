// SPDX-License-Identifier: Apache-2.0
//
// trusted: Security > Trusted Certificates.
import { useState } from "preact/hooks";
import { ask } from "./api.js";
import { say, useChange, useLoaded } from "./doing.js";
import { html } from "./html.js";
import { Facts, Loaded, Notice, Said, Title, Upload } from "./parts.js";
import { TrustRules } from "./trust_rules.js";
import { count, day, moment, serial, visible } from "./words.js";

const More = ({ row }) => html`
  <details>
    <summary>Details</summary>
    <${Facts} rows=${[
      ["Serial Number", html`<code>${serial(row.serial)}</code>`],
      ["SHA-256", html`<code>${visible(row.sha256)}</code>`],
      ["Valid Until", moment(row.expires)],
      ["Added", moment(row.added) + ", " + visible(row.origin)],
    ]} />
  </details>
`;

const Row = ({ row, marked, mark }) => html`
  <tr role="row">
    <td role="cell" data-label="Index">${row.index}</td>
    <td role="cell" data-label="Issued To"><span class="value"><${Said} text=${row.issued_to} /></span><${More} row=${row} /></td>
    <td role="cell" data-label="Issued By"><span class="value"><${Said} text=${row.issued_by} /></span></td>
    <td role="cell" data-label="Expiration" class="word">
      <span class="value">${day(row.expires)}</span>
      <span class=${"life" + (row.expired || row.not_yet_valid ? " bad-text" : "")}>${visible(row.remaining)}</span>
    </td>
    <td role="cell" data-label="Delete">
      <input type="checkbox" aria-label=${"Delete certificate " + row.index + ", " + visible(row.issued_to)}
        checked=${marked} onChange=${(event) => mark(row.id, event.target.checked)} />
    </td>
  </tr>
`;

const HEADINGS = ["Index", "Issued To", "Issued By", "Expiration", "Delete"];

function Certificates({ rows, reload }) {
  const [marked, setMarked] = useState([]);
  const [busy, run] = useChange();
  const mark = (id, yes) => setMarked(marked.filter((other) => other !== id).concat(yes ? id : []));

  async function remove() {
    if (marked.length === 0) return say("Mark the certificates to delete first.", "bad");
    await run(async () => {
      for (const id of marked) await ask("DELETE", "trusted/" + id);
      return { says: count(marked.length, "certificate") + " deleted. New connections no longer trust " + (marked.length === 1 ? "it." : "them.") };
    });
    setMarked([]);
    reload();
  }

  if (rows.length === 0) {
    return html`<p class="empty">No trusted certificates. None are built in: upload those of your servers' authority.</p>`;
  }
  return html`
    <table role="table">
      <caption class="unseen">Trusted certificates</caption>
      <thead role="rowgroup">
        <tr role="row">${HEADINGS.map((heading) => html`<th role="columnheader" scope="col">${heading}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map((row) => html`<${Row} key=${row.id} row=${row} marked=${marked.includes(row.id)} mark=${mark} />`)}
      </tbody>
    </table>
    <p class="under-table"><button type="button" class="danger" disabled=${busy} onClick=${remove}>Delete Marked</button></p>
  `;
}

const Everything = ({ trusted, reload }) => html`
  ${!trusted.only_accept_trusted &&
  html`<${Notice} tone="bad" title="Anybody is accepted">
    <p>“Only Accept Trusted Certificates” is off. The phone connects to whoever answers, trusted or not, and sends its passwords there. The list below changes nothing until the switch is on.</p>
  <//>`}
  <section class="card">
    <h2>Trusted certificates</h2>
    <${Certificates} rows=${trusted.certificates} reload=${reload} />
    <p class="quiet">${trusted.certificates.length} of at most ${trusted.limit}.</p>
    <${Upload} path="trusted" label="Certificate file" done=${reload}
      hint="A .pem, .cer, .crt, .der, .p7b or .p12 file; a file with several certificates adds them all, or none." />
  </section>
  <${TrustRules} trusted=${trusted} reload=${reload} />
`;

export function Trusted() {
  const loaded = useLoaded("trusted");
  return html`
    <${Title} group="Security">Trusted Certificates<//>
    <${Loaded} from=${loaded}>${(trusted) => html`<${Everything} trusted=${trusted} reload=${loaded.reload} />`}<//>
  `;
}
