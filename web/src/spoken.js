// SPDX-License-Identifier: Apache-2.0
//
// spoken: the live region where the page says what the phone answered.
import { html } from "./html.js";
import { visible } from "./words.js";

export const Words = ({ words, close }) => html`
  <div class=${"words" + (words.text ? " " + words.tone : "")}>
    <div role="status" aria-live="polite">${words.text.split("\n").map((line) => line && html`<p>${visible(line)}</p>`)}</div>
    ${words.text && html`<button type="button" class="plain" onClick=${close}>Close</button>`}
  </div>
`;
