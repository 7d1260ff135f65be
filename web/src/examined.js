// SPDX-License-Identifier: Apache-2.0
//
// examined: what the phone found in an uploaded file, whether it took it or not.
import { html } from "./html.js";
import { visible } from "./words.js";

const OUTCOMES = { added: "good", "already there": "plain", repeated: "plain", "not added": "warn", refused: "bad" };
const TONES = { refuses: "bad", warns: "warn", note: "plain" };

const Row = ({ row }) => html`
  <li>
    <span class=${"decision " + (OUTCOMES[row.outcome] ?? "plain")}>${visible(row.outcome)}</span>
    ${" "}<span>${visible(row.says)}</span>
  </li>
`;

const Remark = ({ remark }) => html`
  <li>
    <span class=${"decision " + (TONES[remark.weight] ?? "plain")}>${visible(remark.code)}</span>
    ${" "}<span>${visible(remark.says)} ${visible(remark.next)}</span>
  </li>
`;

// Of one certificate that was added the words above have said it all.
export function Examined({ answer }) {
  const rows = answer?.certificates ?? [];
  const remarks = answer?.remarks ?? [];
  if (rows.length < 2 && remarks.length === 0) return null;
  return html`
    <section class="examined" aria-label="What was found in the file">
      ${rows.length > 1 && html`<h3>Each certificate</h3><ul class="entries">${rows.map((row, at) => html`<${Row} key=${at} row=${row} />`)}</ul>`}
      ${remarks.length > 0 &&
      html`<h3>What was found in the file</h3><ul class="entries">${remarks.map((remark, at) => html`<${Remark} key=${at} remark=${remark} />`)}</ul>`}
    </section>
  `;
}
