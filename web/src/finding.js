// SPDX-License-Identifier: Apache-2.0
//
// finding: what was found about a server, the next step, the file for it, the lines for desk phones.
import { html } from "./html.js";
import { visible } from "./words.js";

const Download = ({ fix }) => html`
  <p class="download">
    <a class="button" download=${fix.file} href=${"data:application/x-pem-file," + encodeURIComponent(fix.pem)}>Save ${visible(fix.file)}</a>
    ${fix.sha256 && html`<span class="hint">SHA-256 <code>${visible(fix.sha256)}</code></span>`}
  </p>
`;

const Finding = ({ finding, said }) => {
  const { fix, hint } = finding;
  return html`
    <article class="finding">
      ${!said && html`<p>${visible(finding.says)}</p>`}
      ${(fix?.say || hint) && html`<p><strong>Next step:</strong> ${visible(fix?.say || hint)}</p>`}
      ${fix?.pem && html`<${Download} fix=${fix} />`}
      ${fix?.desk_phones?.length > 0 &&
      html`<p class="desk-phones">On desk phones, in the configuration file:</p>
        <pre>${fix.desk_phones.map(visible).join("\n")}</pre>
        ${fix.desk_phones_note && html`<p class="hint below">${visible(fix.desk_phones_note)}</p>`}`}
      <details>
        <summary>Details</summary>
        <p><code>${visible(finding.code)}</code></p>
        ${finding.details && html`<p class="quiet">${visible(finding.details)}</p>`}
      </details>
    </article>
  `;
};

// Below their headline: what that says already is not said again.
export const Findings = ({ verdict: { headline, findings } }) =>
  findings.map((finding, at) => html`<${Finding} key=${at} finding=${finding} said=${finding.says === headline} />`);
