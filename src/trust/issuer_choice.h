// SPDX-License-Identifier: Apache-2.0
//
// trust/issuer_choice: which certificate an admin would have to trust, so that a server that was
// refused is trusted.
//
// The root, if the server sent it or it is at hand; else the highest certificate of the chain; else
// the server's own, which vouches for itself alone.  Quiet: values in, values out.  What is chosen
// says nothing about whether it deserves trust: that takes its fingerprint from its owner.
#pragma once

#include "trust/trust.h"

namespace sealtone::trust {

struct IssuerChoice {
  enum class Kind { root_sent, at_hand, highest, itself };
  Kind kind;
  x509::Certificate certificate;
  Verdict after;  // on the same server, were it trusted
  [[nodiscard]] bool cures() const { return after.decision == Decision::trusted; }
};
[[nodiscard]] const char* word(IssuerChoice::Kind kind);  // "root-sent"

struct Refused {
  std::span<const x509::Certificate> presented;  // not empty, the server's own first
  std::span<const x509::Certificate> anchors;    // those that count today
  bool counts = true;  // whether one that is added to the list would count
  std::span<const x509::Certificate> at_hand;
  std::optional<ReferenceIdentifier> reference;
  Policy policy;
  std::chrono::sys_seconds now;
  bool answer_to_come = false;  // of OCSP: it was refused before that could be there
};

// As refused has it, by these anchors.
[[nodiscard]] Verdict judge(const Refused& refused, const x509::AnchorSet& anchors);

// path: of the verdict on it today.  Nothing if the path reaches a trusted certificate already: no
// further one would change the verdict.
[[nodiscard]] std::optional<IssuerChoice> issuer_to_trust(const Refused& refused,
                                                          const x509::CheckedPath& path);

}  // namespace sealtone::trust
