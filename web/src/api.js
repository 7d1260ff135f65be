// SPDX-License-Identifier: Apache-2.0
// The phone's REST API (docs/api.md): one call, and what is known of the session.
//
// A refused call throws Refused, whose message is the phone's own words.
let csrf = "";
let onLoggedOut = () => {};

export class Refused extends Error {
  constructor(status, code, says) {
    super(says);
    this.status = status;
    this.code = code;
  }
}

export function whenLoggedOut(callback) {
  onLoggedOut = callback;
}

const unreachable = () =>
  new Refused(0, "unreachable", "The phone did not answer. Is it still running? Reload the page to find out.");

async function call(method, path, body, headers = {}) {
  const request = { method, headers: { ...headers }, credentials: "same-origin", cache: "no-store" };
  if (csrf && method !== "GET") request.headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) request.body = body;
  let response, answer;
  try {
    response = await fetch(path, request);
    answer = await response.json();
  } catch {
    throw unreachable();
  }
  if (response.ok) return answer;
  if (response.status === 401 && path !== "/api/session") {
    csrf = "";
    onLoggedOut(answer.says);
  }
  throw new Refused(response.status, answer.code, answer.says);
}

const json = { "Content-Type": "application/json" };

export const get = (path) => call("GET", path);
export const put = (path, value) => call("PUT", path, JSON.stringify(value), json);
export const remove = (path) => call("DELETE", path);
export const post = (path) => call("POST", path);

export const upload = (path, file) =>
  call("POST", path, file, {
    "Content-Type": "application/octet-stream",
    "X-File-Name": encodeURIComponent(file.name),
  });

export async function session() {
  const answer = await get("/api/session");
  csrf = answer.csrf ?? "";
  return answer.logged_in;
}

export async function logIn(password, newPassword) {
  const body = newPassword ? { password, new_password: newPassword } : { password };
  const answer = await call("POST", "/api/session", JSON.stringify(body), json);
  csrf = answer.csrf;
}

export async function logOut() {
  await remove("/api/session");
  csrf = "";
}
