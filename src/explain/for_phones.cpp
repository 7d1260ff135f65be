// SPDX-License-Identifier: Apache-2.0
#include "explain/for_phones.h"

#include <fmt/format.h>

#include "base/text.h"

namespace sealtone::explain {
namespace {

// What they were offered as is all that they speak.
void enable_on_the_server(Fix& fix, const std::string& versions) {
  const auto shown = base::visible(versions);
  fix.say = versions.find(',') == std::string::npos
                ? fmt::format(
                      "Enable {} on the server, or give these phones newer software: they "
                      "speak nothing else.",
                      shown)
                : fmt::format(
                      "Enable on the server one of the versions that these phones speak: "
                      "{}.",
                      shown);
  fix.desk_phones.clear();
}

}  // namespace

Fix for_phones(Fix fix, const trust::Finding& finding, const DeskPhones& phones) {
  if (fix.kind == FixKind::enable_version) enable_on_the_server(fix, finding.evidence.wanted);
  if (phones.names == DeskPhones::Names::other) fix.desk_phones.clear();
  if (fix.desk_phones.empty()) fix.desk_phones_note.clear();
  if (phones.names != DeskPhones::Names::plain) return fix;
  constexpr std::string_view prefix = "static.";
  for (auto& line : fix.desk_phones) {
    if (line.starts_with(prefix)) line.erase(0, prefix.size());
  }
  return fix;
}

}  // namespace sealtone::explain
