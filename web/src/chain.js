// SPDX-License-Identifier: Apache-2.0
//
// chain: from the peer's own certificate to the root, a box each; a missing one is a gap with its
// name.
import { html } from "./html.js";
import { Said } from "./parts.js";
import { visible } from "./words.js";

const KINDS = ["sent", "trusted", "missing"];

const ROLES = { server: "the server's own", client: "the client's own" };

const words = ({ kind, role, note }) =>
  [kind === "missing" ? "missing" : ROLES[role] ?? visible(role), kind === "trusted" && "trusted", visible(note)]
    .filter(Boolean)
    .join("; ");

// What stands behind a gap is joined to nothing.
const joint = (chain, at) => (chain[at - 1].kind === "missing" ? "perhaps issued by" : "issued by");

export const Chain = ({ chain }) => html`
  <ol class="chain" aria-label="Chain of certificates">
    ${chain.map(
      (link, at) => html`
        <li class=${KINDS.includes(link.kind) ? link.kind : "sent"} key=${at}>
          ${at > 0 && html`<p class="joint">${joint(chain, at)}</p>`}
          <div class="link">
            <strong><${Said} text=${link.name} /></strong>
            <p>${words(link)}</p>
          </div>
        </li>
      `,
    )}
  </ol>
`;
