// SPDX-License-Identifier: Apache-2.0
//
// trust_rules: the switch, which list, the name check, and by which rules; nothing changes before
// Confirm.
import { useEffect, useState } from "preact/hooks";
import { ask } from "./api.js";
import { useChange } from "./doing.js";
import { html } from "./html.js";
import { LISTS } from "./words.js";

// The values of static.security.ca_cert.
const NUMBERS = { default: "0", custom: "1", all: "2" };
const HINTS = {
  custom: "those uploaded here, and no others",
  default: "the roots of the computer the phone runs on",
  all: "both",
};

const Switch = ({ label, hint, on, change }) => html`
  <label class="switch">
    <input type="checkbox" role="switch" checked=${on} onChange=${(event) => change(event.target.checked)} />
    <span>${label}</span>
    <span class="hint">${hint}</span>
  </label>
`;

export function TrustRules({ trusted, reload }) {
  const { only_accept_trusted, list, check_name } = trusted;
  const { rules: profile, sip_address_names, sip_wildcards } = trusted;
  const [rules, setRules] = useState(trusted);
  const [busy, run] = useChange();
  const put = (change) => setRules({ ...rules, ...change });
  useEffect(() => setRules(trusted), [
    only_accept_trusted, list, check_name, profile, sip_address_names, sip_wildcards,
  ]);

  async function send(event) {
    event.preventDefault();
    const json = {
      "static.security.trust_certificates": rules.only_accept_trusted ? "1" : "0",
      "static.security.ca_cert": NUMBERS[rules.list],
      "static.security.cn_validation": rules.check_name ? "1" : "0",
      "sealtone.security.rules": rules.rules,
      "sealtone.security.sip_address_names": rules.sip_address_names ? "1" : "0",
      "sealtone.security.sip_wildcards": rules.sip_wildcards ? "1" : "0",
    };
    if (await run(() => ask("PUT", "settings", { json }))) reload();
  }

  return html`
    <form class="card" onSubmit=${send}>
      <h2>Whom the phone connects to</h2>
      ${trusted.overrides.length > 0 &&
      html`<p class="hint">
        Auto provisioning has settings of its own, which decide there: ${trusted.overrides.join(", ")}.
      </p>`}
      <${Switch} label="Only Accept Trusted Certificates" on=${rules.only_accept_trusted}
        change=${(on) => put({ only_accept_trusted: on })}
        hint="On: a server that is not trusted is refused, and nothing is sent to it. Off: anybody is accepted." />
      <fieldset>
        <legend>CA Certificates</legend>
        ${Object.entries(LISTS).map(
          ([name, title]) => html`
            <label class="choice" key=${name}>
              <input type="radio" name="list" value=${name} checked=${rules.list === name} onChange=${() => put({ list: name })} />
              <span>${title}</span><span class="hint">${HINTS[name]}</span>
            </label>
          `,
        )}
      </fieldset>
      <${Switch} label="Common Name Validation" on=${rules.check_name} change=${(on) => put({ check_name: on })}
        hint="On: the server's certificate must be for the name the phone asked for." />
      <${Switch} label="Rules for Public Web Servers" on=${rules.rules === "strict"}
        change=${(on) => put({ rules: on ? "strict" : "default" })}
        hint="On: certificates have to keep the rules of the CA/Browser Forum besides those of RFC 5280; those of an authority of your own seldom do." />
      <${Switch} label="Addresses as Names of SIP Servers" on=${rules.sip_address_names}
        change=${(on) => put({ sip_address_names: on })}
        hint="On: a SIP server that is reached by an address may have it in its certificate (iPAddress). Off: as RFC 5922 has it, an address is no name." />
      <${Switch} label="Wildcards in Names of SIP Servers" on=${rules.sip_wildcards}
        change=${(on) => put({ sip_wildcards: on })}
        hint="On: *.example.com in a certificate stands for pbx.example.com, which RFC 5922 forbids. Off: names are compared whole." />
      <p class="buttons">
        <button disabled=${busy}>Confirm</button>
        <button type="button" class="plain" disabled=${busy} onClick=${() => setRules(trusted)}>Cancel</button>
      </p>
    </form>
  `;
}
