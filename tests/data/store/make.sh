#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes the files beside it with the openssl tool: server certificates with their keys.
set -euo pipefail
cd "$(dirname "$0")"
leaf=(-addext extendedKeyUsage=serverAuth,clientAuth -addext basicConstraints=CA:false)

# kind.pem: one self-signed certificate and its key
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 \
  -subj '/CN=phone-one.example.com' "${leaf[@]}" -keyout key -out certificate
cat certificate key >p256.pem
openssl req -x509 -newkey rsa:4096 -nodes -days 36500 \
  -subj '/CN=phone-two.example.com' "${leaf[@]}" -keyout key -out certificate
cat certificate key >rsa4096.pem

# chain.pem: a leaf, the intermediate that issued it, the leaf's key
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 \
  -subj '/CN=Acme Root R1' -keyout root.key -out root.pem
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 \
  -subj '/CN=Acme Issuing CA 2' -CA root.pem -CAkey root.key -keyout issuing.key -out issuing.pem
openssl req -x509 -newkey rsa:2048 -nodes -days 36500 -subj '/CN=phone-three.example.com' \
  "${leaf[@]}" -CA issuing.pem -CAkey issuing.key -keyout key -out certificate
cat certificate issuing.pem key >chain.pem
rm key certificate root.key issuing.key issuing.pem
