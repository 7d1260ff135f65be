// SPDX-License-Identifier: Apache-2.0
//
// connections: Diagnostics > Connections, the last connection to each server for each service.
import { useLoaded } from "./doing.js";
import { html } from "./html.js";
import { OctetsOfAll } from "./octets.js";
import { Decision, Loaded, Said, Title } from "./parts.js";
import { moment, visible } from "./words.js";

const HEADINGS = ["Server", "Service", "Verdict", "When"];

const Row = ({ row }) => html`
  <tr role="row">
    <td role="cell" data-label="Server" class="stranger">
      <a class="value" href=${"#/diagnostics/connections/" + row.id}><${Said} text=${row.server} /></a>
    </td>
    <td role="cell" data-label="Service" class="word">${visible(row.service)} <span class="life">phone was the ${visible(row.role)}</span></td>
    <td role="cell" data-label="Verdict"><${Decision} decision=${row.decision} /><span class="life">${visible(row.headline)}</span></td>
    <td role="cell" data-label="When" class="word">${moment(row.at)}</td>
  </tr>
`;

const Table = ({ rows }) =>
  rows.length === 0
    ? html`<p class="empty">No connections yet. Start one under <a href="#/settings/provision">Settings > Auto Provision</a>.</p>`
    : html`
        <table role="table">
          <caption class="unseen">Connections</caption>
          <thead role="rowgroup">
            <tr role="row">${HEADINGS.map((heading) => html`<th role="columnheader" scope="col">${heading}</th>`)}</tr>
          </thead>
          <tbody role="rowgroup">${rows.map((row) => html`<${Row} key=${row.id} row=${row} />`)}</tbody>
        </table>
      `;

export function Connections() {
  const loaded = useLoaded("connections");
  return html`
    <${Title} group="Diagnostics">Connections<//>
    <section class="card">
      <${Loaded} from=${loaded}>${({ connections }) => html`<${Table} rows=${connections} />`}<//>
    </section>
    ${loaded.data?.connections.some((row) => row.octets_kept) && html`<${OctetsOfAll} />`}
  `;
}
