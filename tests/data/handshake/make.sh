#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the certificates of this folder with the openssl tool; run it here.
set -eu

issue() { # NAME SUBJECT EXTENSIONS
  openssl req -new -newkey rsa:2048 -nodes -keyout "$1.key" -subj "$2" -out "$1.csr" 2>/dev/null
  printf '%s\n' "$3" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 36500 -sha256 \
    -extfile "$1.ext" -out "$1.crt" 2>/dev/null
  cat "$1.crt" "$1.key" >"$1.pem"
  rm "$1.crt" "$1.key" "$1.csr" "$1.ext"
}

openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj "/O=Acme/CN=Acme Root R1" \
  -days 36500 -sha256 -out ca.pem 2>/dev/null
issue server "/O=Acme/CN=prov.example.com" "subjectAltName=DNS:prov.example.com
extendedKeyUsage=serverAuth"
issue client "/O=Acme/CN=001565000001" "extendedKeyUsage=clientAuth"
rm -f ca.key ca.srl
