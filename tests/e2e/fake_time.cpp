// SPDX-License-Identifier: Apache-2.0
#include "e2e/fake_time.h"

#include <cstdlib>
#include <stdexcept>

namespace sealtone::test {
namespace {

namespace fs = std::filesystem;

// Debian's package faketime puts it below the folder of the architecture.
std::string library() {
  for (const auto& folder : fs::directory_iterator("/usr/lib")) {
    const auto file = folder.path() / "faketime/libfaketime.so.1";
    std::error_code ignored;
    if (fs::exists(file, ignored)) return file.string();
  }
  throw std::runtime_error("libfaketime is not installed (package faketime)");
}

}  // namespace

void FakeTime::set(const std::string& time) {
  // In one step: the program may be reading it.
  const auto beside = folder_.write("next", time + "\n");
  fs::rename(beside, folder_.path() / "time");
}

StartOptions FakeTime::options() const {
  const char* const sanitizer = std::getenv("ASAN_OPTIONS");
  return {.input = {},
          .folder = {},
          .environment = {
              {"LD_PRELOAD", library()},
              {"FAKETIME_TIMESTAMP_FILE", (folder_.path() / "time").string()},
              {"FAKETIME_NO_CACHE", "1"},
              {"FAKETIME_DONT_FAKE_MONOTONIC", "1"},
              {"TZ", "UTC"},
              // AddressSanitizer wants to be loaded before all others, which it need not be here.
              {"ASAN_OPTIONS",
               std::string(sanitizer == nullptr ? "" : sanitizer) + ":verify_asan_link_order=0"}}};
}

}  // namespace sealtone::test
