// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/content: all that a store holds, as text and as one short word.
//
// Errors: std::runtime_error with the store's words.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "store/store.h"

namespace sealtone::crash {

// The values that the workloads keep by name.
inline constexpr std::string_view kNote = "crash-note";

// Certificates with their ids and times, the keys' digests, settings, verdicts with their records,
// what refused servers showed, the note.
[[nodiscard]] std::string content_of(const store::Store& store);
[[nodiscard]] std::string digest(std::string_view text);

// Opens the store in a folder, takes its content, changes it, and opens it again: what was found
// must still be there, and the change too.  look: besides, what else there is to see in it.
[[nodiscard]] std::string found_in(
    const std::filesystem::path& state,
    const std::function<void(const store::Store&)>& look = [](const store::Store&) {});

}  // namespace sealtone::crash
