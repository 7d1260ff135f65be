// SPDX-License-Identifier: Apache-2.0
//
// server_certificate: Security > Server Certificates.
import { ask } from "./api.js";
import { Certificate, shortName } from "./certificate.js";
import { useChange, useLoaded } from "./doing.js";
import { html } from "./html.js";
import { Loaded, Notice, Title, Twice, Upload } from "./parts.js";
import { moment, visible } from "./words.js";

const Use = ({ title, use }) => html`
  <li>
    <span class=${"decision " + (use.usable ? "good" : "bad")}>${use.usable ? "Yes" : "No"}</span>
    <span><strong>${title}</strong>${use.says ? html`<br />${visible(use.says)}` : ""}</span>
  </li>
`;

// What stood here before, which one press brings back.
function Previous({ previous, reload }) {
  const [busy, run] = useChange();
  async function undo() {
    if (await run(() => ask("POST", "server-certificate/undo"))) reload();
  }
  async function forget() {
    if (await run(() => ask("DELETE", "server-certificate/previous"))) reload();
  }
  return html`
    <section class="card" aria-label="Previous certificate">
      <h2>Previous certificate</h2>
      <p>Shown until another took its place. The phone keeps it with its private key, for one way back.</p>
      <details>
        <summary>${shortName(previous.certificate)}, uploaded ${moment(previous.added)}</summary>
        <${Certificate} certificate=${previous.certificate} />
      </details>
      <p class="buttons">
        <button type="button" disabled=${busy} onClick=${undo}>Go Back to the Previous Certificate</button>
        <${Twice} label="Forget It…" question="Delete it and its private key for good?" yes="Forget" busy=${busy} act=${forget} />
      </p>
    </section>
  `;
}

function Shown({ shown, reload }) {
  const [busy, run] = useChange();
  async function remove() {
    if (await run(() => ask("DELETE", "server-certificate"))) reload();
  }
  return html`
    ${shown.temporary &&
    html`<${Notice} tone="warn" title="Temporary, self-made">
      <p>No server certificate is built in. So that this page can be reached, the phone made a temporary one for itself. It is never sent as client certificate. Upload your own below.</p>
    <//>`}
    <section class="card">
      <h2>Shown now</h2>
      <${Certificate} certificate=${shown.certificate} />
      <ul class="uses">
        <${Use} title="As server certificate" use=${shown.usable_as_server} />
        <${Use} title="As client certificate" use=${shown.usable_as_client} />
      </ul>
      ${shown.chain?.length > 0 &&
      html`<h3>Sent with it</h3>
        ${shown.chain.map((certificate) => html`<details key=${certificate.sha256}><summary>${shortName(certificate)}</summary><${Certificate} certificate=${certificate} /></details>`)}`}
      ${!shown.temporary &&
      html`<${Twice} label="Remove…" question="Remove it and show the temporary certificate?" yes="Remove" busy=${busy} act=${remove} />`}
    </section>
    ${shown.previous && html`<${Previous} previous=${shown.previous} reload=${reload} />`}
    <section class="card">
      <h2>${shown.temporary ? "Upload your own" : "Replace it"}</h2>
      <p>It is shown to browsers that open this page, and to servers that ask the phone for a certificate. It is checked before it replaces anything; connections that are open keep the old one.</p>
      <${Upload} path="server-certificate" several label="Certificate and private key" done=${reload}
        hint="One file that holds both, with the chain if there is one: .pem, .p12 or .pfx; or mark the certificate's file and the key's file together. You are asked for a passphrase if one is needed." />
    </section>
  `;
}

export function ServerCertificate() {
  const loaded = useLoaded("server-certificate");
  return html`
    <${Title} group="Security">Server Certificates<//>
    <${Loaded} from=${loaded}>${(shown) => html`<${Shown} shown=${shown} reload=${loaded.reload} />`}<//>
  `;
}
