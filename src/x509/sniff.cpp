// SPDX-License-Identifier: Apache-2.0
//
// x509/sniff: see sniff.h.
#include "x509/sniff.h"

#include <algorithm>
#include <array>

#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>

#include "base/text.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

using namespace std::literals;

struct Known {
  std::string_view mark;  // a label, or the first bytes
  const char* answer;
};

constexpr auto kSshKey =
    "a key for SSH, not a certificate: upload an X.509 certificate (it begins with "
    "\"-----BEGIN CERTIFICATE-----\")";
constexpr auto kEncryptedKey = "an encrypted private key: upload it in a file of its own";
constexpr auto kPkcs7 = "a PKCS#7 bundle (.p7b, .p7c): upload it in a file of its own";
constexpr auto kPkcs12 = "a PKCS#12 file (.p12, .pfx): upload it in a file of its own";
constexpr auto kPgp = "a PGP file, not a certificate: upload an X.509 certificate";
constexpr auto kParameters =
    "a file of key parameters, not a certificate: upload the certificate itself";
constexpr auto kCapture =
    "a packet capture, not a certificate: upload the certificate itself (a capture is read by "
    "`sealtone trace`)";
constexpr auto kPacked = "a packed archive: unpack it and upload the certificate in it";
constexpr auto kPicture = "a picture, not a certificate: upload the certificate itself";
constexpr auto kWebPage =
    "a web page (HTML), not a certificate: it is probably the log-in or error page of the site it "
    "was saved from; save the certificate itself";

constexpr std::array kLabels{
    Known{"CERTIFICATE REQUEST", kCertificateRequest},
    Known{"NEW CERTIFICATE REQUEST", kCertificateRequest},
    Known{"X509 CRL", kRevocationList},
    Known{"PUBLIC KEY", kPublicKey},
    Known{"RSA PUBLIC KEY", kPublicKey},
    Known{"DH PARAMETERS", kParameters},
    Known{"X9.42 DH PARAMETERS", kParameters},
    Known{"DSA PARAMETERS", kParameters},
    Known{"EC PARAMETERS", kParameters},
    Known{"OPENSSH PRIVATE KEY", kSshKey},
    Known{"PGP MESSAGE", kPgp},
    Known{"PGP SIGNED MESSAGE", kPgp},
    Known{"PGP SIGNATURE", kPgp},
    Known{"PGP PUBLIC KEY BLOCK", kPgp},
    Known{"PGP PRIVATE KEY BLOCK", kPgp},
    Known{"ATTRIBUTE CERTIFICATE",
          "an attribute certificate, which holds no key: upload an X.509 certificate"},
    Known{"SSL SESSION PARAMETERS", "a saved TLS session, not a certificate"},
};

constexpr std::array kMagic{
    Known{"\xd4\xc3\xb2\xa1"sv, kCapture},
    Known{"\xa1\xb2\xc3\xd4"sv, kCapture},
    Known{"\x4d\x3c\xb2\xa1"sv, kCapture},
    Known{"\xa1\xb2\x3c\x4d"sv, kCapture},
    Known{"\x0a\x0d\x0d\x0a"sv, kCapture},
    Known{"PK\x03\x04"sv, kPacked},
    Known{"PK\x05\x06"sv, kPacked},
    Known{"\x1f\x8b"sv, kPacked},
    Known{"\xfd"sv
          "7zXZ\0"sv,
          kPacked},
    Known{"7z\xbc\xaf\x27\x1c"sv, kPacked},
    Known{"BZh"sv, kPacked},
    Known{"\x28\xb5\x2f\xfd"sv, kPacked},
    Known{"Rar!"sv, kPacked},
    Known{"\x89PNG"sv, kPicture},
    Known{"\xff\xd8\xff"sv, kPicture},
    Known{"GIF8"sv, kPicture},
    Known{"%PDF"sv, "a PDF document, not a certificate: upload the certificate itself"},
    Known{"\xfe\xed\xfe\xed"sv,
          "a Java key store: take the certificate out with `keytool -exportcert -rfc`, then upload "
          "that file"},
    Known{"\x7f"
          "ELF"sv,
          "a program, not a certificate"},
    Known{"MZ"sv, "a program, not a certificate"},
};

constexpr std::array kText{
    Known{"<!doctype html", kWebPage},
    Known{"<html", kWebPage},
    Known{"<head", kWebPage},
    Known{"<?xml", "an XML file, not a certificate: upload the certificate itself"},
    Known{"ssh-", kSshKey},
    Known{"ecdsa-sha2-", kSshKey},
    Known{"---- begin ssh2", kSshKey},
    Known{"putty-user-key-file", kSshKey},
    Known{"#!version:",
          "a configuration file for phones, not a certificate: give it as configuration, or upload "
          "the certificate it names"},
};

bool is_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte >= 0x20 || byte == '\n' || byte == '\r' || byte == '\t' || byte == '\f';
  });
}

bool looks_like_settings(std::string_view text) {
  std::size_t lines = 0;
  std::size_t settings = 0;
  for (auto line : base::split(text, '\n')) {
    line = base::trim(line);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    ++lines;
    if (line.find('=') != std::string_view::npos || line.front() == '[') ++settings;
  }
  return lines > 0 && settings * 2 > lines;
}

template <auto decode, auto free>
bool is_whole(base::ByteView file) {
  const auto* at = file.data();
  auto* const object = decode(nullptr, &at, static_cast<long>(file.size()));
  if (object == nullptr) return false;
  free(object);
  return true;
}

}  // namespace

std::optional<std::string> known_label(std::string_view label) {
  const auto* const found = std::ranges::find(kLabels, label, &Known::mark);
  if (found == kLabels.end()) return {};
  return found->answer;
}

std::optional<std::string> known_der(base::ByteView file) {
  const ErrorsKept errors;
  if (is_whole<d2i_X509_REQ, X509_REQ_free>(file)) return kCertificateRequest;
  if (is_whole<d2i_X509_CRL, X509_CRL_free>(file)) return kRevocationList;
  if (is_whole<d2i_PKCS12, PKCS12_free>(file)) return kPkcs12;
  if (is_whole<d2i_PKCS7, PKCS7_free>(file)) return kPkcs7;
  if (is_whole<d2i_X509_SIG, X509_SIG_free>(file)) return kEncryptedKey;
  if (is_whole<d2i_X509_PUBKEY, X509_PUBKEY_free>(file)) return kPublicKey;
  return {};
}

std::string known_content(base::ByteView file) {
  const auto content = base::text(file);
  for (const auto& known : kMagic) {
    if (content.starts_with(known.mark)) return known.answer;
  }
  const auto text = base::trim(content);
  const auto start = base::lower_ascii(text.substr(0, 64));
  for (const auto& known : kText) {
    if (start.starts_with(known.mark)) return known.answer;
  }
  if (!is_text(text)) {
    return "a file of bytes that are neither PEM nor DER: upload a certificate as .pem, .cer, .crt "
           "or .der";
  }
  if ((start.starts_with('{') && text.ends_with('}')) ||
      (start.starts_with('[') && text.ends_with(']') && start.find('"') != std::string::npos)) {
    return "a JSON file, not a certificate: take the certificate out of it and upload that";
  }
  if (base::lower_ascii(text).find("<html") != std::string::npos) return kWebPage;
  if (looks_like_settings(text)) {
    return "a configuration file, not a certificate: upload the certificate itself";
  }
  return "a text file without a certificate in it: a certificate's text begins with "
         "\"-----BEGIN CERTIFICATE-----\"";
}

}  // namespace sealtone::x509
