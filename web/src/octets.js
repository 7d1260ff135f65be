// SPDX-License-Identifier: Apache-2.0
//
// octets: what went over the wire, as a capture file to take away; always without the session keys.
import { html } from "./html.js";

const Link = ({ path, name, children }) => html`
  <p class="download"><a class="button" download=${name} href=${"/api/" + path}>${children}</a></p>
`;

const WITHOUT_KEYS =
  "For Wireshark, as a pcapng file. Without the session keys nobody reads in it what was encrypted; with them it is written on the phone itself:";

export const OctetsOfOne = ({ id, kept }) => html`
  <section class="card">
    <h2>What went over the wire</h2>
    ${kept
      ? html`
          <p>${WITHOUT_KEYS} <code>sealtone connections save ${id} FILE --with-keys</code></p>
          <${Link} path=${`connections/${id}/capture`} name=${`sealtone-connection-${id}.pcapng`}>Save as Capture File<//>
        `
      : html`<p class="quiet">Its octets are no longer kept: the phone keeps those of its newest connections, until it stops.</p>`}
  </section>
`;

export const OctetsOfAll = () => html`
  <section class="card">
    <h2>What went over the wire</h2>
    <p>${WITHOUT_KEYS} <code>sealtone connections save --all FILE --with-keys</code></p>
    <${Link} path="capture" name="sealtone-connections.pcapng">Save All as Capture File<//>
  </section>
`;
