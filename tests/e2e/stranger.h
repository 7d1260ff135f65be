// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/stranger: somebody who connects to the page over TLS, with octets of their own choice.
//
// Checks no certificate.  Blocking; gives up after kPatience.  Errors: std::runtime_error where no
// connection comes about.
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/process.h"

namespace sealtone::test {

class Stranger {
 public:
  // from: the last octet of the address 127.0.0.x it comes from.
  explicit Stranger(std::uint16_t port, std::uint8_t from = 1);
  ~Stranger();
  Stranger(Stranger&& other) noexcept;
  Stranger& operator=(Stranger&&) = delete;

  // False once the other side takes no more.
  bool say(std::string_view octets);
  // What came until there was one whole answer of HTTP, or the end of the stream.
  std::string answer();
  // Whether the other side ended the stream within the limit.
  [[nodiscard]] bool was_left(std::chrono::milliseconds limit = kPatience);

 private:
  int descriptor_ = -1;
  SSL* ssl_ = nullptr;
};

// Whether this connected descriptor comes to the end of its stream within the limit; what still
// comes on it is dropped.
[[nodiscard]] bool comes_to_its_end(int descriptor, std::chrono::milliseconds limit = kPatience);

// A field of /proc/PID/status in kB: "VmRSS", "VmHWM".
[[nodiscard]] long kilobytes(int pid, const std::string& field);
// The peak, VmHWM, counts from now.
void forget_peak(int pid);

}  // namespace sealtone::test
