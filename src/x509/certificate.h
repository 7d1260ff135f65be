// SPDX-License-Identifier: Apache-2.0
//
// x509/certificate: one X.509 certificate, decoded once, its facts as plain values.
//
// Source: RFC 5280 §4.  Units: UTC seconds.  The OpenSSL object is kept by reference and never
// parsed again; a Certificate is cheap to copy.  Errors: bad_input if OpenSSL cannot decode it, or
// if one of its dates or its version is none.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/crypto.h"

extern "C" {
struct x509_st;
}

namespace sealtone::x509 {

struct Validity {
  std::chrono::sys_seconds not_before;
  std::chrono::sys_seconds not_after;  // inclusive (RFC 5280 §4.1.2.5)
};

// A Name (RFC 5280 §4.1.2.4).  Texts are UTF-8 as they came: make them visible() to show them.
struct DistinguishedName {
  std::string text;          // "CN=prov.example.com, O=Acme, C=DE" (RFC 2253 escapes, own order)
  std::string common_name;   // the last CN; empty if none
  std::string organization;  // empty if none
  base::Bytes der;           // canonical octets, for comparing

  // The name a person would use: the CN, else the organization, else the whole text.
  [[nodiscard]] const std::string& short_name() const;
  bool operator==(const DistinguishedName& other) const { return der == other.der; }
};

// SubjectAltName entries (RFC 5280 §4.2.1.6) that Sealtone compares or shows.
struct SubjectAltName {
  enum class Kind { dns, ip, email, uri, other };
  Kind kind;
  std::string value;  // DNS name as it stands, IP address as text, and so on
  bool operator==(const SubjectAltName&) const = default;
};

using PublicKey = crypto::KeyFacts;

// What a certificate states, as plain values.
struct CertificateFacts {
  base::Bytes der;
  crypto::Sha256 sha256;
  DistinguishedName subject, issuer;
  std::string serial_hex;
  Validity validity;
  std::vector<SubjectAltName> names;
  PublicKey public_key;
  std::string signature, signature_hash;
  int version = 3;
  bool is_ca = false;
  bool has_basic_constraints = false;
  std::optional<long> path_length;
  std::optional<std::vector<std::string>> key_usage, extended_key_usage;
  base::Bytes subject_key_id, authority_key_id;
  std::vector<std::string> aia_issuers;
};

struct Extensions;  // x509/extensions.h

class Certificate {
 public:
  // Exactly one certificate and nothing behind it.
  [[nodiscard]] static base::Result<Certificate> from_der(base::ByteView der);
  // Shares the object (its reference count is raised).
  [[nodiscard]] static base::Result<Certificate> from_native(x509_st* shared);

  [[nodiscard]] const base::Bytes& der() const { return facts_->der; }
  [[nodiscard]] const crypto::Sha256& sha256() const { return facts_->sha256; }
  [[nodiscard]] std::string fingerprint() const;  // SHA-256 as "8F:3A:…"
  [[nodiscard]] const DistinguishedName& subject() const { return facts_->subject; }
  [[nodiscard]] const DistinguishedName& issuer() const { return facts_->issuer; }
  [[nodiscard]] const std::string& serial_hex() const { return facts_->serial_hex; }  // "0A1B"
  [[nodiscard]] const Validity& validity() const { return facts_->validity; }
  [[nodiscard]] const std::vector<SubjectAltName>& names() const { return facts_->names; }
  [[nodiscard]] const PublicKey& public_key() const { return facts_->public_key; }
  // "ecdsa-with-SHA256", "sha256WithRSAEncryption", "ED25519".
  [[nodiscard]] const std::string& signature_algorithm() const { return facts_->signature; }
  // "SHA-256", "SHA-1", "MD5"; empty if the algorithm has none of its own (Ed25519) or is unknown.
  [[nodiscard]] const std::string& signature_hash() const { return facts_->signature_hash; }
  [[nodiscard]] int version() const { return facts_->version; }  // 1, 2 or 3
  [[nodiscard]] bool is_ca() const { return facts_->is_ca; }
  [[nodiscard]] bool has_basic_constraints() const { return facts_->has_basic_constraints; }
  [[nodiscard]] std::optional<long> path_length() const { return facts_->path_length; }
  // "digitalSignature", "keyCertSign"…; nothing if the extension is absent, empty if it is
  // there and cannot be read.
  [[nodiscard]] const std::optional<std::vector<std::string>>& key_usage() const {
    return facts_->key_usage;
  }
  // "serverAuth", "clientAuth", "anyExtendedKeyUsage" and the other names of RFC 5280 §4.2.1.12,
  // or dotted numbers.  Present and unreadable counts as present and empty: nothing is allowed.
  [[nodiscard]] const std::optional<std::vector<std::string>>& extended_key_usage() const {
    return facts_->extended_key_usage;
  }
  [[nodiscard]] const base::Bytes& subject_key_id() const { return facts_->subject_key_id; }
  [[nodiscard]] const base::Bytes& authority_key_id() const { return facts_->authority_key_id; }
  // caIssuers addresses (RFC 5280 §4.2.2.1): shown, never fetched.
  [[nodiscard]] const std::vector<std::string>& aia_issuers() const { return facts_->aia_issuers; }
  [[nodiscard]] bool self_issued() const { return subject() == issuer(); }
  // Self-issued and its signature made with its own key.  Checked when first asked: a list of
  // trusted certificates is read without a single signature.
  [[nodiscard]] bool self_signed() const;

  // What path validation goes by.  Decoded when first asked, as self_signed is found out.
  [[nodiscard]] const Extensions& extensions() const;

  [[nodiscard]] std::string pem() const;
  [[nodiscard]] std::string public_key_pem() const;
  [[nodiscard]] bool matches(const crypto::PrivateKey& key) const;
  [[nodiscard]] bool allows_server_use() const;  // no EKU, serverAuth or any
  [[nodiscard]] bool allows_client_use() const;  // no EKU, clientAuth or any
  [[nodiscard]] x509_st* native() const { return native_.get(); }
  bool operator==(const Certificate& other) const { return sha256() == other.sha256(); }

 private:
  // Every thread that asks finds the same answer, so that two at once do no harm.
  struct Facts : CertificateFacts {
    enum class Answer : std::uint8_t { unknown, no, yes };
    explicit Facts(CertificateFacts read) : CertificateFacts(std::move(read)) {}
    mutable std::atomic<Answer> self_signed = Answer::unknown;
    mutable std::atomic<const Extensions*> extensions = nullptr;  // owned
    ~Facts();
  };
  Certificate(std::shared_ptr<x509_st> native, CertificateFacts facts)
      : native_(std::move(native)), facts_(std::make_shared<const Facts>(std::move(facts))) {}

  std::shared_ptr<x509_st> native_;
  std::shared_ptr<const Facts> facts_;
};

// Whether issuer's key made the certificate's signature.
[[nodiscard]] bool signed_by(const Certificate& certificate, const Certificate& issuer);

}  // namespace sealtone::x509
