// SPDX-License-Identifier: Apache-2.0
//
// net/descriptors: see descriptors.h.
#include "net/descriptors.h"

#include <sys/resource.h>

#include <algorithm>

namespace sealtone::net {
namespace {

std::size_t all_descriptors() {
  constexpr std::size_t kLeast = 256;  // where the system does not say
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return kLeast;
  return static_cast<std::size_t>(limit.rlim_cur);
}

}  // namespace

std::size_t descriptors_for_others() {
  static const std::size_t all = all_descriptors();
  return std::max(all / 2, all - std::min(all, kReservedDescriptors));
}

}  // namespace sealtone::net
