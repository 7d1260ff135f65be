// SPDX-License-Identifier: Apache-2.0
// Security > Trusted Certificates: the switch, which list, the list itself, uploading, deleting.
import { useEffect, useState } from "preact/hooks";
import { put, remove, upload } from "../api.js";
import { html } from "../html.js";
import { Notice, Page, Upload, remaining, useAnswer, useChange } from "../parts.js";

const caCert = { default: "0", custom: "1", all: "2" };

function Switches({ trusted, busy, onConfirm }) {
  const [only, setOnly] = useState(trusted.only_accept_trusted);
  const [list, setList] = useState(trusted.list);
  const [name, setName] = useState(trusted.check_name);
  useEffect(() => {
    setOnly(trusted.only_accept_trusted);
    setList(trusted.list);
    setName(trusted.check_name);
  }, [trusted]);

  const submit = (event) => {
    event.preventDefault();
    onConfirm({
      "static.security.trust_certificates": only ? "1" : "0",
      "static.security.ca_cert": caCert[list],
      "static.security.cn_validation": name ? "1" : "0",
    });
  };
  return html`<form id="switches" onSubmit=${submit}>
    <label class="check">
      <input type="checkbox" name="only_accept_trusted" checked=${only} onChange=${(event) => setOnly(event.currentTarget.checked)} />
      <span>Only Accept Trusted Certificates</span>
    </label>
    ${!only && html`<p class="notice warning">Switched off, the phone connects to every server, trusted or not, and sends its password there.</p>`}
    <label>
      <span>CA Certificates</span>
      <select name="list" value=${list} onChange=${(event) => setList(event.currentTarget.value)}>
        <option value="custom">Custom: the uploaded certificates</option>
        <option value="default">Default: this computer's roots</option>
        <option value="all">All: both</option>
      </select>
    </label>
    <label class="check">
      <input type="checkbox" name="check_name" checked=${name} onChange=${(event) => setName(event.currentTarget.checked)} />
      <span>Common Name Validation</span>
    </label>
    <p class="hint">Validation compares the name in the address with the names in the server's certificate.</p>
    ${trusted.overrides?.length > 0 &&
    html`<p class="notice warning">For provisioning, other settings stand before these: ${trusted.overrides.join(", ")}.</p>`}
    <button type="submit" disabled=${busy}>Confirm</button>
  </form>`;
}

const soonDays = 21;

function expiryLook(row) {
  if (row.expired) return "nowrap bad";
  return row.days_left < soonDays ? "nowrap soon" : "nowrap";
}

function List({ certificates, busy, onDelete }) {
  const [chosen, setChosen] = useState(new Set());
  useEffect(() => setChosen(new Set()), [certificates]);
  const toggle = (id) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const submit = (event) => {
    event.preventDefault();
    onDelete([...chosen]);
  };
  return html`<form id="trusted-list" onSubmit=${submit}>
    <div class="scroll">
      <table id="trusted" class="cards">
        <thead>
          <tr>
            <th scope="col">Index</th>
            <th scope="col">Issued To</th>
            <th scope="col">Issued By</th>
            <th scope="col">Expiration</th>
            <th scope="col">Delete</th>
          </tr>
        </thead>
        <tbody>
          ${certificates.map(
            (row) => html`<tr key=${row.id} data-id=${row.id}>
              <td data-title="Index">${row.index}</td>
              <td data-title="Issued To">
                <strong>${row.issued_to}</strong>
                <details>
                  <summary>SHA-256, serial number, origin</summary>
                  <p><code class="fingerprint">${row.sha256}</code></p>
                  <p>Serial number <code>${row.serial}</code></p>
                  <p>Added ${row.added.slice(0, 10)}: ${row.origin}</p>
                </details>
              </td>
              <td data-title="Issued By">${row.issued_by}</td>
              <td data-title="Expiration" class=${expiryLook(row)}>
                ${row.expires.slice(0, 10)}
                <br />
                <span class="quiet">${remaining(row.days_left, row.expired)}</span>
              </td>
              <td data-title="Delete">
                <input
                  type="checkbox"
                  name="delete"
                  value=${row.id}
                  aria-label=${`Delete ${row.issued_to}`}
                  checked=${chosen.has(row.id)}
                  onChange=${() => toggle(row.id)} />
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <button type="submit" class="danger" disabled=${busy || chosen.size === 0}>Delete</button>
  </form>`;
}

function nothingTrusted({ only_accept_trusted, list }) {
  if (list !== "custom") return "No certificate was uploaded; this computer's roots decide.";
  return only_accept_trusted
    ? "No certificate is trusted yet, so the phone refuses every server. Upload the one of your CA."
    : "No certificate was uploaded.";
}

export function TrustedCertificates() {
  const state = useAnswer("/api/trusted");
  const { notice, busy, change } = useChange();
  const trusted = state.answer;

  const afterwards = (what) => change(what).then(state.reload);
  const onDelete = (ids) =>
    afterwards(async () => {
      const said = [];
      for (const id of ids) said.push((await remove(`/api/trusted/${id}`)).says);
      return { says: said.join(" ") };
    });

  return html`<${Page} title="Trusted Certificates" state=${state}>
    <${Notice} notice=${notice} />
    ${trusted &&
    html`<section aria-labelledby="which">
        <h2 id="which">Which servers the phone trusts</h2>
        <${Switches} trusted=${trusted} busy=${busy} onConfirm=${(values) => afterwards(() => put("/api/settings", values))} />
      </section>
      <section aria-labelledby="list">
        <h2 id="list">Uploaded certificates</h2>
        ${trusted.certificates.length === 0
          ? html`<p id="none-trusted">${nothingTrusted(trusted)}</p>`
          : html`<${List} certificates=${trusted.certificates} busy=${busy} onDelete=${onDelete} />`}
      </section>
      <section aria-labelledby="upload">
        <h2 id="upload">Upload</h2>
        <${Upload}
          label="Trusted certificate (.pem, .cer, .crt, .der; at most 5 MB)"
          button="Upload"
          accept=".pem,.cer,.crt,.der,application/x-x509-ca-cert,application/pkix-cert"
          busy=${busy}
          onFile=${(file) => afterwards(() => upload("/api/trusted", file))} />
      </section>`}
  <//>`;
}
