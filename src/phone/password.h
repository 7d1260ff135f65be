// SPDX-License-Identifier: Apache-2.0
//
// phone/password: the admin's password as the store keeps it, and the one-time one of the first
// start.
//
// Source: RFC 7914 (scrypt), with a salt of its own each time.  The one-time password has 20
// characters out of 31 that nobody confuses (99 bits).  Errors: bad_input (too short, too long).
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"

namespace sealtone::phone {

inline constexpr std::size_t kOneTimeLength = 20;
inline constexpr std::size_t kMinPassword = 10;  // characters
inline constexpr std::size_t kMaxPasswordBytes = 1'024;

struct PasswordRecord {
  bool one_time = false;  // opens nothing by itself: it is exchanged for one of the admin's own
  base::Bytes salt, hash;
};

[[nodiscard]] std::string make_one_time_password(base::Random& random);
[[nodiscard]] base::Bytes make_salt(base::Random& random);

// Blocks for about 36 ms.
[[nodiscard]] base::Result<PasswordRecord> hash_password(std::string_view password,
                                                         base::Bytes salt, bool one_time);
[[nodiscard]] base::Result<bool> matches(const PasswordRecord& record, std::string_view password);

// Whether an admin may choose it.
[[nodiscard]] base::Result<void> check_new_password(std::string_view password);

// JSON for the store; bad_input if it is none.
[[nodiscard]] std::string to_text(const PasswordRecord& record);
[[nodiscard]] base::Result<PasswordRecord> password_from_text(std::string_view text);

}  // namespace sealtone::phone
