// SPDX-License-Identifier: Apache-2.0
// The page: log-in, the menu, and one page for each address behind "#".
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { logOut, session, whenLoggedOut } from "./api.js";
import { html } from "./html.js";
import { LogIn } from "./log_in.js";
import { AutoProvision } from "./pages/auto_provision.js";
import { Connection } from "./pages/connection.js";
import { Connections } from "./pages/connections.js";
import { ServerCertificates } from "./pages/server_certificates.js";
import { Status } from "./pages/status.js";
import { TrustedCertificates } from "./pages/trusted_certificates.js";

const menu = [
  ["Status", [["#/status", "Status"]]],
  [
    "Security",
    [
      ["#/security/trusted", "Trusted Certificates"],
      ["#/security/server", "Server Certificates"],
    ],
  ],
  ["Settings", [["#/settings/provision", "Auto Provision"]]],
  ["Diagnostics", [["#/diagnostics/connections", "Connections"]]],
];

const pages = {
  "#/status": Status,
  "#/security/trusted": TrustedCertificates,
  "#/security/server": ServerCertificates,
  "#/settings/provision": AutoProvision,
  "#/diagnostics/connections": Connections,
};

function useRoute() {
  const [route, setRoute] = useState(location.hash);
  useEffect(() => {
    const changed = () => {
      setRoute(location.hash);
      document.getElementById("main")?.focus();
      scrollTo(0, 0);
    };
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}

function Menu({ route }) {
  return html`<nav aria-label="Pages">
    ${menu.map(
      ([group, entries]) => html`<div class="group">
        ${entries.length > 1 || entries[0][1] !== group ? html`<h2>${group}</h2>` : null}
        <ul>
          ${entries.map(
            ([hash, title]) => html`<li>
              <a href=${hash} aria-current=${route.startsWith(hash) ? "page" : null}>${title}</a>
            </li>`,
          )}
        </ul>
      </div>`,
    )}
  </nav>`;
}

function Current({ route }) {
  const row = /^#\/diagnostics\/connections\/([0-9]+)$/.exec(route);
  if (row) return html`<${Connection} key=${row[1]} id=${row[1]} />`;
  return html`<${pages[route] ?? Status} />`;
}

function App() {
  const [state, setState] = useState({ known: false, loggedIn: false, says: "" });
  const route = useRoute();
  useEffect(() => {
    whenLoggedOut((says) => setState({ known: true, loggedIn: false, says }));
    session().then(
      (loggedIn) => setState({ known: true, loggedIn, says: "" }),
      (refused) => setState({ known: true, loggedIn: false, says: refused.message }),
    );
  }, []);

  if (!state.known) return null;
  if (!state.loggedIn) {
    return html`<${LogIn} says=${state.says} onDone=${() => setState({ known: true, loggedIn: true, says: "" })} />`;
  }
  const leave = async () => {
    await logOut().catch(() => {});
    setState({ known: true, loggedIn: false, says: "You are logged out." });
  };
  const shown = route === "" || route === "#/" ? "#/status" : route;
  return html`<div class="shell">
    <a class="skip" href="#main" onClick=${skipToMain}>Skip to the page</a>
    <header>
      <span class="brand">Sealtone</span>
      <button type="button" class="plain" onClick=${leave}>Log out</button>
    </header>
    <${Menu} route=${shown} />
    <${Current} route=${shown} />
  </div>`;
}

// The address behind "#" names the page, so this link must not change it.
function skipToMain(event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

render(html`<${App} />`, document.getElementById("page"));
