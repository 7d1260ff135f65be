// SPDX-License-Identifier: Apache-2.0
//
// node build.mjs FOLDER: bundles src/ into FOLDER/{index.html,app.js,app.css}.
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const into = process.argv[2];
if (!into) {
  console.error("node build.mjs FOLDER");
  process.exit(2);
}

const about =
  "Sealtone's page, Apache-2.0. With Preact (MIT, Jason Miller) and htm (Apache-2.0, Jason Miller).";

await mkdir(into, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: ["src/main.js"],
  outfile: resolve(into, "app.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "// " + about },
  logLevel: "warning",
});
await build({
  absWorkingDir: here,
  entryPoints: ["src/app.css"],
  outfile: resolve(into, "app.css"),
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});
await copyFile(join(here, "src/index.html"), join(into, "index.html"));
