// SPDX-License-Identifier: Apache-2.0
//
// accounts: Account > Register: what each SIP account is doing, why, and since when.
import { useEffect } from "preact/hooks";
import { ask } from "./api.js";
import { useChange, useLoaded } from "./doing.js";
import { html } from "./html.js";
import { Spoken } from "./ladder.js";
import { Decision, Facts, Loaded, Notice, Said, Title, Twice } from "./parts.js";
import { moment, visible } from "./words.js";

const LOOK_AGAIN_MS = 3000;

const STATES = {
  registered: { word: "Registered", tone: "good" },
  registering: { word: "Registering", tone: "plain" },
  refused: { word: "Refused", tone: "bad" },
  failed: { word: "Failed", tone: "bad" },
  "waiting-for-permission": { word: "Waits for permission", tone: "warn" },
  off: { word: "Off", tone: "plain" },
};

const State = ({ state }) => {
  const { word, tone } = STATES[state] ?? { word: visible(state), tone: "warn" };
  return html`<span class=${"decision " + tone}>${word}</span>`;
};

const Account = ({ account }) => html`
  <section class="card">
    <h2>Account ${account.number}: <${Said} text=${account.label} /></h2>
    <p><${State} state=${account.state} /></p>
    <p>${visible(account.says)}</p>
    <${Facts} rows=${[
      ["Address", html`<${Said} text=${account.address} />`],
      ["Server", account.server && html`<${Said} text=${account.server} />`],
      ["Transport", account.transport && account.transport + (account.tls_version ? ", " + account.tls_version : "")],
      ["Certificate", account.decision && html`<${Decision} decision=${account.decision} />`],
      ["Lock", account.lock ? "shown: encrypted, and the server is known" : undefined],
      ["Registered Until", account.until && moment(account.until)],
      ["Next Try", account.next_try && moment(account.next_try)],
      ["New Voice Messages", account.waiting_messages || undefined],
    ]} />
    ${account.sip && html`<details><summary>What was said</summary><${Spoken} sip=${account.sip} /></details>`}
  </section>
`;

function Permission({ reload }) {
  const [busy, run] = useChange();
  async function allow() {
    if (await run(() => ask("PUT", "settings", { json: { "sealtone.register": "1" } }))) reload();
  }
  return html`
    <${Notice} tone="warn" title="An account came with a fetched file">
      <p>It registers only once you allow that: a desk phone that uses the same account may lose its calls to this one.</p>
      <${Twice} label="Let It Register…" question="Register accounts of fetched files, and maybe take a desk phone's calls?" yes="Register" busy=${busy} act=${allow} />
    <//>
  `;
}

const Events = ({ events }) => html`
  <section class="card">
    <h2>What happened</h2>
    <ul class="events">
      ${events.toReversed().map(
        (event, at) => html`<li key=${events.length - at}><span class="quiet">${moment(event.at)}, account ${event.account}</span> ${visible(event.says)}</li>`,
      )}
    </ul>
  </section>
`;

const All = ({ sip, reload }) => html`
  ${sip.accounts.some((account) => account.state === "waiting-for-permission") && html`<${Permission} reload=${reload} />`}
  ${sip.accounts.length === 0 &&
  html`<section class="card"><p class="empty">This phone has no SIP account. Set account.1.enable, account.1.user_name, account.1.password and account.1.sip_server.1.address with sealtone set, or in the phone's configuration file.</p></section>`}
  ${sip.accounts.map((account) => html`<${Account} key=${account.number} account=${account} />`)}
  ${sip.events.length > 0 && html`<${Events} events=${sip.events} />`}
`;

export function Accounts() {
  const loaded = useLoaded("sip");
  useEffect(() => {
    const timer = setInterval(() => document.hidden || loaded.reload(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [loaded.reload]);
  return html`
    <${Title} group="Account">Register<//>
    <${Loaded} from=${loaded}>${(sip) => html`<${All} sip=${sip} reload=${loaded.reload} />`}<//>
  `;
}
