// SPDX-License-Identifier: Apache-2.0
//
// words: what servers, certificates and files said, made fit to show; dates and decisions in words.

// Control characters, bidirectional overrides, zero-width characters: shown, not obeyed.
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu;

const escaped = (c) => "\\u{" + c.codePointAt(0).toString(16).toUpperCase() + "}";

// With keepLines, line feeds stay.
export function visible(text, keepLines = false) {
  return String(text ?? "").replace(HIDDEN, (c) => (keepLines && c === "\n" ? c : escaped(c)));
}

// "2026-11-23T22:12:55Z" as "2026-11-23 22:12:55 UTC".
export function moment(utc) {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(utc ?? "");
  return parts ? `${parts[1]} ${parts[2]} UTC` : visible(utc);
}

export const day = (utc) => moment(utc).split(" ")[0];

export const count = (number, thing) => number + " " + thing + (number === 1 ? "" : "s");

export function lifetime(daysLeft) {
  if (daysLeft < 0) return "expired";
  if (daysLeft === 0) return "less than a day left";
  return count(daysLeft, "day") + " left";
}

// A serial number as the openssl command prints it: 4A6F0001.
export const serial = (text) => visible(text).replaceAll(":", "").toUpperCase();

const DECISIONS = {
  trusted: { word: "Trusted", tone: "good" },
  untrusted: { word: "Refused", tone: "bad" },
  "accepted-untrusted": { word: "Accepted, not trusted", tone: "warn" },
  "not-established": { word: "Not established", tone: "bad" },
};

// Nobody was to be judged: a browser at the phone's page is asked for no certificate.
export function decisionWords(decision) {
  if (decision === null) return { word: "Not judged", tone: "plain" };
  return DECISIONS[decision] ?? { word: visible(decision), tone: "warn" };
}

export const LISTS = {
  custom: "Custom Certificates",
  default: "Default Certificates",
  all: "All Certificates",
};
