// SPDX-License-Identifier: Apache-2.0
//
// connection: one connection: the verdict, every finding, the certificates, the steps.
import { Certificate, shortName } from "./certificate.js";
import { Chain } from "./chain.js";
import { useLoaded } from "./doing.js";
import { Findings } from "./finding.js";
import { html } from "./html.js";
import { Ladder } from "./ladder.js";
import { Decision, Loaded, Notice, Said, Title } from "./parts.js";
import { decisionWords, moment, visible } from "./words.js";

const Sent = ({ certificates, role }) => html`
  <section class="card">
    <h2>Certificates that ${role === "server" ? "the other side" : "the server"} sent</h2>
    ${certificates.map(
      (certificate, at) => html`
        <details key=${at} open=${at === 0}>
          <summary>${shortName(certificate)}</summary>
          <${Certificate} certificate=${certificate} />
        </details>
      `,
    )}
  </section>
`;

const One = ({ shown }) => html`
  <${Notice} tone=${decisionWords(shown.verdict.decision).tone}>
    <p class="notice-title">
      <${Decision} decision=${shown.verdict.decision} /> <${Said} text=${shown.server} />
    </p>
    <p>${visible(shown.verdict.headline)}</p>
    <p class="quiet">${moment(shown.at)}, ${visible(shown.service)}; the phone was the ${visible(shown.role)}.</p>
  <//>
  ${shown.verdict.findings.length > 0 &&
  html`<section class="card">
    <h2>What was found</h2>
    <${Findings} verdict=${shown.verdict} />
  </section>`}
  ${shown.own_certificate &&
  html`<section class="card">
    <h2>This phone's certificate</h2>
    <p>${visible(shown.own_certificate.says)}</p>
  </section>`}
  <section class="card">
    <h2>Step by step</h2>
    <${Ladder} ladder=${shown.handshake} role=${shown.role} server=${shown.server} />
  </section>
  ${shown.handshake.chain?.length > 0 &&
  html`<section class="card">
    <h2>From its certificate to the root</h2>
    <${Chain} chain=${shown.handshake.chain} />
  </section>`}
  ${shown.certificates.length > 0 && html`<${Sent} certificates=${shown.certificates} role=${shown.role} />`}
`;

export function Connection({ argument }) {
  const loaded = useLoaded("connections/" + argument);
  return html`
    <p><a href="#/diagnostics/connections">All connections</a></p>
    <${Title} group="Diagnostics">Connection<//>
    <${Loaded} from=${loaded}>${(shown) => html`<${One} shown=${shown} />`}<//>
  `;
}
