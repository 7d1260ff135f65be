// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/capture: what went over the loopback interface, captured by tcpdump, decrypted and read
// by tshark.
//
// Needs the right to capture: as root, or with sudo.  Errors: std::runtime_error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "support/process.h"

namespace sealtone::test {

class Capture {
 public:
  explicit Capture(std::uint16_t port) : Capture(port, "port " + std::to_string(port)) {}
  // filter: tcpdump's, which has to let datagrams to that port pass.
  Capture(std::uint16_t port, const std::string& filter);
  // Ends it once everything sent so far is in the file.
  void stop();
  // tshark's fields of the frames that pass the display filter, tab-separated, a line a frame.
  [[nodiscard]] std::string fields(const std::string& filter, const Arguments& names,
                                   const std::filesystem::path& key_log) const;
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }

 private:
  TempDir folder_;
  std::filesystem::path file_;
  std::uint16_t port_;
  std::unique_ptr<Process> process_;
};

}  // namespace sealtone::test
