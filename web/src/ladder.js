// SPDX-License-Identifier: Apache-2.0
//
// ladder: the steps of a connection between two lifelines, with the numbers of the note's figure.
import { Fragment } from "preact";
import { html } from "./html.js";
import { Facts } from "./parts.js";
import { visible } from "./words.js";

// 41500 µs as "41.5 ms".
const elapsed = (us) => (us / 1000).toFixed(1) + " ms";

const Arrow = ({ toServer }) => html`
  <svg class="arrow" viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
    <path d="M0 5H200" vector-effect="non-scaling-stroke" />
  </svg>
  <svg class=${"head " + (toServer ? "right" : "left")} viewBox="0 0 10 10" aria-hidden="true">
    <path d=${toServer ? "M0 0L10 5L0 10Z" : "M10 0L0 5L10 10Z"} />
  </svg>
`;

// "412 octets, 41.5 ms, +3.2 ms": since the start, and since the one before.
const measures = ({ size, at_us, since_last_us }) =>
  [size > 0 && size + " octets", elapsed(at_us), since_last_us > 0 && "+" + elapsed(since_last_us)]
    .filter(Boolean)
    .join(", ");

const values = ({ values, count }) =>
  values.map((value) => visible(value)).join(", ") + (count > values.length ? ` and ${count - values.length} more` : "");

const Known = ({ facts, open }) => html`
  <details class="known" open=${open}>
    <summary>What is known of it</summary>
    <${Facts} rows=${facts.map((fact) => [visible(fact.name), html`<bdi>${values(fact)}</bdi>`])} />
  </details>
`;

// What was kept by an older phone has no facts, and all of it had been read.
const classOf = ({ encrypted, readable = true, failing }) =>
  ["rung", encrypted && "encrypted", !readable && "unread", failing && "failing"].filter(Boolean).join(" ");

const Step = ({ step }) => html`
  <li class=${classOf(step)}>
    <p class="rung-name">
      ${step.number && html`<span class="number">${visible(step.number)}</span>`}
      <strong>${visible(step.name)}</strong>
      <span class="unseen">, ${step.from === "client" ? "client to server" : "server to client"}</span>
      ${step.encrypted && html`<span class="tag">${step.readable === false ? "encrypted, not read" : "encrypted"}</span>`}
      ${step.failing && html`<span class="tag failed">it ended here</span>`}
    </p>
    <div class="line"><${Arrow} toServer=${step.from === "client"} /></div>
    <p class="rung-note">
      ${step.note && html`<span>${visible(step.note)}</span>`}
      <span class="quiet">${measures(step)}</span>
    </p>
    ${step.facts?.length > 0 && html`<${Known} facts=${step.facts} open=${step.failing} />`}
  </li>
`;

const FromHere = ({ step }) => html`
  <li class="from-here"><p>From here on (${visible(step.number || step.name)}) the connection is encrypted</p></li>
`;

const Steps = ({ steps, encryptedFrom }) => html`
  <ol class="ladder" aria-label="Steps">
    ${steps.map(
      (step, at) => html`
        <${Fragment} key=${at}>
          ${at === encryptedFrom && html`<${FromHere} step=${step} />`}
          <${Step} step=${step} />
        <//>
      `,
    )}
  </ol>
`;

// What was said inside, with its header fields; where messages are left out, how many.
export const Spoken = ({ sip }) => html`
  <h3>SIP</h3>
  <ol class="ladder" aria-label="SIP messages">
    ${sip.messages.map(
      (message, at) => html`
        <${Fragment} key=${at}>
          ${sip.left_out > 0 && at === sip.left_out_before && html`<li class="from-here"><p>${sip.left_out} more</p></li>`}
          <${Step} step=${message} />
        <//>
      `,
    )}
  </ol>
`;

const secrecy = (ladder) =>
  ladder.forward_secret
    ? "forward secret: whoever gets the server's key later cannot read it"
    : "not forward secret: whoever gets the server's key later can read it";

export const Ladder = ({ ladder, role, server }) => html`
  <${Facts} rows=${[
    ["Result", visible(ladder.result)],
    ["Version", visible(ladder.version)],
    ["Cipher", visible(ladder.cipher_suite)],
    ["Key exchange", ladder.key_exchange && visible(ladder.key_exchange) + "; " + secrecy(ladder)],
    ["Closed", ladder.closing && visible(ladder.closing)],
  ]} />
  ${ladder.remarks?.map((remark, at) => html`<p class="remark" key=${at}>${visible(remark)}</p>`)}
  ${ladder.steps.length === 0
    ? html`<p class="empty">Not one step of a handshake took place.</p>`
    : html`
        <div class="lanes" aria-hidden="true">
          <span>${role === "server" ? visible(server) : "This phone"}</span>
          <span>${role === "server" ? "This phone" : visible(server)}</span>
        </div>
        <${Steps} steps=${ladder.steps} encryptedFrom=${ladder.encrypted_from} />
      `}
  ${ladder.sip && html`<${Spoken} sip=${ladder.sip} />`}
`;
