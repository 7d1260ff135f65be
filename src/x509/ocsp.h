// SPDX-License-Identifier: Apache-2.0
//
// x509/ocsp: one answer of OCSP that a server sent along with its certificate, decoded once.
//
// Source: RFC 6960 §4.2.  Units: UTC seconds; octets.  Errors: none, for whoever sends it may send
// anything: why it cannot be gone by is a fact of it.  Whether its signer may speak for a
// certificate's issuer is revocation's to find out.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "x509/certificate.h"

extern "C" {
struct ocsp_basic_response_st;
}

namespace sealtone::x509 {

// A usual one has 500 to 3,000 octets; TLS 1.2 carries no more than 16,384.
inline constexpr std::size_t kMaxOcspBytes = 20'000;
// What a fault's detail begins with where such an answer says it.
inline constexpr std::string_view kTheAnswer = "the answer that the server sent along (OCSP)";
inline constexpr std::size_t kMaxOcspCertificates = 5;  // of those that came in it, looked at

class OcspAnswer {
 public:
  explicit OcspAnswer(base::ByteView der);

  [[nodiscard]] const crypto::Sha256& sha256() const { return sha256_; }
  // Why it cannot be gone by; empty if it can.
  [[nodiscard]] const std::string& unusable() const { return unusable_; }

  struct Single {
    enum class Status { good, revoked, unknown } status;
    std::chrono::sys_seconds this_update;
    std::optional<std::chrono::sys_seconds> next_update;
    std::optional<std::chrono::sys_seconds> revoked_at;
    std::string reason;  // "keyCompromise"; empty if none is given
  };
  // What it says of the certificate that issuer issued; nothing if it is about others.  What has a
  // date that cannot be read is passed over.
  [[nodiscard]] std::vector<Single> about(const Certificate& certificate,
                                          const Certificate& issuer) const;
  // Whose it says that it is (ResponderID), before any signature is looked at.
  [[nodiscard]] bool names(const Certificate& responder) const;
  [[nodiscard]] bool signed_by(const Certificate& responder) const;
  // "SHA-1"; empty if the algorithm has none of its own.
  [[nodiscard]] std::string signature_hash() const;
  [[nodiscard]] const std::vector<Certificate>& certificates() const { return certificates_; }

 private:
  std::shared_ptr<ocsp_basic_response_st> native_;
  crypto::Sha256 sha256_;
  std::string unusable_;
  std::vector<Certificate> certificates_;
};

// Whether the certificate says that its server always sends an answer along (RFC 7633: the TLS
// feature extension has status_request).
[[nodiscard]] bool demands_ocsp(const Certificate& certificate);

}  // namespace sealtone::x509
