// SPDX-License-Identifier: Apache-2.0
//
// x509/signatures: see signatures.h.
#include "x509/signatures.h"

namespace sealtone::x509 {

Signatures::Answer Signatures::made_by(const Certificate& certificate, const Certificate& issuer) {
  const std::pair link{certificate.sha256(), issuer.sha256()};
  if (const auto known = known_.find(link); known != known_.end()) {
    return known->second ? Answer::yes : Answer::no;
  }
  const auto cost = signature_cost(issuer);
  if (known_.size() >= kMaxSignatureChecks || spent_ >= kMaxSignaturesCost ||
      cost > kMaxSignatureCost) {
    exhausted_ = true;
    return Answer::too_costly;
  }
  spent_ += cost;
  // A certificate remembers by itself whether it is signed by itself.
  const bool own = certificate == issuer;
  const bool answer = own ? certificate.self_signed() : signed_by(certificate, issuer);
  known_.emplace(link, answer);
  return answer ? Answer::yes : Answer::no;
}

}  // namespace sealtone::x509
