// SPDX-License-Identifier: Apache-2.0
//
// connection: one connection: the verdict, every finding, the certificates, the steps.
import { Certificate, shortName } from "./certificate.js";
import { useLoaded } from "./doing.js";
import { Finding } from "./finding.js";
import { html } from "./html.js";
import { Ladder } from "./ladder.js";
import { Decision, Loaded, Notice, Said, Title } from "./parts.js";
import { DECISIONS, moment, visible } from "./words.js";

const One = ({ shown, row }) => html`
  <${Notice} tone=${DECISIONS[shown.verdict.decision]?.tone ?? "warn"}>
    <p class="notice-title"><${Decision} decision=${shown.verdict.decision} /> <${Said} text=${shown.server} /></p>
    <p>${visible(shown.verdict.headline)}</p>
    ${row && html`<p class="quiet">${moment(row.at)}, ${visible(row.service)}; the phone is the ${visible(row.role)}.</p>`}
  <//>
  ${shown.verdict.findings.length > 0 &&
  html`<section class="card">
    <h2>What was found</h2>
    ${shown.verdict.findings.map((finding, at) => html`<${Finding} key=${at} finding=${finding} />`)}
  </section>`}
  <section class="card">
    <h2>Step by step</h2>
    <${Ladder} ladder=${shown.handshake} role=${row?.role} server=${shown.server} />
  </section>
  ${shown.certificates.length > 0 &&
  html`<section class="card">
    <h2>Certificates the ${row?.role === "server" ? "other side" : "server"} sent</h2>
    ${shown.certificates.map((certificate, at) => html`<details key=${at} open=${at === 0}><summary>${shortName(certificate)}</summary><${Certificate} certificate=${certificate} /></details>`)}
  </section>`}
`;

export function Connection({ argument }) {
  const loaded = useLoaded("connections/" + argument);
  const all = useLoaded("connections");
  const row = all.data?.connections.find(({ id }) => String(id) === argument);
  return html`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${Title} group="Diagnostics">Connection<//>
    <${Loaded} from=${loaded}>${(shown) => html`<${One} shown=${shown} row=${row} />`}<//>
  `;
}
