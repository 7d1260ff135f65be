#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes the .pem files of this folder with the openssl tool (3.0). The dates are fixed; the tests
# judge at 2026-06-01. Every run makes new keys, so run it only to add to the set.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f ./*.pem

cat >"$work/ca.cnf" <<'C'
[ca]
default_ca = one
[one]
database = $ENV::WORK/index
serial = $ENV::WORK/serial
new_certs_dir = $ENV::WORK
policy = any
unique_subject = no
[any]
commonName = optional
organizationName = optional
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[int]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = caIssuers;URI:http://pki.example.com/acme-root-r1.cer
[int_not_ca]
basicConstraints = critical,CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:prov.example.com,DNS:*.phones.example.com
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = caIssuers;URI:http://pki.example.com/acme-issuing-ca-2.cer
[leaf_client]
basicConstraints = CA:FALSE
extendedKeyUsage = clientAuth
subjectAltName = DNS:prov.example.com
authorityKeyIdentifier = keyid
[leaf_cn_only]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
[self]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:prov.example.com
[self_client]
basicConstraints = CA:FALSE
extendedKeyUsage = clientAuth
subjectAltName = DNS:prov.example.com
C
export WORK=$work
touch "$work/index"
echo 4A6F0001 >"$work/serial"

ok='20260101000000Z 20270101000000Z'
expired='20250101000000Z 20260101000000Z'
future='20270101000000Z 20280101000000Z'
long='20200101000000Z 20400101000000Z'

for key in root int leaf other; do
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$key.key"
done
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out "$work/weak.key"

# sign NAME SUBJECT KEY ISSUER|self EXTENSIONS "START END" [HASH]
sign() {
  local name=$1 subject=$2 key=$3 issuer=$4 extensions=$5 dates=$6 hash=${7:-sha256} from
  openssl req -new -config "$work/ca.cnf" -key "$work/$key.key" -subj "$subject" -out "$work/csr"
  if [[ $issuer == self ]]; then
    from=(-selfsign -keyfile "$work/$key.key")
  else
    from=(-cert "$issuer.pem" -keyfile "$work/$issuer.key")
  fi
  read -r start end <<<"$dates"
  openssl ca -batch -notext -config "$work/ca.cnf" "${from[@]}" -extensions "$extensions" \
    -startdate "$start" -enddate "$end" -md "$hash" -in "$work/csr" -out "$name.pem" 2>"$work/log" ||
    { cat "$work/log" >&2; exit 1; }
}

leaf_name="/O=Acme/CN=prov.example.com"
sign root "/O=Acme/CN=Acme Root R1" root self root "$long"
sign other "/O=Other/CN=Other Root" other self root "$long"
sign int "/O=Acme/CN=Acme Issuing CA 2" int root int "$long"
sign int-future "/O=Acme/CN=Acme Issuing CA 2" int root int "$future"
sign int-not-ca "/O=Acme/CN=Acme Issuing CA 2" int root int_not_ca "$long"
sign leaf-cn-only "$leaf_name" leaf int leaf_cn_only "$ok"

# leaf[-expired|-future][-sha1][-weak][-client], at most two faults each; the same self-signed, with
# at most one.
for issuer in int self; do
  for dates in ok expired future; do
    for hash in sha256 sha1; do
      for key in leaf weak; do
        for use in '' client; do
          name=leaf faults=0 extensions=leaf
          [[ $issuer == self ]] && name=self extensions=self
          [[ $dates != ok ]] && name+=-$dates faults=$((faults + 1))
          [[ $hash == sha1 ]] && name+=-sha1 faults=$((faults + 1))
          [[ $key == weak ]] && name+=-weak faults=$((faults + 1))
          [[ $use == client ]] && name+=-client faults=$((faults + 1)) extensions+=_client
          [[ $issuer == int ]] && most=2 || most=1
          ((faults > most)) && continue
          sign "$name" "$leaf_name" "$key" "$issuer" "$extensions" "${!dates}" "$hash"
        done
      done
    done
  done
done
