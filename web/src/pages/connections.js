// SPDX-License-Identifier: Apache-2.0
// Diagnostics > Connections: the last one to each server, and its verdict.
import { html } from "../html.js";
import { Page, useAnswer, when } from "../parts.js";

export const decisions = {
  trusted: ["good", "trusted"],
  untrusted: ["bad", "refused"],
  "accepted-untrusted": ["soon", "accepted, not trusted"],
  "not-established": ["soon", "not established"],
};

export function Decision({ decision, role }) {
  // A browser shows no certificate, so there is nothing that the phone could have trusted.
  if (role === "server" && decision === "not-established") return html`<span class="tag">page</span>`;
  const [look, words] = decisions[decision] ?? ["", decision];
  return html`<span class=${`tag ${look}`}>${words}</span>`;
}

export function Connections() {
  const state = useAnswer("/api/connections");
  const rows = state.answer?.connections ?? [];
  return html`<${Page} title="Connections" state=${state}>
    <p class="hint">The last connection to each server, for each service. A row opens what was said, step by step.</p>
    <p><button type="button" class="plain" onClick=${state.reload}>Look again</button></p>
    ${rows.length === 0
      ? html`<p>The phone has made no connection yet.</p>`
      : html`<div class="scroll">
          <table id="connections" class="cards">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Service</th>
                <th scope="col">With</th>
                <th scope="col">Verdict</th>
                <th scope="col">What happened</th>
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                (row) => html`<tr key=${row.id} data-id=${row.id} data-decision=${row.decision}>
                  <td data-title="When" class="nowrap">${when(row.at)}</td>
                  <td data-title="Service" class="nowrap">${row.service}</td>
                  <td data-title="With"><a href=${`#/diagnostics/connections/${row.id}`}>${row.server}</a></td>
                  <td data-title="Verdict"><${Decision} decision=${row.decision} role=${row.role} /></td>
                  <td data-title="What happened">${row.headline}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`}
  <//>`;
}
