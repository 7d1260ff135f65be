// SPDX-License-Identifier: Apache-2.0
//
// settings/settings: what is set, over the factory's values.
#include "settings/settings.h"

#include <charconv>

namespace sealtone::settings {
namespace {

std::string canonical_of(std::string_view name) {
  auto known = find_key(name);
  return known ? std::move(known->canonical) : std::string(name);
}

}  // namespace

std::string Settings::get(std::string_view name) const {
  const auto known = find_key(name);
  const auto found = stored_.find(known ? known->canonical : name);
  if (found != stored_.end()) return found->second;
  return known ? std::string(known->key->factory) : std::string();
}

bool Settings::is_set(std::string_view name) const { return stored_.contains(canonical_of(name)); }

int Settings::number(std::string_view name) const {
  const auto value = get(name);
  int number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return number;
}

void Settings::set(std::string_view name, std::string value) {
  stored_.insert_or_assign(canonical_of(name), std::move(value));
}

void Settings::reset(std::string_view name) { stored_.erase(canonical_of(name)); }

Settings apply(Settings current, std::span<const ConfigFile> files) {
  for (const auto& file : files) {
    for (const auto& assignment : file.assignments) {
      if (assignment.restore) {
        current.reset(assignment.canonical);
      } else {
        current.set(assignment.canonical, assignment.value);
      }
    }
  }
  return current;
}

}  // namespace sealtone::settings
