#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_tshark_view.py FOLDER > tshark.json: what tshark sees of TLS in each capture of a folder.

For each file: its TCP connections with TLS (client, server, version, cipher suite, server's name,
SHA-256 of each certificate, alerts that can be read, TLS records), and how many handshake messages
it sees elsewhere than in TCP.  captures_test compares; tshark 4.0.17 made what is kept.
"""
import hashlib
import json
import pathlib
import subprocess
import sys


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def find(node, key):
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key:
                yield from as_list(value)
            else:
                yield from find(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from find(value, key)


def first(node, *keys):
    for key in keys:
        for value in find(node, key):
            return value
    return None


def messages_of(record):
    found = [one for one in find(record, "tls.handshake") if isinstance(one, dict)]
    if "tls.handshake.type" in record:  # a hello in the form of SSL 2.0
        found.append(record)
    return found


def ends_of(layers):
    tcp = as_list(layers["tcp"])[-1]
    ip = as_list(layers.get("ip") or layers.get("ipv6"))[-1]
    ends = []
    for address, port in ("src", "srcport"), ("dst", "dstport"):
        host = ip.get(f"ip.{address}") or ip.get(f"ipv6.{address}")
        host = f"[{host}]" if ":" in host else host
        ends.append(f"{host}:{tcp['tcp.' + port]}")
    return int(tcp["tcp.stream"]), ends


def note_message(stream, message, sender, receiver):
    kind = int(first(message, "tls.handshake.type"))
    if kind == 1:
        stream["client"] = sender
        stream["sni"] = first(message, "tls.handshake.extensions_server_name") or stream["sni"]
    if kind == 2:
        stream["client"] = stream["client"] or receiver
        stream["version"] = int(first(message, "tls.handshake.extensions.supported_version",
                                      "tls.handshake.version"), 16)
        stream["cipher"] = int(first(message, "tls.handshake.ciphersuite"), 16)
    if kind == 11:
        for octets in find(message, "tls.handshake.certificate"):
            digest = hashlib.sha256(bytes.fromhex(octets.replace(":", ""))).hexdigest()
            stream["certificates"].setdefault(sender, []).append(digest)


def view_of(path):
    command = ["tshark", "-n", "-o", "tcp.reassemble_out_of_order:TRUE", "-r", path, "-T", "json",
               "--no-duplicate-keys", "-J", "frame ip ipv6 tcp udp tls", "-Y", "tls"]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    streams = {}
    for frame in json.loads(run.stdout):
        layers = frame["_source"]["layers"]
        records = [one for tls in as_list(layers.get("tls")) if isinstance(tls, dict)
                   for one in find(tls, "tls.record") if isinstance(one, dict)]
        if "tcp" not in layers:
            continue
        number, (sender, receiver) = ends_of(layers)
        stream = streams.setdefault(number, {
            "ends": [sender, receiver], "client": None, "version": None, "cipher": None, "sni": "",
            "certificates": {}, "alerts": [], "records": 0})
        for record in records:
            stream["records"] += 1
            for message in messages_of(record):
                note_message(stream, message, sender, receiver)
            for alert in find(record, "tls.alert_message"):
                if isinstance(alert, dict) and "tls.alert_message.desc" in alert:
                    stream["alerts"].append([sender, int(alert["tls.alert_message.desc"])])
    connections = []
    for stream in streams.values():
        client = stream["client"] or stream["ends"][0]
        server = next(end for end in stream["ends"] + [client] if end != client)
        connections.append({
            "ends": sorted([client, server]), "client": stream["client"], "version": stream["version"],
            "cipher": stream["cipher"], "sni": stream["sni"], "records": stream["records"],
            "server_certificates": stream["certificates"].get(server, []),
            "client_certificates": stream["certificates"].get(client, []),
            "alerts": [["client" if who == client else "server", what]
                       for who, what in stream["alerts"]]})
    return {"connections": connections, "elsewhere": elsewhere(path)}


def elsewhere(path):
    command = ["tshark", "-n", "-r", path, "-Y", "!tcp && tls.handshake.type", "-T", "fields", "-e",
               "tls.handshake.type"]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return sum(line.count(",") + 1 for line in run.stdout.splitlines())


def main():
    folder = pathlib.Path(sys.argv[1])
    files = sorted(one for one in folder.iterdir() if one.suffix in (".pcap", ".pcapng"))
    json.dump({one.name: view_of(str(one)) for one in files}, sys.stdout, indent=1)
    print()


main()
