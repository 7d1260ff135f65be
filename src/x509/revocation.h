// SPDX-License-Identifier: Apache-2.0
//
// x509/revocation: which certificates of a path are revoked, by the lists at hand.  For path's own
// use.
//
// Source: RFC 5280 §6.3, delta and indirect lists included.  Quiet: lists are given, never fetched.
#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "x509/crl.h"
#include "x509/path.h"

namespace sealtone::x509 {

// Of all paths for one peer: signatures on lists that are checked, what they cost together, behind
// which none is checked, and signers whose own path is looked for.  Beyond, it is not known whether
// a certificate is revoked, which is said.
inline constexpr std::size_t kMaxCrlChecks = 200;
inline constexpr std::chrono::microseconds kMaxCrlChecksCost{20'000};
inline constexpr std::size_t kMaxCrlSigners = 10;

class RevocationCheck {
 public:
  // at_hand: certificates among which the issuer of a list may be.
  RevocationCheck(std::span<const Certificate> at_hand, const AnchorSet& anchors,
                  std::chrono::sys_seconds now, const PathOptions& options);

  // path: leaf first, the trust anchor last; it is not looked for itself.
  [[nodiscard]] std::vector<Fault> check(std::span<const Certificate* const> path);

 private:
  enum class Status { good, revoked, unknown };
  struct Answer {
    Status status;
    std::string detail;
  };
  [[nodiscard]] Answer status(const Certificate& certificate, const Certificate& issuer,
                              const Certificate& anchor);
  [[nodiscard]] bool usable(const Crl& crl, const Certificate& issuer, const Certificate& anchor,
                            std::string& why_not);
  [[nodiscard]] bool may_sign(const Certificate& signer, const Crl& crl, const Certificate& issuer,
                              const Certificate& anchor);
  [[nodiscard]] bool reaches(const Certificate& signer, const Certificate& anchor);
  [[nodiscard]] bool signed_by(const Crl& crl, const Certificate& signer);
  [[nodiscard]] const Crl* delta_for(const Crl& complete, const Certificate& issuer,
                                     const Certificate& anchor);

  std::span<const Certificate> at_hand_;
  const AnchorSet& anchors_;
  std::chrono::sys_seconds now_;
  const PathOptions& options_;
  std::vector<const Crl*> crls_;  // the newest first
  std::chrono::microseconds spent_{0};
  bool exhausted_ = false;
  std::map<std::pair<const Crl*, crypto::Sha256>, bool> signatures_;
  // Signers of lists, whose own path to that anchor is being looked at, or was found good or not.
  enum class Signer { looked_at, good, bad };
  std::map<std::pair<crypto::Sha256, crypto::Sha256>, Signer> signers_;
};

}  // namespace sealtone::x509
