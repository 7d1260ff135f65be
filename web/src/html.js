// SPDX-License-Identifier: Apache-2.0
//
// html: markup as template strings, made into Preact nodes. Text is always text, never markup.
import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);
