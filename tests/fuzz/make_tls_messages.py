#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Records handshakes of `openssl s_client -msg` with `openssl s_server` into corpus/tls_messages,
in the form that tls_messages.cpp reads. Run it in this folder to make the corpus anew."""
import pathlib
import re
import struct
import subprocess

DATA = pathlib.Path("../data/handshake")
OUT = pathlib.Path("corpus/tls_messages")
KINDS = {"Handshake": 0, "Alert": 2, "ChangeCipherSpec": 4}
CASES = {
    "tls10-rsa": (["-tls1", "-cipher", "AES128-SHA@SECLEVEL=0"], []),
    "tls11-ecdhe": (["-tls1_1", "-cipher", "ECDHE-RSA-AES128-SHA@SECLEVEL=0"], []),
    "tls12-dhe": (["-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256"], []),
    "tls12-client": (["-tls1_2", "-cert", DATA / "client.pem"], ["-Verify", "1"]),
    "tls12-none": (["-tls1_2"], ["-Verify", "1"]),
    "tls13-client": (["-tls1_3", "-cert", DATA / "client.pem"], ["-Verify", "1"]),
    "tls13-none": (["-tls1_3"], ["-Verify", "1"]),
    "tls13-retry": (["-tls1_3", "-groups", "X25519:P-384"], ["-groups", "P-384"]),
    "version-gap": (["-tls1_2"], ["-tls1_3"]),
    "untrusted": (["-tls1_2", "-verify_return_error"], []),
}


def record(client, server):
    listening = subprocess.Popen(
        ["openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", DATA / "server.pem", "-CAfile",
         DATA / "ca.pem", "-cipher", "ALL@SECLEVEL=0", "-naccept", "1", *server],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    port = next(line.split(":")[-1].strip() for line in listening.stdout if line.startswith("ACCEPT"))
    talked = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-msg", "-servername",
         "prov.example.com", *client], input="Q\n", capture_output=True, text=True)
    listening.kill()
    return talked.stdout + talked.stderr


def encode(log):
    out = bytearray([0])
    pattern = r"^(>>>|<<<) [^\n]*?, (\w+) \[length [0-9a-f]+\][^\n]*\n((?:    [0-9a-f ]+\n)+)"
    for arrow, kind, octets in re.findall(pattern, log, re.M):
        if kind in KINDS:
            body = bytes.fromhex(octets)
            out += struct.pack(">BH", KINDS[kind] | (arrow == "<<<"), len(body)) + body
    return bytes(out)


OUT.mkdir(parents=True, exist_ok=True)
for name, (client, server) in CASES.items():
    (OUT / name).write_bytes(encode(record(client, server)))
(OUT / "http").write_bytes(bytes([0]) + struct.pack(">BH", 7, 26) + b"HTTP/1.1 400 Bad Request\r\n")
