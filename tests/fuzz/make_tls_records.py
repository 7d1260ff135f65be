#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# Makes the inputs of corpus/tls_records: what openssl's s_client and s_server say first.
#
#   make_tls_records.py FOLDER      needs openssl; the certificate is made for the purpose
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def said(connection):
    connection.settimeout(2)
    octets = b""
    try:
        while piece := connection.recv(65536):
            octets += piece
    except TimeoutError:
        pass
    return octets


def client_hello(flags):
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = ["openssl", "s_client", "-connect", "127.0.0.1:%d" % server.getsockname()[1]]
        client = subprocess.Popen(command + flags, stdin=subprocess.PIPE,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        connection, _ = server.accept()
        with connection:
            octets = said(connection)
        client.kill()
        client.wait()
    return octets


def server_flight(hello, certificate, flags):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = ["openssl", "s_server", "-accept", "127.0.0.1:%d" % port, "-cert", certificate,
               "-key", certificate]
    server = subprocess.Popen(command + flags, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
    for line in server.stdout:
        if b"ACCEPT" in line:
            break
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(hello)
        octets = said(connection)
    server.kill()
    server.wait()
    return octets


old = ["-cipher", "ALL:@SECLEVEL=0"]
with tempfile.TemporaryDirectory() as work:
    certificate = work + "/rsa.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-subj",
                    "/CN=localhost", "-keyout", certificate, "-out", work + "/certificate.pem"],
                   check=True, stderr=subprocess.DEVNULL)
    with open(certificate, "a") as file:
        file.write(Path(work + "/certificate.pem").read_text())
    # Bit 0: ours is the server's role; bit 1: old versions; bit 2: the session identifier is echoed.
    for name, role, flags, suites in [
        ("tls10-rsa", 2, ["-tls1"] + old, ["-cipher", "AES128-SHA:@SECLEVEL=0"]),
        ("tls12-dhe", 2, ["-tls1_2"] + old, ["-cipher", "DHE:@SECLEVEL=0"]),
        ("tls12-ecdhe", 2, ["-tls1_2"] + old, ["-cipher", "ECDHE:@SECLEVEL=0"]),
        ("tls13", 6, ["-tls1_3"] + old, ["-cipher", "ALL:@SECLEVEL=0", "-Verify", "1"]),
    ]:
        hello = client_hello(flags)
        (folder / (name + "-client")).write_bytes(bytes([role & 2 | 1]) + hello)
        flight = server_flight(hello, certificate, flags[:1] + suites)
        (folder / (name + "-server")).write_bytes(bytes([role]) + flight)
(folder / "http").write_bytes(b"\x00HTTP/1.1 400 Bad Request\r\n\r\n")
(folder / "alert").write_bytes(b"\x00\x15\x03\x03\x00\x02\x02\x28")
