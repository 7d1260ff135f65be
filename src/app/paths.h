// SPDX-License-Identifier: Apache-2.0
//
// app/paths: where a command finds its state folder, and secrets that must not be arguments.
#pragma once

#include <filesystem>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/secret.h"

namespace sealtone::app {

// --state, else SEALTONE_STATE, else XDG_STATE_HOME/sealtone, else ~/.local/state/sealtone.
[[nodiscard]] base::Result<std::filesystem::path> state_folder(const std::string& given);

// The same, where a phone keeps its state: looking makes nothing, and a mistyped folder is none.
[[nodiscard]] base::Result<std::filesystem::path> phone_folder(const std::string& given);

// What a command reads whole: a file, or with "-" standard input.  Errors: base::read_file's.
[[nodiscard]] base::Result<base::Bytes> read_input(const std::string& file, std::size_t max_bytes);
// As it is called in messages.
[[nodiscard]] std::string input_name(const std::string& file);

// A secret from a file (its first line), or typed at the terminal without echo if file is empty.
[[nodiscard]] base::Result<crypto::Secret> read_secret(const std::string& file,
                                                       const std::string& prompt);

// Refuses an address with a password in it, which others read in the list of processes.
[[nodiscard]] base::Result<void> without_password(const std::string& url);

// A folder of our own under the temporary folder, 0700.
[[nodiscard]] base::Result<std::filesystem::path> make_temporary_folder();

}  // namespace sealtone::app
