// SPDX-License-Identifier: Apache-2.0
//
// x509/signatures: which key made which certificate's signature, each checked once and no more of
// them than there is time for.  For path's own use.
//
// Of an authority with ten certificates of one key, one check answers for all of them.
// A server's chain is judged on the event loop, and whoever sends a hundred keys that are slow to
// verify with shall not hold it up.
#pragma once

#include <chrono>
#include <map>
#include <vector>

#include "x509/certificate.h"

namespace sealtone::x509 {

inline constexpr std::size_t kMaxSignatureChecks = 100;
// As signature_cost estimates it: of one signature; of all of one search.
inline constexpr std::chrono::microseconds kMaxSignatureCost{6'000};
inline constexpr std::chrono::microseconds kMaxSignaturesCost{10'000};

// What checking a signature by this key costs, measured with OpenSSL 3.0 on a small machine.
[[nodiscard]] std::chrono::microseconds signature_cost(const Certificate& issuer);

[[nodiscard]] bool same_key(const Certificate& a, const Certificate& b);

class Signatures {
 public:
  enum class Answer { no, yes, too_costly };
  [[nodiscard]] Answer made_by(const Certificate& certificate, const Certificate& issuer);
  [[nodiscard]] bool self_signed(const Certificate& certificate) {
    return certificate.self_issued() && made_by(certificate, certificate) == Answer::yes;
  }
  // Whether a signature was left unchecked.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  struct Known {
    Certificate issuer;  // or any other of the same key
    bool answer;
  };
  std::map<crypto::Sha256, std::vector<Known>> known_;  // by what is signed
  std::size_t checks_ = 0;
  std::chrono::microseconds spent_{0};
  bool exhausted_ = false;
};

}  // namespace sealtone::x509
