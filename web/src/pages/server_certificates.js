// SPDX-License-Identifier: Apache-2.0
// Security > Server Certificates: what the phone shows as server and as client, and a new one.
import { remove, upload } from "../api.js";
import { CertificateFacts } from "../certificate.js";
import { html } from "../html.js";
import { Notice, Page, Upload, useAnswer, useChange, when } from "../parts.js";

function Use({ id, title, use }) {
  return html`<div class="use" id=${id} data-usable=${use.usable ? "yes" : "no"}>
    <h3><span class=${use.usable ? "mark good" : "mark bad"} aria-hidden="true">${use.usable ? "✓" : "✗"}</span> ${title}</h3>
    <p>${use.says}</p>
  </div>`;
}

export function ServerCertificates() {
  const state = useAnswer("/api/server-certificate");
  const { notice, busy, change } = useChange();
  const shown = state.answer;
  const afterwards = (what) => change(what).then(state.reload);

  return html`<${Page} title="Server Certificates" state=${state}>
    <${Notice} notice=${notice} />
    ${shown &&
    html`<section aria-labelledby="now">
        <h2 id="now">Shown now</h2>
        ${shown.temporary
          ? html`<p id="temporary" class="notice">
              No certificate was uploaded. The phone shows a temporary one that it made itself, so that this page can be
              reached; compare its SHA-256 with the one that the phone printed at its start.
            </p>`
          : html`<p class="quiet">Uploaded ${when(shown.added)}</p>`}
        <div id="server-certificate"><${CertificateFacts} certificate=${shown.certificate} /></div>
        ${shown.chain.length > 0 &&
        html`<h3>Sent along</h3>
          <ul>
            ${shown.chain.map((certificate) => html`<li>${certificate.subject.text}</li>`)}
          </ul>`}
      </section>
      <section aria-labelledby="uses">
        <h2 id="uses">What it is good for</h2>
        <${Use} id="as-server" title="As server: to browsers that open this page" use=${shown.usable_as_server} />
        <${Use} id="as-client" title="As client: to servers that ask the phone for a certificate" use=${shown.usable_as_client} />
      </section>
      <section aria-labelledby="upload">
        <h2 id="upload">Upload</h2>
        <p class="hint">
          One file with the certificate and its private key. It is checked before it takes the place of the one before.
        </p>
        <${Upload}
          label="Server certificate (.pem with its private key; at most 5 MB)"
          button="Upload"
          accept=".pem,.cer,.crt,.key"
          busy=${busy}
          onFile=${(file) => afterwards(() => upload("/api/server-certificate", file))} />
      </section>
      ${!shown.temporary &&
      html`<section aria-labelledby="back">
        <h2 id="back">Delete</h2>
        <p class="hint">The certificate and its key are deleted, and the phone shows its temporary one again.</p>
        <button
          type="button"
          class="danger"
          id="delete-server-certificate"
          disabled=${busy}
          onClick=${() => afterwards(() => remove("/api/server-certificate"))}>
          Delete this certificate
        </button>
      </section>`}`}
  <//>`;
}
