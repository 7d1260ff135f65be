// SPDX-License-Identifier: Apache-2.0
//
// certificate: one certificate, as the phone describes it.
import { html } from "./html.js";
import { Facts, Said } from "./parts.js";
import { lifetime, moment, serial, visible } from "./words.js";

const list = (values) => values.map(visible).join(", ");

const nameOf = ({ kind, value, shown }) => (kind === "dns" || kind === "ip" ? (shown ?? value) : kind + " " + value);

const PublicKey = ({ shown }) => html`
  ${visible(shown.description)}
  ${shown.pem && html`<details><summary>The key itself</summary><pre>${visible(shown.pem, true)}</pre></details>`}
`;

export const Certificate = ({ certificate }) => html`
  <${Facts} rows=${[
    ["Issued To", html`<${Said} text=${certificate.subject.text} />`],
    ["Issued By", html`<${Said} text=${certificate.issuer.text} />${certificate.self_signed ? " (signed by itself)" : ""}`],
    ["Serial Number", html`<code>${serial(certificate.serial_number)}</code>`],
    ["Valid From", moment(certificate.not_before)],
    ["Valid Until", moment(certificate.not_after) + " (" + lifetime(certificate.days_left) + ")"],
    ["Names", list(certificate.names.map(nameOf)) || "none"],
    ["Public Key", html`<${PublicKey} shown=${certificate.public_key} />`],
    ["Signature", visible(certificate.signature_algorithm)],
    ["Usages", list([...(certificate.key_usage ?? []), ...(certificate.extended_key_usage ?? [])]) || "any"],
    ["CA", certificate.ca ? "yes" : "no"],
    ["SHA-256", html`<code>${visible(certificate.sha256)}</code>`],
  ]} />
`;

export const shortName = ({ subject }) => visible(subject.common_name || subject.organization || subject.text);
