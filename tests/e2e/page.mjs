// SPDX-License-Identifier: Apache-2.0
//
// node page.mjs URL STEPS: Chromium at a phone's page, through the page's own controls.
//
// STEPS is a JSON array of steps, each an array of its name and its arguments (steps.mjs lists
// them).  Prints a JSON array with the result of each step.  Ends with 1, and words on stderr, if
// a step could not be done, or if the page broke its Content Security Policy or threw anything.
import { visit } from "./browser/visit.mjs";

const [url, steps] = process.argv.slice(2);
if (!url || !steps) {
  console.error("node page.mjs URL STEPS");
  process.exit(2);
}
try {
  console.log(JSON.stringify(await visit(url, JSON.parse(steps))));
} catch (problem) {
  console.error(problem.message);
  process.exitCode = 1;
}
