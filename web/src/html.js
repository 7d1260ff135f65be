// SPDX-License-Identifier: Apache-2.0
// Templates without a compiler: what stands in ${…} becomes text, never HTML.
import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);
