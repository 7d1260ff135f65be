#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the certificates and keys of this folder anew, with the `openssl` tool alone.
# Each NAME.pem holds the certificate and its private key.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# make NAME ISSUER|self KEY DIGEST NOT_AFTER EXTENSIONS…
make() {
  name=$1 issuer=$2 key=$3 digest=$4 until=$5
  shift 5
  {
    printf '[ca]\ndefault_ca=here\n[here]\nnew_certs_dir=%s\ndatabase=%s/index\nrand_serial=yes\n' "$work" "$work"
    printf 'unique_subject=no\npolicy=any\n[any]\ncommonName=optional\n'
    printf '[req]\ndistinguished_name=dn\nprompt=no\n[dn]\n[ext]\nsubjectKeyIdentifier=hash\n'
    for line in "$@"; do printf '%s\n' "$line"; done
  } > "$work/conf"
  : > "$work/index"
  case $key in
    ec) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$name.key" 2>/dev/null ;;
    rsa*) openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:${key#rsa}" -out "$work/$name.key" 2>/dev/null ;;
  esac
  openssl req -new -config "$work/conf" -key "$work/$name.key" -subj "/CN=Sealtone test $name" -out "$work/csr"
  if [ "$issuer" = self ]; then
    signer="-selfsign -keyfile $work/$name.key"
  else
    signer="-cert $work/$issuer.crt -keyfile $work/$issuer.key"
  fi
  # shellcheck disable=SC2086
  openssl ca -batch -notext -config "$work/conf" -in "$work/csr" -out "$work/$name.crt" -extensions ext \
    -md "$digest" -startdate 20200101000000Z -enddate "$until" $signer 2>/dev/null
  cat "$work/$name.crt" "$work/$name.key" > "$name.pem"
}

ca='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign'
names='subjectAltName=DNS:localhost,DNS:prov.example.com,IP:127.0.0.1'
server='extendedKeyUsage=serverAuth'
client='extendedKeyUsage=clientAuth'
both='extendedKeyUsage=serverAuth,clientAuth'
late=20991231235959Z

make root self ec sha256 $late "$ca"
make other-root self ec sha256 $late "$ca"
make rsa-root self rsa2048 sha256 $late "$ca"
make server root ec sha256 $late "$names" "$server"
make server-2 root ec sha256 $late "$names" "$server"
make server-rsa rsa-root rsa2048 sha256 $late "$names" "$server"
make server-rsa1024 root rsa1024 sha256 $late "$names" "$server"
make server-sha1 rsa-root rsa2048 sha1 $late "$names" "$server"
make server-expired root ec sha256 20210101000000Z "$names" "$server"
make server-self self ec sha256 $late "$names" "$server"
make client root ec sha256 $late "$client"
make client-rsa rsa-root rsa2048 sha256 $late "$both" "$names"
make client-other other-root ec sha256 $late "$client"
make client-server-only root ec sha256 $late "$server"
