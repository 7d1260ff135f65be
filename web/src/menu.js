// SPDX-License-Identifier: Apache-2.0
//
// menu: the pages, grouped as on a desk phone's own page. On a narrow screen it opens on demand.
import { useEffect, useState } from "preact/hooks";
import { html } from "./html.js";
import { PAGES } from "./route.js";

const GROUPS = [...new Set(PAGES.map((page) => page.group))];

const Entries = ({ group, at }) => html`
  ${group && html`<p class="menu-group" id=${"menu-" + group}>${group}</p>`}
  <ul aria-labelledby=${group && "menu-" + group}>
    ${PAGES.filter((page) => page.group === group).map(
      (page) => html`
        <li key=${page.path}>
          <a href=${"#/" + page.path} aria-current=${page.path === at ? "page" : undefined}>${page.title}</a>
        </li>
      `,
    )}
  </ul>
`;

export function Menu({ at }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const close = () => setOpen(false);
    addEventListener("hashchange", close);
    return () => removeEventListener("hashchange", close);
  }, []);
  return html`
    <nav aria-label="Pages" class=${open ? "open" : ""}>
      <button type="button" class="plain menu-button" aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>
        Menu
      </button>
      <div class="menu">${GROUPS.map((group) => html`<${Entries} key=${group} group=${group} at=${at} />`)}</div>
    </nav>
  `;
}
