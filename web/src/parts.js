// SPDX-License-Identifier: Apache-2.0
// Small parts that several pages use.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { get } from "./api.js";
import { html } from "./html.js";

// What was done (said politely) or was refused (said at once).
export function Notice({ notice }) {
  if (!notice) return null;
  const refused = notice instanceof Error;
  const says = refused ? notice.message : notice.says;
  return html`<div class=${refused ? "notice refused" : "notice done"} role=${refused ? "alert" : "status"}>
    <p>${says}</p>
    ${(notice.remarks ?? []).map((remark) => html`<p>${remark}</p>`)}
  </div>`;
}

// An answer of the API, asked for now and whenever reload is called.
export function useAnswer(path) {
  const [state, setState] = useState({});
  const latest = useRef(0);
  const reload = useCallback(async () => {
    const mine = ++latest.current;
    let next;
    try {
      next = { answer: await get(path) };
    } catch (refused) {
      next = { refused };
    }
    if (mine === latest.current) setState(next);
  }, [path]);
  useEffect(() => {
    reload();
    return () => ++latest.current;
  }, [reload]);
  return { ...state, reload };
}

// Runs a change, keeps what the phone said about it, and whether it is under way.
export function useChange() {
  const [notice, setNotice] = useState(null);
  const [busy, setBusy] = useState(false);
  const change = async (what) => {
    setBusy(true);
    setNotice(null);
    try {
      const answer = await what();
      setNotice(answer?.says ? answer : null);
      return answer;
    } catch (refused) {
      setNotice(refused);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { notice, busy, change };
}

export function Page({ title, state, children }) {
  useEffect(() => {
    document.title = `${title} – Sealtone`;
  }, [title]);
  return html`<main id="main" tabindex="-1">
    <h1>${title}</h1>
    ${state?.refused && html`<${Notice} notice=${state.refused} />`}
    ${state && !state.answer && !state.refused ? html`<p class="quiet" role="status">Asking the phone …</p>` : children}
  </main>`;
}

export function Facts({ rows }) {
  return html`<dl class="facts">
    ${rows
      .filter(([, value]) => value !== undefined && value !== null && value !== "")
      .map(
        ([name, value]) => html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
      )}
  </dl>`;
}

// A file from the admin's disk; gives it to onFile when the button is pressed.
export function Upload({ label, button, accept, busy, onFile }) {
  const input = useRef(null);
  const [file, setFile] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    if (!file) return;
    await onFile(file);
    input.current.value = "";
    setFile(null);
  };
  return html`<form class="upload" onSubmit=${submit}>
    <label>
      <span>${label}</span>
      <input
        type="file"
        name="file"
        ref=${input}
        accept=${accept}
        required
        onChange=${(event) => setFile(event.currentTarget.files[0] ?? null)} />
    </label>
    <button type="submit" disabled=${busy || !file}>${button}</button>
  </form>`;
}

// "2026-11-23T22:12:55Z" as people read it, still in UTC.
export const when = (utc) => (utc ? utc.replace("T", " ").replace("Z", " UTC") : "");

export function remaining(daysLeft, expired) {
  if (expired) return "expired";
  return daysLeft === 1 ? "1 day left" : `${daysLeft} days left`;
}
