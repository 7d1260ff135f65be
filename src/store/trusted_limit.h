// SPDX-License-Identifier: Apache-2.0
//
// store/trusted_limit: how many trusted certificates a phone keeps, by its setting.
//
// Desk phones keep 10; Sealtone's factory value is kMaxTrusted, which no setting exceeds.  A limit
// under what is there deletes nothing: there is no room for more until there are fewer.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "settings/settings.h"
#include "store/store.h"

namespace sealtone::store {

inline constexpr std::string_view kTrustedLimitKey = "sealtone.trusted.limit";

[[nodiscard]] std::size_t trusted_limit(const settings::Settings& settings);

// How many of them would be new beside those that are there.
[[nodiscard]] std::size_t count_new(std::span<const TrustedCertificate> there,
                                    std::span<const x509::Certificate> more);

// too_large, with all three numbers and what to do; nothing if they fit, or there is none to add.
[[nodiscard]] std::optional<base::Error> over_trusted_limit(std::size_t there, std::size_t more,
                                                            const settings::Settings& settings);

// The sentence for who set the limit under what is there; empty if it is not.
[[nodiscard]] std::string under_what_is_there(std::size_t there,
                                              const settings::Settings& settings);

}  // namespace sealtone::store
