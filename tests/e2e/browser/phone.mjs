// SPDX-License-Identifier: Apache-2.0
//
// phone: a real phone (SEALTONE_BINARY) on a state folder of its own, a server to refuse or trust,
// and certificates made by the openssl tool.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Folder {
  path = mkdtempSync(join(tmpdir(), "sealtone-page-"));
  at = (name) => join(this.path, name);
  write(name, text) {
    writeFileSync(this.at(name), text);
    return this.at(name);
  }
  remove() {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export const openssl = (...parameters) => execFileSync("openssl", parameters, { encoding: "utf8", stdio: "pipe" });

export const serialOf = (file) => openssl("x509", "-in", file, "-noout", "-serial").trim().slice("serial=".length);

// NAME.pem, NAME.key and NAME.cer (DER) in the folder; signed by itself, or by issuer.
export function certificate(folder, name, { subject, extensions = [], issuer }) {
  const at = (ending) => folder.at(name + ending);
  const by = issuer ? ["-CA", issuer.pem, "-CAkey", issuer.key] : [];
  const added = extensions.flatMap((extension) => ["-addext", extension]);
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", at(".key")];
  if (issuer) {
    openssl("req", "-utf8", "-new", ...key, "-subj", subject, "-out", at(".csr"));
    const config = folder.write(name + ".ext", extensions.join("\n") + "\n");
    openssl("x509", "-req", "-in", at(".csr"), ...by, "-CAcreateserial", "-days", "30", "-extfile", config, "-out", at(".pem"));
  } else {
    openssl("req", "-utf8", "-x509", ...key, "-subj", subject, "-days", "30", ...added, "-out", at(".pem"));
  }
  openssl("x509", "-in", at(".pem"), "-outform", "der", "-out", at(".cer"));
  const both = folder.write(name + "-both.pem", readFileSync(at(".pem"), "utf8") + readFileSync(at(".key"), "utf8"));
  return { pem: at(".pem"), key: at(".key"), cer: at(".cer"), both };
}

export async function startPhone(state) {
  const program = process.env.SEALTONE_BINARY;
  if (!program) throw new Error("SEALTONE_BINARY names no program");
  const child = spawn(program, ["phone", "--state", state, "--https-port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  await new Promise((started, failed) => {
    child.once("error", failed);
    child.once("exit", (status) => failed(new Error(`the phone ended with ${status}:\n${said}`)));
    child.stderr.on("data", (text) => (said += text));
    child.stdout.on("data", (text) => {
      said += text;
      if (/^State: /m.test(said)) started();
    });
  });
  const printed = (pattern) => pattern.exec(said)?.[1] ?? "";
  return {
    url: printed(/^Page: (\S+)$/m),
    sha256: printed(/SHA-256 ([0-9A-F:]{95})/),
    oneTimePassword: printed(/^One-time password: (\S+)/m),
    stop: () =>
      new Promise((ended) => {
        child.removeAllListeners("exit");
        child.once("exit", ended);
        child.kill("SIGTERM");
      }),
  };
}

// A provisioning server of Node's own TLS, held to TLS 1.2, that sends its root along; it keeps what
// it was asked for.
export async function startServer({ pem, key }, issuer, files) {
  const asked = [];
  const cert = readFileSync(pem, "utf8") + readFileSync(issuer.pem, "utf8");
  const options = { cert, key: readFileSync(key), maxVersion: "TLSv1.2" };
  const server = createServer(options, (request, response) => {
    asked.push(request.url);
    const text = files[request.url];
    response.writeHead(text === undefined ? 404 : 200, { "Content-Type": "text/plain" });
    response.end(text ?? "");
  });
  server.on("tlsClientError", () => {});
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    asked,
    url: `https://127.0.0.1:${server.address().port}/`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}
