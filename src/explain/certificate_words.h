// SPDX-License-Identifier: Apache-2.0
//
// explain/certificate_words: one certificate, shown.
//
// Subject, issuer, serial number, validity with days left, names, public key, signature, usages,
// CA or not, SHA-256 (the note's section 4).
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "x509/certificate.h"

namespace sealtone::explain {

[[nodiscard]] std::string certificate_text(const x509::Certificate& certificate,
                                           std::chrono::sys_seconds now);
[[nodiscard]] nlohmann::json certificate_json(const x509::Certificate& certificate,
                                              std::chrono::sys_seconds now);
// Whole days until not_after; negative once it is past.
[[nodiscard]] long days_left(const x509::Certificate& certificate, std::chrono::sys_seconds now);
// "30 days left", "expired 2 days ago", "not valid yet, but in 3 days".
[[nodiscard]] std::string remaining(const x509::Certificate& certificate,
                                    std::chrono::sys_seconds now);
// "acme-root-r1.pem": lower-case letters, digits and hyphens of the short name.
[[nodiscard]] std::string file_name_for(const x509::Certificate& certificate);

}  // namespace sealtone::explain
