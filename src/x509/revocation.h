// SPDX-License-Identifier: Apache-2.0
//
// x509/revocation: which certificates of a path are revoked, by the lists at hand and the answers
// that came along; and which of the lists at hand ran out.
//
// Source: RFC 5280 §6.3, delta and indirect lists included; RFC 6960 §3.2, §4.2.2.  Quiet: both are
// given, never fetched.  PathOptions::ocsp_responses: nothing where none was asked for, so that no
// certificate can demand one; empty where one was, and none came.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "x509/crl.h"
#include "x509/ocsp.h"
#include "x509/path.h"

namespace sealtone::x509 {

// Of all paths for one peer: signatures on lists that are checked, what they cost together, behind
// which none is checked, and signers whose own path is looked for.  Beyond, it is not known whether
// a certificate is revoked, which is said.  Of a path that is accepted as much again for old_lists.
inline constexpr std::size_t kMaxCrlChecks = 200;
inline constexpr std::chrono::microseconds kMaxCrlChecksCost{20'000};
inline constexpr std::size_t kMaxCrlSigners = 10;
// The same of answers, which a stranger sends: behind it no signature is checked.
inline constexpr std::chrono::microseconds kMaxOcspChecksCost{4'000};
// RFC 6960 §4.2.2.1: "If nextUpdate is not set, the responder is indicating that newer revocation
// information is available all the time."  An answer that was fetched earlier is gone by for so
// long.
inline constexpr std::chrono::hours kOcspWithoutNext{24};

// The newest list about a certificate that nothing current tells of: it ran out.
struct OldList {
  std::size_t certificate;  // index into the path
  std::chrono::sys_seconds ran_out;
  bool on_hold;        // the list has the certificate on hold
  std::string issuer;  // of the list: of an indirect one another than the certificate's
};

class RevocationCheck {
 public:
  // at_hand: certificates among which the issuer of a list may be.
  RevocationCheck(std::span<const Certificate> at_hand, const AnchorSet& anchors,
                  std::chrono::sys_seconds now, const PathOptions& options);

  // path: leaf first, the trust anchor last; it is not looked for itself.
  [[nodiscard]] std::vector<Fault> check(std::span<const Certificate* const> path);
  // Of a path that is none the worse for them, as nobody demanded that anything is known.  What was
  // not found out within the bounds is not told as old.
  [[nodiscard]] std::vector<OldList> old_lists(std::span<const Certificate> path);

 private:
  enum class Status { good, revoked, unknown };
  struct Answer {
    Status status;
    std::string detail;
    std::string reason = {};  // of revoked, if one is given: "keyCompromise"
  };
  // By lists and answers together: revoked by either is revoked.
  [[nodiscard]] Answer status(const Certificate& certificate, const Certificate& issuer,
                              const Certificate& anchor, const Answer& answered);
  [[nodiscard]] Answer listed(const Certificate& certificate, const Certificate& issuer,
                              const Certificate& anchor);
  [[nodiscard]] static Answer on_list(const Crl& crl, const Certificate& certificate);
  // By a list that has run out; nothing if none says so.
  [[nodiscard]] std::optional<Answer> listed_for_ever(const Certificate& certificate,
                                                      const Certificate& issuer,
                                                      const Certificate& anchor);
  [[nodiscard]] Answer answered(const Certificate& certificate, const Certificate& issuer,
                                const Certificate& anchor);
  // Empty, or why what it says counts for nothing.
  [[nodiscard]] std::string why_unusable(const OcspAnswer& answer, const OcspAnswer::Single& single,
                                         const Certificate& issuer, const Certificate& anchor);
  [[nodiscard]] std::string why_no_responder(const OcspAnswer& answer, const Certificate& issuer,
                                             const Certificate& anchor);
  [[nodiscard]] std::string why_may_not_answer(const Certificate& responder,
                                               const Certificate& issuer,
                                               const Certificate& anchor);
  // Nothing: not checked, for it takes too long.
  [[nodiscard]] std::optional<bool> within_budget(
      const std::pair<crypto::Sha256, crypto::Sha256>& what, const Certificate& signer,
      const std::function<bool()>& check);
  [[nodiscard]] bool usable(const Crl& crl, const Certificate& issuer, const Certificate& anchor,
                            std::string& why_not);
  // Whether its hash and its signature are as they have to be.
  [[nodiscard]] bool sound(const Crl& crl, const Certificate& issuer, const Certificate& anchor,
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
  std::deque<OcspAnswer> answers_;
  std::chrono::microseconds spent_{0}, spent_on_answers_{0};
  bool exhausted_ = false;
  std::map<std::pair<const Crl*, crypto::Sha256>, bool> signatures_;
  std::map<std::pair<crypto::Sha256, crypto::Sha256>, bool> answer_signatures_;
  // Signers of lists, whose own path to that anchor is being looked at, or was found good or not.
  enum class Signer { looked_at, good, bad };
  std::map<std::pair<crypto::Sha256, crypto::Sha256>, Signer> signers_;
};

}  // namespace sealtone::x509
