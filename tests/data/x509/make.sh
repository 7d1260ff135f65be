#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes keys/, path/ and files/ anew with the openssl tool (3.0), so that none of our own code
# vouches for itself. Its output is committed: run it only to add to it, for every key changes.
# Dates are fixed; the tests judge at 2026-06-01.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf keys path files
mkdir keys path files

# --- keys/: private keys in every form --------------------------------------------------------
der() { openssl pkey -in "$1" -outform DER -out "$2"; }
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out keys/rsa2048.pkcs8.pem
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out keys/p256.pkcs8.pem
openssl rsa -in keys/rsa2048.pkcs8.pem -traditional -outform DER -out keys/rsa2048.traditional.der 2>/dev/null
openssl ec -in keys/p256.pkcs8.pem -outform DER -out keys/p256.traditional.der 2>/dev/null
openssl pkcs8 -topk8 -nocrypt -in keys/rsa2048.pkcs8.pem -outform DER -out keys/rsa2048.pkcs8.der
openssl pkcs8 -topk8 -nocrypt -in keys/p256.pkcs8.pem -outform DER -out keys/p256.pkcs8.der
for curve in P-384 secp256k1; do
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:$curve -outform DER \
    -out "keys/$(tr -d - <<<"${curve,,}").pkcs8.der"
done
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
  -pkeyopt ec_param_enc:explicit -outform DER -out keys/explicit.pkcs8.der
openssl genpkey -quiet -algorithm ED25519 -outform DER -out keys/ed25519.pkcs8.der
openssl pkcs8 -topk8 -passout pass:secret -in keys/p256.pkcs8.pem -outform DER -out keys/encrypted.pkcs8.der
openssl pkey -in keys/p256.pkcs8.pem -pubout -outform DER -out keys/p256.public.der

# --- path/: certificates, one fault each ------------------------------------------------------
cat >"$work/ca.cnf" <<'C'
[ca]
default_ca = one
[one]
database = $ENV::WORK/index
serial = $ENV::WORK/serial
new_certs_dir = $ENV::WORK
policy = any
unique_subject = no
copy_extensions = none
[any]
commonName = optional
organizationName = optional
countryName = optional
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[root_pathlen0]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[root_not_ca]
basicConstraints = critical,CA:FALSE
subjectKeyIdentifier = hash
[int]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[cross]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[int_client_only]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[int_not_ca]
basicConstraints = critical,CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[int_no_bc]
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[int_no_cert_sign]
basicConstraints = critical,CA:TRUE
keyUsage = critical,cRLSign
subjectKeyIdentifier = hash
[int_constrained]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
nameConstraints = critical,permitted;DNS:example.org
subjectKeyIdentifier = hash
[int_policy]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
certificatePolicies = 1.2.3.4
policyConstraints = critical,requireExplicitPolicy:0
subjectKeyIdentifier = hash
[leaf]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:prov.example.com,DNS:*.example.com,IP:192.0.2.7,IP:2001:db8::7,email:admin@example.com,URI:sip:example.com
authorityInfoAccess = OCSP;URI:http://ocsp.example.com/,caIssuers;URI:http://ca.example.com/int.cer
subjectKeyIdentifier = hash
[leaf_client]
basicConstraints = CA:FALSE
extendedKeyUsage = clientAuth
subjectAltName = DNS:prov.example.com
[leaf_both]
extendedKeyUsage = serverAuth,clientAuth,1.2.3.4.5.6
subjectAltName = DNS:prov.example.com
[leaf_any]
extendedKeyUsage = anyExtendedKeyUsage
subjectAltName = DNS:prov.example.com
[leaf_key_usage]
keyUsage = critical,cRLSign
subjectAltName = DNS:prov.example.com
[leaf_critical]
1.2.3.4.5.6.7 = critical,ASN1:NULL
subjectAltName = DNS:prov.example.com
[plain]
C
export WORK=$work
touch "$work/index"
echo 1000 >"$work/serial"

key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$1.key"; }
rsa_key() { openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:$2" -out "$work/$1.key"; }
good='20260101000000Z 20270101000000Z'
expired='20250101000000Z 20260101000000Z'
future='20270101000000Z 20280101000000Z'
long='20200101000000Z 20400101000000Z'

# sign NAME SUBJECT KEY ISSUER|self EXTENSIONS "START END" [HASH]: path/NAME.cer, DER. ISSUER is
# "CERTIFICATE KEY" without their endings.
sign() {
  local name=$1 subject=$2 key=$3 issuer=$4 extensions=$5 dates=$6 hash=${7:-sha256}
  openssl req -new -config "$work/ca.cnf" -key "$work/$key.key" -subj "$subject" -out "$work/$name.csr"
  local from=(-selfsign -keyfile "$work/$key.key")
  if [[ $issuer != self ]]; then
    read -r cert issuer_key <<<"$issuer"
    openssl x509 -in "path/$cert.cer" -out "$work/issuer.pem"
    from=(-cert "$work/issuer.pem" -keyfile "$work/$issuer_key.key")
  fi
  read -r start end <<<"$dates"
  openssl ca -batch -notext -config "$work/ca.cnf" "${from[@]}" -extensions "$extensions" \
    -startdate "$start" -enddate "$end" -md "$hash" -in "$work/$name.csr" -out "$work/$name.pem" 2>"$work/log" ||
    { cat "$work/log" >&2; exit 1; }
  openssl x509 -in "$work/$name.pem" -outform DER -out "path/$name.cer"
}

ROOT='/C=DE/O=Acme/CN=Acme Root R1'
INT='/C=DE/O=Acme/CN=Acme Issuing CA 2'
LEAF='/C=DE/O=Acme/CN=prov.example.com'
for name in root int leaf other_root other_int; do key $name; done
rsa_key weak 1024
rsa_key rsa 2048

sign root "$ROOT" root self root "$long"
sign root_expired "$ROOT" root self root "$expired"
sign root_future "$ROOT" root self root "$future"
sign root_sha1 "$ROOT" root self root "$long" sha1
sign root_not_ca "$ROOT" root self root_not_ca "$long"
sign root_pathlen0 "$ROOT" root self root_pathlen0 "$long"
sign root_same_name "$ROOT" other_root self root "$long"
sign other_root '/O=Other/CN=Other Root' other_root self root "$long"

# The issuing CA: one name, one key, so that each leaf fits each of these.
sign int "$INT" int 'root root' int "$good"
sign int_expired "$INT" int 'root root' int "$expired"
sign int_future "$INT" int 'root root' int "$future"
sign int_sha1 "$INT" int 'root root' int "$good" sha1
sign int_client_only "$INT" int 'root root' int_client_only "$good"
sign int_not_ca "$INT" int 'root root' int_not_ca "$good"
sign int_no_bc "$INT" int 'root root' int_no_bc "$good"
sign int_no_cert_sign "$INT" int 'root root' int_no_cert_sign "$good"
sign int_constrained "$INT" int 'root root' int_constrained "$good"
sign int_policy "$INT" int 'root root' int_policy "$good"
sign int_by_other "$INT" int 'other_root other_root' int "$good"
sign int_same_name "$INT" other_int 'root root' int "$good"

sign leaf "$LEAF" leaf 'int int' leaf "$good"
sign leaf_expired "$LEAF" leaf 'int int' leaf "$expired"
sign leaf_future "$LEAF" leaf 'int int' leaf "$future"
sign leaf_sha1 "$LEAF" leaf 'int int' leaf "$good" sha1
sign leaf_weak_key "$LEAF" weak 'int int' leaf "$good"
sign leaf_client "$LEAF" leaf 'int int' leaf_client "$good"
sign leaf_both "$LEAF" leaf 'int int' leaf_both "$good"
sign leaf_any "$LEAF" leaf 'int int' leaf_any "$good"
sign leaf_key_usage "$LEAF" leaf 'int int' leaf_key_usage "$good"
sign leaf_critical "$LEAF" leaf 'int int' leaf_critical "$good"
sign leaf_rsa "$LEAF" rsa 'int int' leaf "$good"
sign leaf_expired_sha1_weak_client "$LEAF" weak 'int int' leaf_client "$expired" sha1

sign self_signed "$LEAF" leaf self leaf "$good"
sign self_signed_expired "$LEAF" leaf self leaf "$expired"
sign self_signed_future "$LEAF" leaf self leaf "$future"
sign self_signed_sha1 "$LEAF" leaf self leaf "$good" sha1
sign self_signed_weak_key "$LEAF" weak self leaf "$good"
sign self_signed_client "$LEAF" leaf self leaf_client "$good"

# An issuer with a weak key.
sign int_weak_key '/O=Acme/CN=Acme Weak CA' weak 'root root' int "$good"
sign leaf_by_weak "$LEAF" leaf 'int_weak_key weak' leaf "$good"
# An RSA issuer, since ECDSA has no MD5.
sign int_rsa '/O=Acme/CN=Acme RSA CA' rsa 'root root' int "$good"
sign leaf_md5 "$LEAF" leaf 'int_rsa rsa' leaf "$good" md5
# Two CAs that each certified the other, and neither is trusted.
sign loop_a '/O=Loop/CN=A' int 'other_root other_root' cross "$good"
sign loop_b '/O=Loop/CN=B' other_int 'loop_a int' cross "$good"
sign loop_a_by_b '/O=Loop/CN=A' int 'loop_b other_int' cross "$good"
sign leaf_by_loop "$LEAF" leaf 'loop_a int' leaf "$good"
# The other root, certified by the root: a cross certificate.
sign other_root_cross '/O=Other/CN=Other Root' other_root 'root root' cross "$good"
# A version 1 root and what it issued.
openssl req -new -config "$work/ca.cnf" -key "$work/root.key" -subj '/CN=Old Root' -out "$work/v1.csr"
openssl ca -batch -notext -config "$work/ca.cnf" -selfsign -keyfile "$work/root.key" -in "$work/v1.csr" \
  -startdate 20200101000000Z -enddate 20400101000000Z -md sha256 -out "$work/v1.pem" 2>/dev/null
openssl x509 -in "$work/v1.pem" -outform DER -out path/root_v1.cer
sign leaf_by_v1 "$LEAF" leaf 'root_v1 root' leaf "$good"
# 25 CAs in a row.
sign deep_0 '/CN=Deep 0' int 'root root' cross "$good"
for i in $(seq 1 25); do sign deep_$i "/CN=Deep $i" int "deep_$((i - 1)) int" cross "$good"; done
cat path/deep_*.cer >"$work/deep.der"
for i in $(seq 0 25); do openssl x509 -in path/deep_$i.cer; done >path/deep.pem
rm path/deep_?.cer path/deep_??.cer

# --- files/: what people upload ---------------------------------------------------------------
pem() { openssl x509 -in "path/$1.cer"; }
cp "$work/leaf.key" files/leaf.key
pem leaf >files/leaf.pem
pem leaf | sed 's/$/\r/' >files/crlf.cer
{ printf '\xef\xbb\xbf'; pem leaf; } >files/bom.pem
{ printf '\xff\xfe'; pem leaf | iconv -t UTF-16LE; } >files/utf16le.pem
{ printf '\xfe\xff'; pem leaf | iconv -t UTF-16BE; } >files/utf16be.pem
openssl x509 -in path/leaf.cer -text >files/text-around.pem
{ pem int; cat files/leaf.key; pem root; pem leaf; } >files/bundle-any-order.pem
{ pem leaf; pem int; cat files/leaf.key; } >files/credential.pem
cat path/leaf.cer path/int.cer path/root.cer >files/three.der
openssl x509 -in path/leaf.cer -trustout -addtrust serverAuth -setalias mine >files/trusted.pem
pem leaf | sed '1s/BEGIN /BEGIN X509 /;$s/END /END X509 /' >files/x509-certificate.pem
openssl x509 -in path/leaf.cer -outform DER | openssl base64 >files/bare-base64.txt
openssl pkcs8 -topk8 -passout pass:secret -in files/leaf.key -out files/encrypted.key
openssl ec -in files/leaf.key -aes128 -passout pass:secret -out files/proc-type.key 2>/dev/null
{ openssl ecparam -name P-256; openssl ec -in files/leaf.key 2>/dev/null; } >files/ec-parameters.key
openssl rsa -in "$work/weak.key" -traditional -out files/rsa.key 2>/dev/null
openssl req -new -config "$work/ca.cnf" -key files/leaf.key -subj "$LEAF" -out files/request.csr
openssl req -in files/request.csr -outform DER -out files/request.der
openssl x509 -in path/root.cer -out "$work/root.pem"
openssl ca -gencrl -config "$work/ca.cnf" -keyfile "$work/root.key" -cert "$work/root.pem" -crldays 30 \
  -md sha256 -out files/list.crl 2>/dev/null
openssl crl -in files/list.crl -outform DER -out files/crl.der
openssl pkey -in files/leaf.key -pubout -out files/public.pem
openssl crl2pkcs7 -nocrl -certfile files/leaf.pem -out files/bundle.p7b
openssl pkcs7 -in files/bundle.p7b -outform DER -out files/p7b.der
openssl pkcs12 -export -in files/leaf.pem -inkey files/leaf.key -passout pass:secret -out files/identity.p12
openssl dhparam -dsaparam -out files/dh.pem 512 2>/dev/null
ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/ssh" && cp "$work/ssh" files/openssh.key && cp "$work/ssh.pub" files/openssh.pub
printf 'a zip\n' >"$work/a.txt" && gzip -nc "$work/a.txt" >files/text.gz
