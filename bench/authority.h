// SPDX-License-Identifier: Apache-2.0
//
// bench/authority: certificates made in this process, by the thousand, for the rows that need them.
#pragma once

#include <stdexcept>

#include "crypto/crypto.h"
#include "x509/issue.h"

namespace sealtone::bench {

// A root, an intermediate below it, and whatever that one issues; all P-256, valid now.
class Authority {
 public:
  Authority();
  [[nodiscard]] const x509::Issued& root() const { return root_; }
  [[nodiscard]] const x509::Issued& intermediate() const { return intermediate_; }
  [[nodiscard]] x509::Issued server(const std::string& name);
  [[nodiscard]] x509::Issued client(const std::string& name);
  [[nodiscard]] std::vector<x509::Certificate> roots(int count);  // others, each of its own name

 private:
  crypto::SystemRandom random_;
  x509::Issued root_, intermediate_;
};

// The value, or std::runtime_error with what the error says.
template <typename T>
[[nodiscard]] T value_of(base::Result<T> result) {
  if (!result) throw std::runtime_error(base::to_string(result.error()));
  return std::move(*result);
}

[[nodiscard]] std::chrono::sys_seconds now();

}  // namespace sealtone::bench
