// SPDX-License-Identifier: Apache-2.0
#include "x509/own_faults.h"

#include "x509/path_rules.h"

namespace sealtone::x509 {

std::vector<Fault> own_faults(const Certificate& certificate, Standing standing,
                              std::chrono::sys_seconds now, const PathOptions& options) {
  // What stands below an issuer counts for its path length alone: here one server's certificate.
  const Certificate* const itself = &certificate;
  Place place{.certificate = certificate, .below = {}, .anchor = true, .self_signed = false};
  if (standing == Standing::issuer) place.below = {&itself, 1};
  auto faults = place_faults(place, now, options);
  for (auto& fault : faults) fault.index = 0;
  return faults;
}

}  // namespace sealtone::x509
