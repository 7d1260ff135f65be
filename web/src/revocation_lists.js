// SPDX-License-Identifier: Apache-2.0
//
// revocation_lists: Security > Revocation Lists.
import { ask } from "./api.js";
import { useChange, useLoaded } from "./doing.js";
import { html } from "./html.js";
import { Facts, Loaded, Said, Title, Twice, Upload } from "./parts.js";
import { moment, visible } from "./words.js";

function One({ row, reload }) {
  const [busy, run] = useChange();
  const remove = async () => (await run(() => ask("DELETE", "revocation-lists/" + row.id))) && reload();
  return html`
    <section class="card">
      <h2><${Said} text=${row.issuer} /></h2>
      ${row.remark && html`<p class="bad-text">${visible(row.remark)}</p>`}
      <${Facts} rows=${[
        ["Of", moment(row.this_update)],
        ["Until", row.next_update ? moment(row.next_update) : "no date given"],
        ["Revoked", String(row.entries)],
        ["Kind", row.delta ? "changes to another list" : ""],
        ["SHA-256", html`<code>${visible(row.sha256)}</code>`],
        ["Added", moment(row.added) + ", " + visible(row.origin)],
      ]} />
      <${Twice} label="Delete" question="What this list revokes will be revoked no more." yes="Delete it"
        busy=${busy} act=${remove} />
    </section>
  `;
}

function Required({ required, reload }) {
  const [busy, run] = useChange();
  const change = async (event) => {
    const json = { "sealtone.security.revocation_required": event.target.checked ? "1" : "0" };
    await run(() => ask("PUT", "settings", { json }));
    reload();
  };
  return html`
    <label class="switch">
      <input type="checkbox" role="switch" checked=${required} disabled=${busy} onChange=${change} />
      <span>Refuse What Is Not Known</span>
      <span class="hint">On: a server is refused if neither a list here nor an answer that it sends along (OCSP) covers its certificates. Off: only if one of them calls a certificate revoked.</span>
    </label>
  `;
}

const Everything = ({ shown, reload }) => html`
  <section class="card">
    <h2>Lists of revoked certificates</h2>
    ${shown.lists.length === 0 && html`<p class="empty">No list yet. None is fetched: get them from your servers' authority.</p>`}
    <${Upload} path="revocation-lists" label="Revocation list file" done=${reload}
      hint="A .crl or .pem file. A newer list of the same authority takes the place of the one before." />
    <${Required} required=${shown.required} reload=${reload} />
  </section>
  ${shown.lists.map((row) => html`<${One} key=${row.id} row=${row} reload=${reload} />`)}
`;

export function RevocationLists() {
  const loaded = useLoaded("revocation-lists");
  return html`
    <${Title} group="Security">Revocation Lists<//>
    <${Loaded} from=${loaded}>${(shown) => html`<${Everything} shown=${shown} reload=${loaded.reload} />`}<//>
  `;
}
