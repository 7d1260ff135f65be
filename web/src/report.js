// SPDX-License-Identifier: Apache-2.0
//
// report: what a provisioning run did, file by file and connection by connection.
import { Findings } from "./finding.js";
import { html } from "./html.js";
import { Decision, Notice, Said } from "./parts.js";
import { count, visible } from "./words.js";

const Lines = ({ title, lines }) =>
  lines?.length > 0 &&
  html`<h4>${title}</h4><ul class="lines">${lines.map((line) => html`<li>${visible(line)}</li>`)}</ul>`;

// What the summary says already is not said again.
const File = ({ file, summary }) => html`
  <li>
    <p><strong><${Said} text=${file.url} /></strong> <span class="quiet">${visible(file.outcome)}</span></p>
    ${file.says && !summary.includes(file.says) && html`<p>${visible(file.says)}</p>`}
    <${Lines} title="Mistakes" lines=${file.mistakes} />
    <${Lines} title="Remarks" lines=${file.remarks} />
    ${file.unknown_keys > 0 && html`<p class="quiet">${count(file.unknown_keys, "key")} of other functions passed over.</p>`}
  </li>
`;

const Met = ({ connection }) => html`
  <li>
    <p><${Decision} decision=${connection.verdict.decision} /> <strong><${Said} text=${connection.server} /></strong></p>
    <p>${visible(connection.verdict.headline)}</p>
    <${Findings} verdict=${connection.verdict} />
  </li>
`;

export const Report = ({ report }) => html`
  <section class="card report" aria-label="Report">
    <h2>Report</h2>
    <${Notice} tone=${report.applied ? "good" : "bad"} title=${visible(report.summary)} />
    ${report.warnings.map((warning) => html`<${Notice} tone="warn"><p>${visible(warning)}</p><//>`)}
    ${report.files.length > 0 &&
    html`<h3>Files</h3><ul class="entries">${report.files.map((file) => html`<${File} key=${file.url} file=${file} summary=${report.summary} />`)}</ul>`}
    ${report.connections.length > 0 &&
    html`<h3>Connections</h3>
      <ul class="entries">${report.connections.map((connection, at) => html`<${Met} key=${at} connection=${connection} />`)}</ul>
      <p><a href="#/diagnostics/connections">Diagnostics > Connections</a> has each step.</p>`}
  </section>
`;
