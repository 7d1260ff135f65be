// SPDX-License-Identifier: Apache-2.0
//
// x509/crl: one certificate revocation list, decoded once.
//
// Source: RFC 5280 §5.  Units: UTC seconds.  Errors: bad_input if it is none; too_large.  Its
// signature is not looked at here.
#pragma once

#include <map>
#include <memory>
#include <set>

#include "x509/certificate.h"
#include "x509/extensions.h"

extern "C" {
struct X509_crl_st;
}

namespace sealtone::x509 {

// RFC 5280 §4.2.1.13, §5.2.5: where a list is to be had.
struct DistributionPointName {
  std::vector<GeneralName> full = {};  // either these…
  base::Bytes relative = {};           // …or what follows the CRL issuer's name
};

// Bits of ReasonFlags, but for the first, which is unused; unspecified has none, and is within
// every list of all reasons.
using Reasons = std::uint16_t;
inline constexpr Reasons kAllReasons = 0x01FE;

struct DistributionPoint {
  std::optional<DistributionPointName> name = {};
  Reasons reasons = kAllReasons;
  std::vector<DistinguishedName> crl_issuer = {};  // if another than the certificate's issuer
};

// RFC 5280 §5.2.5.
struct IssuingDistributionPoint {
  std::optional<DistributionPointName> name = {};
  bool only_user = false, only_ca = false, only_attribute = false, indirect = false;
  Reasons reasons = kAllReasons;
  base::Bytes der = {};  // the same scope has the same octets
};

class Crl {
 public:
  [[nodiscard]] static base::Result<Crl> from_der(base::ByteView der);

  struct Facts {
    crypto::Sha256 sha256;
    DistinguishedName issuer;
    std::chrono::sys_seconds this_update;
    std::optional<std::chrono::sys_seconds> next_update;
    base::Bytes authority_key_id;
    std::optional<base::Bytes> number;      // big-endian, without leading zeroes
    std::optional<base::Bytes> delta_base;  // §5.2.4: it is a delta to lists from that number on
    std::optional<IssuingDistributionPoint> scope;
    std::string signature_hash;  // "SHA-256"; empty if the algorithm has none of its own
    std::string unusable;        // why it cannot be gone by; empty if it can
    struct Entry {
      base::Bytes issuer;  // canonical octets of the name (indirect lists)
      std::string serial_hex;
      bool removed;  // removeFromCRL, in deltas
      auto operator<=>(const Entry&) const = default;
    };
    std::set<Entry> entries;
    std::map<Entry, std::uint8_t> reasons;  // of these, those that have one (CRLReason, §5.3.1)

    // Of the same issuer, scope and, as they say, key: a newer one takes the place of an older, and
    // a delta goes on top of a complete list.
    [[nodiscard]] bool same_subject(const Facts& other) const;
    // False where either has none.
    [[nodiscard]] bool number_below(const std::optional<base::Bytes>& other) const;
    // Empty if it can be gone by at that time, as far as that is told without its signer; else why
    // not.
    [[nodiscard]] std::string why_not(std::chrono::sys_seconds now) const;
    // Its time alone is why not: the next list is due since.
    [[nodiscard]] bool ran_out(std::chrono::sys_seconds now) const;
  };

  [[nodiscard]] const Facts& facts() const { return *facts_; }
  [[nodiscard]] base::Bytes der() const;
  [[nodiscard]] bool signed_by(const Certificate& issuer) const;
  // Whether the list names it, and whether to take it off again.
  enum class Listed { no, revoked, removed };
  [[nodiscard]] Listed lists(const Certificate& certificate) const;
  // Why: "keyCompromise"; empty if it is not named, or no reason is.
  [[nodiscard]] std::string reason(const Certificate& certificate) const;
  // Whether it names it for the reason certificateHold, which may be taken back.
  [[nodiscard]] bool holds(const Certificate& certificate) const;
  bool operator==(const Crl& other) const { return native_ == other.native_; }

 private:
  Crl(std::shared_ptr<X509_crl_st> native, Facts facts)
      : native_(std::move(native)), facts_(std::make_shared<const Facts>(std::move(facts))) {}

  std::shared_ptr<X509_crl_st> native_;
  std::shared_ptr<const Facts> facts_;
};

// RFC 5280 §5.3.1: "keyCompromise"; empty if the number stands for none.
[[nodiscard]] std::string reason_word(long reason);
inline constexpr std::string_view kOnHold = "certificateHold";

// A file of lists: PEM, one or several with text around them, or DER, one.
[[nodiscard]] base::Result<std::vector<Crl>> parse_crls(base::ByteView file, std::string_view name);

// The CRLDistributionPoints of a certificate.
[[nodiscard]] std::vector<DistributionPoint> distribution_points(const Certificate& certificate);

}  // namespace sealtone::x509
