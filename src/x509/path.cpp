// SPDX-License-Identifier: Apache-2.0
//
// x509/path: see path.h.
#include "x509/path.h"

#include "x509/path_search.h"
#include "x509/signatures.h"

namespace sealtone::x509 {

const Certificate* CheckedPath::sent_root() const {
  if (reaches_anchor || path.size() < 2) return nullptr;
  const auto& last = path.back();
  if (!last.self_issued() || signature_cost(last) > kMaxSignatureCost) return nullptr;
  return last.self_signed() ? &last : nullptr;
}

const char* usage_word(Purpose purpose) {
  switch (purpose) {
    case Purpose::server: return "serverAuth";
    case Purpose::client: return "clientAuth";
    case Purpose::sip: return "serverAuth or id-kp-sipDomain";
    case Purpose::any: return "";
  }
  return "";
}

CheckedPath check_path(std::span<const Certificate> presented, const AnchorSet& anchors,
                       std::chrono::sys_seconds now, const PathOptions& options) {
  return PathSearch(presented, anchors, now, options).run();
}

}  // namespace sealtone::x509
