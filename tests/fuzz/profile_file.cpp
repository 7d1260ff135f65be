// SPDX-License-Identifier: Apache-2.0
//
// fuzz/profile_file: any octets read as a profile of desk phones.
//
// What must hold besides "no crash": a mistake that can be shown, or a profile in which each value
// has a source that is known or is assumed, and can be said.
#include "profile/profile.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"

namespace {

using namespace sealtone;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_fit_to_show(std::string_view text) {
  require(!text.empty() && base::visible(text, 10'000) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = profile::parse({reinterpret_cast<const char*>(data), size}, "mine.toml");
  if (!read) {
    require_fit_to_show(read.error().where);
    require_fit_to_show(read.error().detail);
    return 0;
  }
  require_fit_to_show(read->name);
  require_fit_to_show(read->generation);
  for (const auto& one : profile::said(*read)) {
    require_fit_to_show(one.words);
    require(one.origin->assumed || !one.origin->sources.empty());
    for (const auto& source : one.origin->sources) require(read->sources.contains(source));
  }
  return 0;
}
