// SPDX-License-Identifier: Apache-2.0
//
// x509/path: the trusted certificates of one list (see path.h).
#include "x509/path.h"

namespace sealtone::x509 {

AnchorSet::AnchorSet(std::vector<Certificate> anchors) {
  for (auto& anchor : anchors) {
    if (!fingerprints_.insert(anchor.sha256()).second) continue;  // the same one twice
    by_subject_.emplace(anchor.subject().der, anchors_.size());
    if (!anchor.is_ca()) end_entities_.push_back(anchors_.size());
    anchors_.push_back(std::move(anchor));
  }
  base::Bytes all;
  for (const auto& fingerprint : fingerprints_) {
    all.insert(all.end(), fingerprint.begin(), fingerprint.end());
  }
  digest_ = crypto::sha256(all);
}

bool AnchorSet::contains(const Certificate& certificate) const {
  return fingerprints_.contains(certificate.sha256());
}

std::vector<const Certificate*> AnchorSet::with_subject(const DistinguishedName& name) const {
  std::vector<const Certificate*> found;
  const auto [first, last] = by_subject_.equal_range(name.der);
  for (auto at = first; at != last; ++at) found.push_back(&anchors_[at->second]);
  return found;
}

}  // namespace sealtone::x509
