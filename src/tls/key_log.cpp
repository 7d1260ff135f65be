// SPDX-License-Identifier: Apache-2.0
//
// tls/key_log: the file that Wireshark reads the keys from.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tls/tls.h"

namespace sealtone::tls {

base::Result<std::shared_ptr<KeyLog>> KeyLog::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  // A file that was there may be open to all: what follows is not.  A device keeps its mode.
  struct stat found{};
  const bool is_file = descriptor >= 0 && fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode);
  if (descriptor < 0 || (is_file && fchmod(descriptor, 0600) != 0)) {
    const std::string why = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    return base::fail(base::ErrorCode::io, path.string(), "keys cannot be written there: " + why);
  }
  return std::shared_ptr<KeyLog>(new KeyLog(descriptor));
}

KeyLog::~KeyLog() { ::close(descriptor_); }

// In one call, so that lines of several processes do not mix.
void KeyLog::write(const char* line) {
  const auto whole = std::string(line) + "\n";
  const auto written = ::write(descriptor_, whole.data(), whole.size());
  (void)written;  // a full disk costs the log, never the connection
}

}  // namespace sealtone::tls
