// SPDX-License-Identifier: Apache-2.0
// One connection: the verdict in sentences, what to do, the certificates, the steps.
import { CertificateFacts } from "../certificate.js";
import { html } from "../html.js";
import { Ladder } from "../ladder.js";
import { Facts, Page, useAnswer, when } from "../parts.js";
import { Decision } from "./connections.js";

function Fix({ fix }) {
  if (!fix || (!fix.say && !fix.desk_phones?.length)) return null;
  return html`<div class="fix">
    <h4>Next step</h4>
    <p>${fix.say}</p>
    ${fix.file && html`<p>File: <code>${fix.file}</code></p>`}
    ${fix.sha256 && html`<p>SHA-256: <code class="fingerprint">${fix.sha256}</code></p>`}
    ${fix.desk_phones?.length > 0 &&
    html`<h4>On desk phones, in the common configuration file</h4>
      <pre>${fix.desk_phones.join("\n")}</pre>`}
  </div>`;
}

function Finding({ finding, headline }) {
  return html`<li data-code=${finding.code}>
    ${finding.says !== headline && html`<p><strong>${finding.says}</strong></p>`}
    <${Fix} fix=${finding.fix} />
    <details>
      <summary>Details</summary>
      <p><code>${finding.code}</code>${finding.details ? html`: ${finding.details}` : null}</p>
    </details>
  </li>`;
}

function Certificates({ certificates }) {
  if (!certificates?.length) return null;
  return html`<section aria-labelledby="certificates">
    <h2 id="certificates">Certificates</h2>
    ${certificates.map(
      (certificate) => html`<details class="certificate">
        <summary>${certificate.subject.common_name || certificate.subject.text}</summary>
        <${CertificateFacts} certificate=${certificate} />
      </details>`,
    )}
  </section>`;
}

export function Connection({ id }) {
  const state = useAnswer(`/api/connections/${id}`);
  const row = state.answer;
  const findings = row?.verdict.findings ?? [];
  return html`<${Page} title="Connection" state=${state}>
    <p><a href="#/diagnostics/connections">All connections</a></p>
    ${row &&
    html`<section aria-labelledby="verdict" id="verdict-section">
        <h2 id="verdict">Verdict</h2>
        <p class="headline"><${Decision} decision=${row.decision} role=${row.role} /> ${row.headline}</p>
        <${Facts}
          rows=${[
            ["With", row.server],
            ["Service", row.service],
            ["The phone was", row.role === "server" ? "the server" : "the client"],
            ["When", when(row.at)],
          ]} />
        ${findings.length > 0 &&
        html`<h3>What was found</h3>
          <ol class="findings">
            ${findings.map((finding) => html`<${Finding} finding=${finding} headline=${row.headline} />`)}
          </ol>`}
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps">Step by step</h2>
        <${Ladder} ladder=${row.handshake} role=${row.role} />
      </section>
      <${Certificates} certificates=${row.certificates} />`}
  <//>`;
}
