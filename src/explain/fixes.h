// SPDX-License-Identifier: Apache-2.0
//
// explain/fixes: the next step for each finding.
//
// What is called a fix can be carried out to the letter, and cures (tests/e2e/advice_test.cpp does
// so for each); the rest is a hint, and its kind is none.
#pragma once

#include "explain/clauses.h"

namespace sealtone::explain {

inline constexpr std::string_view kTrustedPage = "Security > Trusted Certificates";
inline constexpr std::string_view kServerPage = "Security > Server Certificates";
// Where desk phones fetch a file from is for the admin to say: the server that is spoken of may be
// the very one that they refuse.
inline constexpr std::string_view kPlaceholder = "YOUR-SERVER";
inline constexpr std::string_view kByAnotherAuthority =
    "Have the server's certificate issued again, by a certificate authority whose own certificate "
    "allows it.";
inline constexpr std::string_view kFileNote =
    "YOUR-SERVER stands for a server that the phones can reach and trust already; put the file "
    "there first.";

[[nodiscard]] Fix fix_for(const trust::Finding& finding, const Scene& scene);

}  // namespace sealtone::explain
