// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/recording: what a program did to a folder, system call by system call, with the data.
//
// Source: strace(1), with every string in hexadecimal (-xx) and the path behind each descriptor
// (-y).  Calls stand in the order in which they returned.  Only calls that succeeded are kept: one
// that was refused changed nothing.  Errors: std::runtime_error with what strace said.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "support/process.h"

namespace sealtone::crash {

struct Call {
  enum class Kind {
    open,    // for creating or emptying
    folder,  // a folder made
    write,
    resize,
    rename,
    remove,
    sync,
    say,  // a line that others can read from now on: an acknowledgement
  };
  Kind kind{};
  std::string path{};    // below the root; "" is the root itself
  std::string to{};      // rename
  std::string data{};    // write, say
  std::uint64_t at = 0;  // write: offset; resize: the new size
  bool empties = false;  // open
  bool removed = false;  // the file had lost its name by then
  std::string words{};   // "pwrite64 of 4096 octets at 32 of state/sealtone.db-wal"
};

struct Recording {
  std::vector<Call> calls;
  // Calls that touch the root and that no Kind stands for.  A check means nothing unless it is
  // empty.
  std::vector<std::string> not_understood;
  test::Finished finished;
};

// Runs a command under strace.  Why it cannot be done here, or "".
[[nodiscard]] std::string why_no_recording();
[[nodiscard]] Recording record(const test::Arguments& command, const std::filesystem::path& root,
                               test::StartOptions options = {});

// What strace wrote into its file, read.
[[nodiscard]] Recording read_trace(const std::string& trace, const std::filesystem::path& root);

}  // namespace sealtone::crash
