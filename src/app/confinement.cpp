// SPDX-License-Identifier: Apache-2.0
//
// app/confinement: by prctl and libseccomp.
#include "app/confinement.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>

#include "app/allowed_calls.h"
#include "crypto/passphrase.h"

namespace sealtone::app {
namespace {

std::unexpected<base::Error> not_taken(const char* what, int reason) {
  return base::fail(base::ErrorCode::unsupported, what,
                    "the system does not let this program give it up (" +
                        std::generic_category().message(reason) +
                        "); run it where seccomp and prctl are allowed");
}

constexpr const char* kCalls = "system calls";

// The filter, not yet loaded.  0, or libseccomp's negative error number.
int fill(scmp_filter_ctx filter) {
  // In all threads at once, or not at all.
  int failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
  // A call of another architecture has other numbers: the list says nothing about it.
  if (failed == 0)
    failed = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  // A binary tree: ten comparisons a call instead of a hundred.
  if (failed == 0) failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  for (const auto& call : kAllowedCalls) {
    if (failed == 0) failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call.number, 0);
  }
  for (const auto& call : kHeldCalls) {
    const scmp_arg_cmp held{call.argument, SCMP_CMP_MASKED_EQ, call.mask, call.value};
    if (failed == 0) failed = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call.number, 1, &held);
  }
  return failed;
}

}  // namespace

base::Result<void> keep_memory_private() {
  if constexpr (!kConfines) return {};
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return not_taken("core dumps", errno);
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_CORE, &none) != 0) return not_taken("core dumps", errno);
  return {};
}

base::Result<void> confine() {
  if constexpr (!kConfines) return {};
  // The filter lasts as long as the process, and lets nobody load another.
  static bool confined = false;
  if (confined) return {};
  crypto::load_old_algorithms();  // no library is loaded from here on
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return not_taken("new privileges", errno);
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_KILL_PROCESS),
                                                                seccomp_release);
  if (!filter) return not_taken(kCalls, ENOMEM);
  if (const int failed = fill(filter.get()); failed != 0) return not_taken(kCalls, -failed);
  if (const int failed = seccomp_load(filter.get()); failed != 0) {
    return not_taken(kCalls, -failed);
  }
  confined = true;
  return {};
}

}  // namespace sealtone::app
