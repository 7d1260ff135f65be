// SPDX-License-Identifier: Apache-2.0
//
// log_in: the admin's password; at the first log-in the one-time password, and one's own instead.
import { useEffect, useRef, useState } from "preact/hooks";
import { ask } from "./api.js";
import { say, useChange } from "./doing.js";
import { html } from "./html.js";
import { Notice, Title } from "./parts.js";

const SHORTEST = 10;

const Field = ({ label, name, autocomplete, field, hint }) => html`
  <label>
    ${label}
    <input type="password" name=${name} autocomplete=${autocomplete} ref=${field} aria-describedby=${hint && name + "-hint"} />
  </label>
  ${hint && html`<p class="hint below" id=${name + "-hint"}>${hint}</p>`}
`;

// Why the new password will not do, before it is sent.
function unfit({ chosen, again }) {
  const length = [...chosen.value].length;
  if (length < SHORTEST) {
    return `The new password has ${length} characters; it needs at least ${SHORTEST}.`;
  }
  return chosen.value === again.value ? "" : "The new password and its repetition differ. Type both again.";
}

export function LogIn({ ended, done }) {
  const [choosing, setChoosing] = useState(false);
  const [busy, run] = useChange();
  const password = useRef();
  const chosen = useRef();
  useEffect(() => (choosing ? chosen : password).current.focus(), [choosing]);

  async function send(event) {
    event.preventDefault();
    const form = event.target;
    const why = choosing ? unfit(form) : "";
    if (why) {
      say(why, "bad");
      chosen.current.focus();
      return;
    }
    const json = { password: form.password.value };
    if (choosing) json.new_password = form.chosen.value;
    await run(async () => {
      try {
        done((await ask("POST", "session", { json })).csrf);
      } catch (problem) {
        if (problem.code === "choose-password" && !choosing) return setChoosing(true);
        password.current.select();
        throw problem;
      }
    });
  }

  return html`
    <${Title}>Log In<//>
    ${ended && html`<${Notice} tone="warn"><p>Your session has ended. Log in to go on where you were.</p><//>`}
    <form class="card" onSubmit=${send}>
      <label>User Name<input name="user" autocomplete="username" value="admin" readonly tabindex="-1" /></label>
      <${Field} name="password" field=${password} autocomplete="current-password"
        label=${choosing ? "One-time password" : "Password"}
        hint=${choosing ? "" : "At the first log-in: the one-time password that the phone printed when it was started for the first time. If nobody has the password any more: sealtone admin reset-password, on the phone’s computer, makes a new one."} />
      ${choosing &&
      html`
        <p>The one-time password is right, and opens nothing by itself: choose your own in its place.</p>
        <${Field} name="chosen" field=${chosen} autocomplete="new-password" label="New password"
          hint=${"At least " + SHORTEST + " characters."} />
        <${Field} name="again" autocomplete="new-password" label="New password again" />
      `}
      <button disabled=${busy}>${choosing ? "Set Password and Log In" : "Log In"}</button>
    </form>
  `;
}
