// SPDX-License-Identifier: Apache-2.0
//
// app/key_log: a key log (SSLKEYLOGFILE) as it is, and what a client goes on to write to it.
//
// Units: octets.  Errors: not_found, not_allowed, bad_input (a folder), io.  Little of it is kept,
// however long it is; a line of more than 65,536 octets is none.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sealtone::app {

class KeyLog {
 public:
  [[nodiscard]] static base::Result<KeyLog> open(const std::string& path);
  KeyLog(KeyLog&& other) noexcept;
  KeyLog& operator=(KeyLog&& other) noexcept;
  ~KeyLog();

  // Whole lines that came since; good until the next call.  Empty: there are none by now.
  [[nodiscard]] std::string_view more();
  // What stands behind the last of them, as a line.
  [[nodiscard]] std::string_view rest();
  // From now on nobody waits for what a pipe may still say.
  void stop_waiting();

 private:
  explicit KeyLog(int descriptor);
  void drop_told();

  int descriptor_ = -1;
  std::string text_;
  std::size_t told_ = 0;
};

}  // namespace sealtone::app
