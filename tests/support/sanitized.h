// SPDX-License-Identifier: Apache-2.0
//
// tests/support/sanitized: is this a build with sanitizers, whose own work counts as the program's?
#pragma once

namespace sealtone::test {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SEALTONE_TEST_SANITIZED
#endif
#endif
#if defined(SEALTONE_TEST_SANITIZED) || defined(__SANITIZE_ADDRESS__) || \
    defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace sealtone::test
