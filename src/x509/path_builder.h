// SPDX-License-Identifier: Apache-2.0
//
// x509/path_builder: chooses the path from the peer's certificate to a trusted one.  For path's
// own use.
//
// Source: RFC 4158.  It looks for a path whose every signature verifies and that ends in a trusted
// certificate, best candidate first, and goes back where one leads nowhere.  If there is none, the
// first path tried is told.  Bounded: kMaxPath certificates, kMaxSignatureChecks signatures, and
// what these cost: a server's chain is judged on the event loop, and whoever sends a hundred keys
// that are slow to verify with shall not hold it up.
#pragma once

#include <chrono>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "x509/path.h"

namespace sealtone::x509 {

inline constexpr std::size_t kMaxPath = 20;
inline constexpr std::size_t kMaxSignatureChecks = 100;
// As signature_cost estimates it: of one signature; and of those behind which no other is checked.
inline constexpr std::chrono::microseconds kMaxSignatureCost{6'000};
inline constexpr std::chrono::microseconds kMaxSignaturesCost{4'000};

// What checking a signature by this key costs, measured with OpenSSL 3.0 on a small machine.
[[nodiscard]] std::chrono::microseconds signature_cost(const Certificate& issuer);

class PathBuilder {
 public:
  PathBuilder(std::span<const Certificate> presented, const AnchorSet& anchors,
              std::chrono::sys_seconds now)
      : presented_(presented.first(std::min(presented.size(), kMaxPresented))),
        anchors_(anchors),
        now_(now) {}

  // Leaf first; ends in a trusted certificate if one was reached.
  [[nodiscard]] std::vector<Certificate> build();
  // As signed_by, remembered from building; false too where checking would cost too much.
  [[nodiscard]] bool verified(const Certificate& certificate, const Certificate& issuer);
  // Whether that signature was checked at all.
  [[nodiscard]] bool checked(const Certificate& certificate, const Certificate& issuer) const;
  [[nodiscard]] bool self_signed(const Certificate& certificate) {
    return certificate.self_issued() && verified(certificate, certificate);
  }

 private:
  struct Candidate {
    const Certificate* certificate;
    bool signed_it, valid_now, anchor, key_identifiers_match;
  };
  bool extend(bool all_signed);
  [[nodiscard]] std::vector<Candidate> candidates(const Certificate& certificate);
  void consider(const Certificate& certificate, const Certificate& issuer,
                std::vector<Candidate>& out);
  [[nodiscard]] bool is_in_path(const Certificate& certificate) const;

  std::span<const Certificate> presented_;
  const AnchorSet& anchors_;
  std::chrono::sys_seconds now_;
  std::vector<Certificate> path_;
  std::vector<Certificate> first_;  // the first path that was followed to its end
  std::map<std::pair<crypto::Sha256, crypto::Sha256>, bool> signatures_;
  std::chrono::microseconds spent_{0};
  std::size_t steps_ = 0;
};

}  // namespace sealtone::x509
