// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/held: what a phone's user has saved, as the user knows it: what to expect of its
// store.
//
// Two parts, each saved by itself: what was changed, and the verdicts on provisioning servers.
// Errors: std::runtime_error with the store's words.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sealtone::crash {

inline constexpr std::string_view kUrlKey = "static.auto_provision.server.url";
inline constexpr std::string_view kPowerOnKey = "static.auto_provision.power_on";
inline constexpr std::string_view kRelogKey = "features.relog_offtime";
inline constexpr std::string_view kRepeatKey = "static.auto_provision.repeat.minutes";

struct Held {
  std::set<std::string> trusted;                             // fingerprints
  std::string server_certificate;                            // its fingerprint; "" is none
  std::map<std::string, std::string, std::less<>> settings;  // of the keys above
  std::set<std::string> verdicts;  // "provisioning localhost:4433 trusted"

  bool operator==(const Held&) const = default;
  [[nodiscard]] std::string changes_text() const;
  [[nodiscard]] std::string verdicts_text() const;
  // A word for each part.
  [[nodiscard]] std::vector<std::string> parts() const;
};

// Each part is that of one or of the other.
[[nodiscard]] bool is_last_or_next(const Held& found, const Held& last, const Held& next);

// What the store of a folder holds.  It is opened, changed and opened again, as found_in() does.
[[nodiscard]] Held held_in(const std::filesystem::path& state);

// As `held_reader STATE` prints it, and read from that.
[[nodiscard]] std::string to_json_text(const Held& held);
[[nodiscard]] Held from_json_text(const std::string& text);

// The fingerprint of the first certificate in a file.
[[nodiscard]] std::string fingerprint_of(const std::filesystem::path& file);

}  // namespace sealtone::crash
