// SPDX-License-Identifier: Apache-2.0
//
// route: the part of the address behind # says which page is open.
import { useEffect, useState } from "preact/hooks";
import { Accounts } from "./accounts.js";
import { Connection } from "./connection.js";
import { Connections } from "./connections.js";
import { Provision } from "./provision.js";
import { RejectedServer, RejectedServers } from "./rejected.js";
import { RevocationLists } from "./revocation_lists.js";
import { ServerCertificate } from "./server_certificate.js";
import { Status } from "./status.js";
import { Trusted } from "./trusted.js";

export const PAGES = [
  { path: "status", title: "Status", Page: Status },
  { path: "account/register", group: "Account", title: "Register", Page: Accounts },
  { path: "security/trusted", group: "Security", title: "Trusted Certificates", Page: Trusted },
  { path: "security/rejected", group: "Security", title: "Rejected Servers", Page: RejectedServers },
  { path: "security/server", group: "Security", title: "Server Certificates", Page: ServerCertificate },
  { path: "security/revocation", group: "Security", title: "Revocation Lists", Page: RevocationLists },
  { path: "settings/provision", group: "Settings", title: "Auto Provision", Page: Provision },
  { path: "diagnostics/connections", group: "Diagnostics", title: "Connections", Page: Connections },
];

function routeOf(hash) {
  const path = hash.replace(/^#\/?/, "");
  const connection = /^diagnostics\/connections\/(\d+)$/.exec(path);
  if (connection) {
    return { path: "diagnostics/connections", title: "Connection", Page: Connection, argument: connection[1] };
  }
  const rejected = /^security\/rejected\/(\d+)$/.exec(path);
  if (rejected) {
    return { path: "security/rejected", title: "Rejected Server", Page: RejectedServer, argument: rejected[1] };
  }
  return PAGES.find((page) => page.path === path) ?? PAGES[0];
}

export function useRoute() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return routeOf(hash);
}
