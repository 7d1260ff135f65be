#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Makes the files of this folder anew, with other people's tools: openssl, certtool (gnutls-bin),
# certutil and pk12util (libnss3-tools), keytool (a Java runtime), faketime. The tests need none of
# them. Everything random comes out differently; what the tests expect does not.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
secret=secret

# --- one identity for each kind of key: certificate and key in KIND.pem ------------------------
identity() { # KIND genpkey-options…
  local kind=$1
  shift
  openssl genpkey -quiet "$@" -out "$work/$kind.key"
  faketime '2026-01-01' openssl req -new -x509 -key "$work/$kind.key" -days 7300 \
    -subj "/O=Acme/CN=phone $kind" -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -addext keyUsage=digitalSignature -addext extendedKeyUsage=serverAuth,clientAuth \
    -addext basicConstraints=CA:FALSE -out "$work/$kind.crt"
  cat "$work/$kind.crt" "$work/$kind.key" >"$kind.pem"
}
for bits in 2048 3072 4096 8192; do
  identity rsa$bits -algorithm RSA -pkeyopt rsa_keygen_bits:$bits
done
for curve in 256 384 521; do identity p$curve -algorithm EC -pkeyopt ec_paramgen_curve:P-$curve; done
identity ed25519 -algorithm ED25519
identity ed448 -algorithm ED448
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/ca.key"
faketime '2026-01-01' openssl req -new -x509 -key "$work/ca.key" -days 7300 -subj '/O=Acme/CN=Acme Root' \
  -addext basicConstraints=critical,CA:TRUE -out "$work/ca.crt"
cp "$work/ca.crt" root.crt

# --- encrypted private keys, all of p256.pem's or rsa2048.pem's key ----------------------------
pkcs8() { # NAME KEY options…
  local name=$1 key=$2
  shift 2
  openssl pkcs8 -topk8 -in "$work/$key.key" -passout pass:$secret "$@" -out "pkcs8-$name.key"
}
pkcs8 aes256 p256
pkcs8 aes256-rsa rsa2048
pkcs8 aes128-sha1 p256 -v2 aes128 -v2prf hmacWithSHA1
pkcs8 aes256-sha512 p256 -v2prf hmacWithSHA512
pkcs8 des3 p256 -v2 des3
pkcs8 scrypt p256 -scrypt
legacy=(-provider legacy -provider default)
for v1 in PBE-MD5-DES PBE-SHA1-DES PBE-SHA1-RC2-64 PBE-MD5-RC2-64 PBE-SHA1-3DES PBE-SHA1-2DES PBE-SHA1-RC2-40 \
  PBE-SHA1-RC2-128 PBE-SHA1-RC4-40 PBE-SHA1-RC4-128; do
  pkcs8 "v1-${v1,,}" p256 "${legacy[@]}" -v1 $v1
done
openssl pkcs8 -topk8 -in "$work/p256.key" -passout pass:$secret -outform DER -out pkcs8-aes256.der
pkcs8 million p256 -iter 1000000
openssl pkcs8 -topk8 -in "$work/ed448.key" -passout pass:$secret -out pkcs8-ed448.key

for cipher in des des3 aes128 aes192 aes256 camellia256 seed; do
  openssl ec "${legacy[@]}" -in "$work/p256.key" -$cipher -passout pass:$secret -out pem-$cipher.key 2>"$work/log" ||
    { cat "$work/log"; exit 1; }
done
openssl rsa -in "$work/rsa2048.key" -traditional -aes256 -passout pass:$secret -out pem-aes256-rsa.key 2>"$work/log"
cat "$work/p256.crt" pem-aes256.key >certificate-and-encrypted.pem

# --- PKCS#12 -----------------------------------------------------------------------------------
p12() { # NAME options…
  local name=$1
  shift
  openssl pkcs12 -export -inkey "$work/p256.key" -in "$work/p256.crt" -certfile "$work/ca.crt" \
    -name phone -passout pass:$secret "$@" -out "openssl-$name.p12"
}
p12 aes
p12 legacy -legacy
p12 rc4 "${legacy[@]}" -keypbe PBE-SHA1-RC4-128 -certpbe PBE-SHA1-RC4-40
p12 des "${legacy[@]}" -keypbe PBE-MD5-DES -certpbe PBE-MD5-RC2-64
p12 no-mac -nomac
p12 plain -keypbe NONE -certpbe NONE
p12 sha512 -macalg sha512
p12 keys-open -keypbe NONE
p12 empty-password -passout pass:
p12 many -iter 600000
p12 umlaut -passout pass:Grüße
openssl pkcs12 -export -nokeys -in "$work/ca.crt" -caname root -passout pass:$secret -out openssl-trust.p12
openssl pkcs12 -export -inkey "$work/rsa2048.key" -in "$work/rsa2048.crt" -passout pass:$secret -out openssl-rsa.p12
openssl base64 -in openssl-aes.p12 >openssl-aes.base64
{ echo '-----BEGIN PKCS12-----'; cat openssl-aes.base64; echo '-----END PKCS12-----'; } >openssl-aes-p12.pem
rm openssl-aes.base64

certtool --to-p12 --load-privkey "$work/p256.key" --load-certificate "$work/p256.crt" --p12-name phone \
  --password $secret --outder --outfile gnutls.p12 2>"$work/log"
certtool --to-p12 --load-privkey "$work/p256.key" --load-certificate "$work/p256.crt" --p12-name phone \
  --pkcs-cipher 3des-pkcs12 --hash sha1 --password $secret --outder --outfile gnutls-3des.p12 2>"$work/log"
certtool --to-p12 --load-privkey "$work/p256.key" --load-certificate "$work/p256.crt" --p12-name phone \
  --null-password --outder --outfile gnutls-null-password.p12 2>"$work/log"
certtool --to-p12 --load-privkey "$work/p256.key" --load-certificate "$work/p256.crt" --p12-name phone \
  --empty-password --outder --outfile gnutls-empty-password.p12 2>"$work/log"
certtool --to-p8 --load-privkey "$work/p256.key" --password $secret --outfile pkcs8-gnutls.key 2>"$work/log"

echo "$secret" >"$work/pw"
certutil -N -d "$work" -f "$work/pw"
pk12util -i openssl-aes.p12 -d "$work" -k "$work/pw" -w "$work/pw"
pk12util -o nss.p12 -n phone -d "$work" -k "$work/pw" -w "$work/pw"
pk12util -o nss-3des.p12 -n phone -d "$work" -k "$work/pw" -w "$work/pw" \
  -c 'PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC' -C 'PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC'

keytool -importkeystore -srckeystore openssl-aes.p12 -srcstoretype PKCS12 -srcstorepass $secret \
  -destkeystore java.p12 -deststoretype PKCS12 -deststorepass ${secret} -noprompt 2>"$work/log"
keytool -J-Dkeystore.pkcs12.legacy -importkeystore -srckeystore openssl-aes.p12 -srcstoretype PKCS12 \
  -srcstorepass $secret -destkeystore java-legacy.p12 -deststoretype PKCS12 -deststorepass $secret -noprompt 2>"$work/log"
keytool -importcert -noprompt -alias root -file root.crt -keystore java-trust.p12 -storetype PKCS12 \
  -storepass $secret 2>"$work/log"
keytool -genseckey -alias other -keyalg AES -keysize 128 -keystore java-secret-key.p12 -storetype PKCS12 \
  -storepass $secret 2>"$work/log"
cp java-secret-key.p12 java-only-secret-key.p12
keytool -importcert -noprompt -alias root -file root.crt -keystore java-secret-key.p12 -storetype PKCS12 \
  -storepass $secret 2>"$work/log"

# --- PKCS#7 ------------------------------------------------------------------------------------
openssl crl2pkcs7 -nocrl -certfile "$work/p256.crt" -certfile root.crt -out chain.p7b
openssl pkcs7 -in chain.p7b -outform DER -out chain.p7c
sed '1s/PKCS7/CMS/;$s/PKCS7/CMS/' chain.p7b >cms.pem
touch "$work/index"
printf '[ca]\ndefault_ca=c\n[c]\ndatabase=%s\n' "$work/index" >"$work/ca.cnf"
openssl ca -gencrl -config "$work/ca.cnf" -keyfile "$work/ca.key" -cert root.crt -crldays 30 -md sha256 \
  -out "$work/list.crl" 2>"$work/log"
openssl crl2pkcs7 -in "$work/list.crl" -certfile root.crt -out with-crl.p7b
openssl crl2pkcs7 -in "$work/list.crl" -out only-crl.p7b
certtool --p7-generate --load-certificate root.crt --outfile gnutls.p7b 2>"$work/log" ||
  certtool --p7-sign --load-privkey "$work/p256.key" --load-certificate "$work/p256.crt" --infile root.crt \
    --outfile gnutls.p7b 2>"$work/log"
echo 'a message' >"$work/message"
openssl smime -sign -nodetach -in "$work/message" -signer "$work/p256.crt" -inkey "$work/p256.key" \
  -outform DER -out signed-message.p7m
openssl cms -sign -nodetach -stream -indef -in "$work/message" -signer "$work/p256.crt" -inkey "$work/p256.key" \
  -outform DER -out signed-indefinite.p7m
openssl smime -encrypt -in "$work/message" -outform DER -out encrypted.p7m "$work/rsa2048.crt"
