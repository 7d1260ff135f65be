// SPDX-License-Identifier: Apache-2.0
#include "app/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sealtone::app {
namespace {

using base::ErrorCode;

bool write_all(int descriptor, base::ByteView content) {
  while (!content.empty()) {
    const auto written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

base::Result<void> write_new_file(const std::filesystem::path& path, base::ByteView content,
                                  int mode) {
  const auto failed = [&](int error) {
    return base::fail(ErrorCode::io, path.string(),
                      std::string("it cannot be written: ") + std::strerror(error));
  };
  // O_EXCL: a link counts as being there, wherever it leads.
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0 && errno == EEXIST) {
    return base::fail(ErrorCode::exists, path.string(),
                      "this file is there already and was left as it is; name another one");
  }
  if (descriptor < 0) return failed(errno);
  const bool done = write_all(descriptor, content) &&
                    ::fchmod(descriptor, static_cast<mode_t>(mode)) == 0 &&
                    ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  if (done) return {};
  ::unlink(path.c_str());
  return failed(error);
}

}  // namespace sealtone::app
