// SPDX-License-Identifier: Apache-2.0
// Settings > Auto Provision: where the configuration comes from, and fetching it now.
import { useEffect, useState } from "preact/hooks";
import { get, post, put } from "../api.js";
import { html } from "../html.js";
import { Notice, Page, useChange } from "../parts.js";

const keys = {
  url: "static.auto_provision.server.url",
  user: "static.auto_provision.server.username",
  password: "static.auto_provision.server.password",
};

async function stored() {
  const [url, user, password] = await Promise.all(
    Object.values(keys).map((key) => get(`/api/settings/${encodeURIComponent(key)}`)),
  );
  return { url: url.value, user: user.value, passwordSet: password.set };
}

function Where({ settings, busy, onConfirm }) {
  const [url, setUrl] = useState(settings.url);
  const [user, setUser] = useState(settings.user);
  const [password, setPassword] = useState("");
  useEffect(() => {
    setUrl(settings.url);
    setUser(settings.user);
    setPassword("");
  }, [settings]);

  const submit = (event) => {
    event.preventDefault();
    const changes = { [keys.url]: url || null, [keys.user]: user || null };
    if (password) changes[keys.password] = password;
    onConfirm(changes);
  };
  return html`<form id="where" onSubmit=${submit} autocomplete="off">
    <label>
      <span>Server URL</span>
      <input type="text" name="url" autocomplete="off" inputmode="url" placeholder="https://prov.example.com/phones/" value=${url} onInput=${(event) => setUrl(event.currentTarget.value)} />
    </label>
    <label>
      <span>User Name</span>
      <input type="text" name="user" autocomplete="off" value=${user} onInput=${(event) => setUser(event.currentTarget.value)} />
    </label>
    <label>
      <span>Password: <em id="password-state">${settings.passwordSet ? "set" : "not set"}</em></span>
      <input
        type="password"
        name="password"
        autocomplete="new-password"
        value=${password}
        aria-describedby="password-hint"
        onInput=${(event) => setPassword(event.currentTarget.value)} />
    </label>
    <p class="hint" id="password-hint">It is never shown. Left empty, it stays as it is.</p>
    <div class="buttons">
      <button type="submit" disabled=${busy}>Confirm</button>
      ${settings.passwordSet &&
      html`<button type="button" class="plain" disabled=${busy} onClick=${() => onConfirm({ [keys.password]: null })}>
        Delete the password
      </button>`}
    </div>
  </form>`;
}

function Lines({ title, lines }) {
  if (!lines?.length) return null;
  return html`<h4>${title}</h4>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>`;
}

function File({ file }) {
  return html`<li>
    <h3><code>${file.url}</code> <span class="tag">${file.outcome}</span></h3>
    <p>${file.says}</p>
    <${Lines} title="Mistakes" lines=${file.mistakes} />
    <${Lines} title="Remarks" lines=${file.remarks} />
    ${file.unknown_keys > 0 &&
    html`<p class="quiet">
      ${file.unknown_keys === 1 ? "1 key that Sealtone does not know was passed over." : `${file.unknown_keys} keys that Sealtone does not know were passed over.`}
    </p>`}
  </li>`;
}

function Report({ report }) {
  return html`<section aria-labelledby="report" id="provision-report" data-applied=${report.applied ? "yes" : "no"}>
    <h2 id="report">Report</h2>
    <p class=${report.applied ? "notice done" : "notice refused"} role="status">${report.summary}</p>
    ${(report.warnings ?? []).map((warning) => html`<p class="notice warning">${warning}</p>`)}
    <ul class="plain-list">
      ${(report.files ?? []).map((file) => html`<${File} file=${file} />`)}
    </ul>
    <p><a href="#/diagnostics/connections">The connections of this run, and why each was trusted or not</a></p>
  </section>`;
}

export function AutoProvision() {
  const [state, setState] = useState({});
  const [report, setReport] = useState(null);
  const { notice, busy, change } = useChange();
  const load = () =>
    stored().then(
      (answer) => setState({ answer }),
      (refused) => setState({ refused }),
    );
  useEffect(() => {
    load();
  }, []);

  const onConfirm = (changes) => change(() => put("/api/settings", changes)).then(load);
  const onNow = () =>
    change(async () => {
      setReport(null);
      setReport(await post("/api/provision"));
    }).then(load);

  return html`<${Page} title="Auto Provision" state=${state}>
    <${Notice} notice=${notice} />
    ${state.answer &&
    html`<section aria-labelledby="where-title">
        <h2 id="where-title">Where the configuration comes from</h2>
        <${Where} settings=${state.answer} busy=${busy} onConfirm=${onConfirm} />
      </section>
      <section aria-labelledby="now">
        <h2 id="now">Fetch it now</h2>
        <p class="hint">All of it is applied, or nothing.</p>
        <button type="button" id="provision-now" disabled=${busy} onClick=${onNow}>
          ${busy ? "Under way …" : "Autoprovision Now"}
        </button>
      </section>
      ${report && html`<${Report} report=${report} />`}`}
  <//>`;
}
