// SPDX-License-Identifier: Apache-2.0
//
// api: asks the phone. A refusal is thrown as a Problem whose message is what the phone says, and
// whose answer is all of it.
//
// The session's token for changes is kept here, in memory; whoever listens hears when it ended.

let token = "";
let sessionEnded = () => {};

export class Problem extends Error {
  constructor(code, says, status, answer = {}) {
    super(says);
    this.code = code;
    this.status = status;
    this.answer = answer;
  }
}

export const onSessionEnd = (listener) => (sessionEnded = listener);
export const keepToken = (csrf) => (token = csrf ?? "");

// With a capital letter and a full stop. What a colon follows is the name of a file or a setting.
function sentence(says) {
  const named = says.includes(":");
  const start = named ? says.charAt(0) : says.charAt(0).toUpperCase();
  return start + says.slice(1) + (/[.!?…]$/.test(says) ? "" : ".");
}

async function refusal(response) {
  const answer = await response.json().catch(() => ({}));
  const { code = "", says } = answer;
  return new Problem(
    code,
    sentence(says ?? `the phone did not say why it refused (HTTP status ${response.status})`),
    response.status,
    answer,
  );
}

// ask("PUT", "settings", {json: …}) or {body: FILE, headers: …}; the answer's JSON.
export async function ask(method, path, { json, body, headers = {} } = {}) {
  const options = { method, credentials: "same-origin", cache: "no-store", headers: { ...headers } };
  if (method !== "GET" && token) options.headers["X-CSRF-Token"] = token;
  if (json !== undefined) options.headers["Content-Type"] = "application/json";
  options.body = json === undefined ? body : JSON.stringify(json);

  let response;
  try {
    response = await fetch("/api/" + path, options);
  } catch {
    throw new Problem(
      "unreachable",
      "The phone did not answer. Is it running? Reload this page to try again.",
      0,
    );
  }
  if (!response.ok) {
    const problem = await refusal(response);
    if (response.status === 401 && path !== "session") sessionEnded();
    throw problem;
  }
  return response.status === 204 ? {} : response.json();
}

// The octets of a file, or of several that belong together (a certificate and its key). The
// passphrase that opens them may be empty: none was asked for yet.
export function upload(path, files, passphrase) {
  const parts = files.flatMap((file, at) => (at === 0 ? [file] : ["\n", file]));
  return ask("POST", path, {
    body: files.length === 1 ? files[0] : new Blob(parts),
    headers: {
      "Content-Type": "application/octet-stream",
      "X-File-Name": encodeURIComponent(files.map((file) => file.name).join(" + ")),
      ...(passphrase && { "X-Passphrase": encodeURIComponent(passphrase) }),
    },
  });
}
