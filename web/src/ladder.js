// SPDX-License-Identifier: Apache-2.0
// The steps of a connection between two lifelines, numbered ①–⑨ as in the note's figure.
import { html } from "./html.js";
import { Facts } from "./parts.js";

// The time since the first step, in milliseconds.
const after = (microseconds) => `${(microseconds / 1000).toFixed(1)} ms`;

function Step({ step }) {
  const classes = ["step", step.from === "client" ? "right" : "left"];
  if (step.encrypted) classes.push("encrypted");
  if (step.failing) classes.push("failing");
  const from = step.from === "client" ? "from client to server" : "from server to client";
  return html`<li class=${classes.join(" ")}>
    <span class="number">${step.number}</span>
    <span class="message">
      <span class="name">${step.failing ? html`<span aria-hidden="true">✗ </span>` : null}${step.name}</span>
      <span class="arrow" role="img" aria-label=${from}></span>
    </span>
    <span class="note">
      ${step.failing ? html`<strong>It ended here. </strong>` : null}${step.note}
      <span class="quiet">${step.note ? " · " : ""}${after(step.at_us)}${step.size ? `, ${step.size} octets` : ""}</span>
    </span>
  </li>`;
}

export function Ladder({ ladder, role }) {
  const phone = (side) => (role === side ? " (this phone)" : "");
  const rows = [];
  ladder.steps.forEach((step, index) => {
    if (index === ladder.encrypted_from) {
      rows.push(html`<li class="from-here" id="encrypted-from">From here on the connection is encrypted</li>`);
    }
    rows.push(html`<${Step} step=${step} />`);
  });
  const secret = ladder.forward_secret
    ? "forward secret: who gets the server's key later cannot read it"
    : "not forward secret: who gets the server's key later can read it";
  return html`<${Facts}
      rows=${[
        ["Version", ladder.version],
        ["Cipher suite", ladder.cipher_suite],
        ["Key exchange", ladder.key_exchange && `${ladder.key_exchange}; ${secret}`],
        ["Result", ladder.result],
      ]} />
    ${rows.length > 0 &&
    html`<div class="ladder">
      <div class="ends" aria-hidden="true">
        <span><span>client${phone("client")}</span><span>server${phone("server")}</span></span>
      </div>
      <ol id="ladder">
        ${rows}
      </ol>
    </div>`}`;
}
