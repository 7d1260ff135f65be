// SPDX-License-Identifier: Apache-2.0
// Logging in, and choosing a password of one's own when the one-time password comes in.
import { useEffect, useRef, useState } from "preact/hooks";
import { logIn } from "./api.js";
import { html } from "./html.js";
import { Notice, useChange } from "./parts.js";

const shortest = 10;

export function LogIn({ says, onDone }) {
  const [choose, setChoose] = useState(false);
  const [password, setPassword] = useState("");
  const [own, setOwn] = useState("");
  const [again, setAgain] = useState("");
  const { notice, busy, change } = useChange();
  const chosen = useRef(null);

  useEffect(() => {
    document.title = "Log in – Sealtone";
  }, []);
  useEffect(() => {
    if (choose) chosen.current?.focus();
  }, [choose]);

  const differs = choose && again !== "" && own !== again;
  const submit = (event) => {
    event.preventDefault();
    if (differs) return;
    change(async () => {
      try {
        await logIn(password, choose ? own : "");
        onDone();
        return undefined;
      } catch (refused) {
        if (refused.code !== "choose-password") throw refused;
        setChoose(true);
        return { says: refused.message };
      }
    });
  };

  return html`<main class="log-in">
    <h1>Sealtone</h1>
    <p class="quiet">
      ${choose
        ? "Choose a password of your own; the one-time password ends with it."
        : "The phone printed a one-time password at its first start."}
    </p>
    ${says && !notice && html`<p class="notice" role="status">${says}</p>`}
    <${Notice} notice=${notice} />
    <form id="log-in" onSubmit=${submit}>
      <input type="text" name="username" value="admin" autocomplete="username" class="hidden" tabindex="-1" aria-hidden="true" readonly />
      <label>
        <span>Password</span>
        <input
          type="password"
          name="password"
          value=${password}
          autocomplete="current-password"
          required
          autofocus
          onInput=${(event) => setPassword(event.currentTarget.value)} />
      </label>
      ${choose &&
      html`<label>
          <span>New password, at least ${shortest} characters</span>
          <input
            type="password"
            name="new_password"
            ref=${chosen}
            value=${own}
            minlength=${shortest}
            autocomplete="new-password"
            required
            onInput=${(event) => setOwn(event.currentTarget.value)} />
        </label>
        <label>
          <span>The new password again</span>
          <input
            type="password"
            name="new_password_again"
            value=${again}
            autocomplete="new-password"
            required
            onInput=${(event) => setAgain(event.currentTarget.value)} />
        </label>
        ${differs && html`<p class="hint" role="alert">The two new passwords are not the same.</p>`}`}
      <button type="submit" disabled=${busy || differs}>${choose ? "Set password and log in" : "Log in"}</button>
    </form>
  </main>`;
}
