// SPDX-License-Identifier: Apache-2.0
// One certificate, shown: the facts of explain::certificate_json.
import { html } from "./html.js";
import { Facts, remaining, when } from "./parts.js";

export function CertificateFacts({ certificate }) {
  const names = (certificate.names ?? []).map((name) => name.value).join(", ");
  const usages = [...(certificate.key_usage ?? []), ...(certificate.extended_key_usage ?? [])].join(", ");
  return html`<${Facts}
      rows=${[
        ["Issued To", certificate.subject.text],
        ["Issued By", certificate.issuer.text + (certificate.self_signed ? " (signed by itself)" : "")],
        ["Serial Number", html`<code>${certificate.serial_number}</code>`],
        ["Valid From", when(certificate.not_before)],
        ["Valid Until", `${when(certificate.not_after)} (${remaining(certificate.days_left, certificate.days_left < 0)})`],
        ["Names", names || "none"],
        ["Public Key", certificate.public_key.description],
        ["Signature", certificate.signature_algorithm],
        ["Usages", usages || "any"],
        ["CA", certificate.ca ? "yes" : "no"],
        ["SHA-256", html`<code class="fingerprint">${certificate.sha256}</code>`],
      ]} />
    <details>
      <summary>The public key itself</summary>
      <pre>${certificate.public_key.pem}</pre>
    </details>`;
}
