// SPDX-License-Identifier: Apache-2.0
//
// words: what servers, certificates and files said, made fit to show; dates and decisions in words.

// Control characters, bidirectional overrides, zero-width characters: shown, not obeyed.
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]|[\u{e0000}-\u{e0fff}]/gu;

export function visible(text) {
  return String(text ?? "").replace(
    HIDDEN,
    (c) => "\\u{" + c.codePointAt(0).toString(16).toUpperCase() + "}",
  );
}

// "2026-11-23T22:12:55Z" as "2026-11-23 22:12:55 UTC".
export function moment(utc) {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(utc ?? "");
  return parts ? parts[1] + " " + parts[2] + " UTC" : visible(utc);
}

export const day = (utc) => moment(utc).slice(0, 10);

export const count = (number, thing) => number + " " + thing + (number === 1 ? "" : "s");

export function lifetime(daysLeft) {
  if (daysLeft < 0) return "expired";
  if (daysLeft === 0) return "expires within a day";
  return count(daysLeft, "day") + " left";
}

// A serial number as the openssl command prints it: 4A6F0001.
export const serial = (text) => visible(text).replaceAll(":", "");

export const DECISIONS = {
  trusted: { word: "Trusted", tone: "good" },
  untrusted: { word: "Refused", tone: "bad" },
  "accepted-untrusted": { word: "Accepted, not trusted", tone: "warn" },
  "not-established": { word: "No connection", tone: "bad" },
};

export const LISTS = {
  custom: "Custom Certificates",
  default: "Default Certificates",
  all: "All Certificates",
};
