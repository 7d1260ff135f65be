// SPDX-License-Identifier: Apache-2.0
//
// parts: small pieces that several pages show.
import { useCallback, useRef, useState } from "preact/hooks";
import { upload } from "./api.js";
import { say, useChange } from "./doing.js";
import { Examined } from "./examined.js";
import { html } from "./html.js";
import { decisionWords, visible } from "./words.js";

// Words of a stranger: one run of text whatever its direction.
export const Said = ({ text }) => html`<bdi>${visible(text)}</bdi>`;

export const Title = ({ group, children }) => html`
  <h1 tabindex="-1">${group && html`<span class="group">${group} > </span>`}${children}</h1>
`;

export const Notice = ({ tone, title, children }) => html`
  <div class=${"notice " + tone}>
    ${title && html`<p class="notice-title">${title}</p>`}
    ${children}
  </div>
`;

export const Decision = ({ decision }) => {
  const { word, tone } = decisionWords(decision);
  return html`<span class=${"decision " + tone}>${word}</span>`;
};

// What is loading, or why it could not be loaded; the page itself once it is there.
export function Loaded({ from, children }) {
  if (from.problem) return html`<${Notice} tone="bad unloaded"><p>${from.problem.message}</p><//>`;
  if (!from.data) return html`<p class="quiet" aria-busy="true">Asking the phone…</p>`;
  return children(from.data);
}

// [["Name", value], …]; rows without a value are left out.
export const Facts = ({ rows }) => html`
  <dl class="facts">
    ${rows
      .filter(([, value]) => value !== undefined && value !== null && value !== "")
      .map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>
`;

// Asks for a passphrase once the phone says that the file needs one.
export function Upload({ path, label, hint, several, done }) {
  const input = useRef();
  const passphrase = useRef();
  const [encrypted, setEncrypted] = useState(false);
  const [answer, setAnswer] = useState(null);
  const [busy, run] = useChange();
  const appears = useCallback((field) => {
    passphrase.current = field;
    field?.focus();
  }, []);
  async function sendFiles(files) {
    setAnswer(null);
    try {
      const taken = await upload(path, files, passphrase.current?.value);
      setAnswer(taken);
      return taken;
    } catch (problem) {
      setAnswer(problem.answer);
      if (problem.code?.startsWith("passphrase-")) setEncrypted(true);
      throw problem;
    }
  }
  async function send(event) {
    event.preventDefault();
    const files = [...input.current.files];
    if (files.length === 0) {
      say("Choose a file first.", "bad");
      input.current.focus();
      return;
    }
    if (!(await run(() => sendFiles(files)))) {
      passphrase.current?.select();
      return;
    }
    input.current.value = "";
    setEncrypted(false);
    done();
  }
  return html`
    <form class="upload" onSubmit=${send}>
      <label>${label}<input type="file" ref=${input} multiple=${several} onChange=${() => setEncrypted(false)} /></label>
      ${encrypted &&
      html`<label>Passphrase of the file<input type="password" ref=${appears} autocomplete="off" /></label>`}
      <button disabled=${busy}>${busy ? "Uploading…" : "Upload"}</button>
      <p class="hint">${hint}</p>
    </form>
    <${Examined} answer=${answer} />
  `;
}

// A button for what cannot be taken back: pressed once, it asks.
export function Twice({ label, question, yes, busy, act }) {
  const [asking, setAsking] = useState(false);
  const focus = (button) => button?.focus();
  if (!asking) {
    const ask = () => setAsking(true);
    return html`<button type="button" class="plain" disabled=${busy} onClick=${ask}>${label}</button>`;
  }
  const sure = () => {
    setAsking(false);
    act();
  };
  return html`
    <div class="twice" role="group" aria-label=${label}>
      <span>${question}</span>
      <button type="button" class="danger" onClick=${sure}>${yes}</button>
      <button type="button" class="plain" ref=${focus} onClick=${() => setAsking(false)}>Keep it</button>
    </div>
  `;
}
