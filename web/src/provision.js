// SPDX-License-Identifier: Apache-2.0
//
// provision: Settings > Auto Provision.
import { useRef, useState } from "preact/hooks";
import { ask } from "./api.js";
import { useChange, useLoaded } from "./doing.js";
import { html } from "./html.js";
import { Loaded, Title, Twice } from "./parts.js";
import { Report } from "./report.js";

const KEY = "static.auto_provision.server.";

const settingsByName = ({ settings }) => Object.fromEntries(settings.map((setting) => [setting.name, setting]));

function Server({ settings, reload }) {
  const [busy, run] = useChange();
  const form = useRef();
  const set = settings[KEY + "password"]?.set;

  async function change(json) {
    if (!(await run(() => ask("PUT", "settings", { json })))) return;
    form.current.password.value = "";
    reload();
  }
  function send(event) {
    event.preventDefault();
    const { url, user, password } = form.current;
    // Only what was changed here: a URL's user information is not shown, and must not get lost by that.
    const shown = { url: settings[KEY + "url"]?.value, username: settings[KEY + "username"]?.value, password: "" };
    const typed = { url: url.value.trim(), username: user.value, password: password.value };
    const changed = Object.keys(typed).filter((name) => typed[name] !== (shown[name] ?? ""));
    if (changed.length === 0) return run(() => ({ says: "Nothing was changed here, so all stays as it is." }));
    const json = Object.fromEntries(changed.map((name) => [KEY + name, typed[name]]));
    return change(json);
  }

  return html`
    <form class="card" ref=${form} onSubmit=${send} autocomplete="off">
      <h2>Provisioning server</h2>
      <label>Server URL
        <input name="url" type="text" inputmode="url" autocomplete="off" spellcheck=${false} placeholder="https://prov.example.com/phones/"
          value=${settings[KEY + "url"]?.value} />
      </label>
      <label>User Name
        <input name="user" type="text" autocomplete="off" spellcheck=${false} value=${settings[KEY + "username"]?.value} />
      </label>
      <label>Password
        <input name="password" type="password" autocomplete="new-password" aria-describedby="password-state"
          placeholder=${set ? "set; leave empty to keep it" : "not set"} />
      </label>
      <p class="hint" id="password-state">
        ${set ? "A password is set. It is never shown; type a new one to replace it." : "No password is set."}
      </p>
      <div class="buttons">
        <button disabled=${busy}>Confirm</button>
        ${set && html`<${Twice} label="Forget Password…" question="Forget the password?" yes="Forget" busy=${busy} act=${() => change({ [KEY + "password"]: null })} />`}
      </div>
    </form>
  `;
}

function Now() {
  const [report, setReport] = useState();
  const [busy, run] = useChange();
  const start = () =>
    run(async () => {
      setReport(undefined);
      const came = await ask("POST", "provision");
      setReport(came);
      return { says: came.summary, tone: came.applied ? "good" : "bad" };
    });
  return html`
    <section class="card">
      <h2>Autoprovision now</h2>
      <p>The phone fetches the file for all phones, then its own. It applies everything, or nothing.</p>
      <button type="button" disabled=${busy} onClick=${start}>${busy ? "Asking the server…" : "Autoprovision Now"}</button>
    </section>
    ${report && html`<${Report} report=${report} />`}
  `;
}

export function Provision() {
  const loaded = useLoaded("settings");
  return html`
    <${Title} group="Settings">Auto Provision<//>
    <${Loaded} from=${loaded}>
      ${(answer) => html`<${Server} settings=${settingsByName(answer)} reload=${loaded.reload} />`}
    <//>
    <${Now} />
  `;
}
