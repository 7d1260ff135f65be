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

std::unexpected<base::Error> not_written(const std::filesystem::path& path, int error) {
  return base::fail(ErrorCode::io, path.string(),
                    std::string("it cannot be written: ") + std::strerror(error));
}

base::Result<int> opened(const std::filesystem::path& path) {
  if (path == "-") {
    return base::fail(ErrorCode::bad_input, "-",
                      "this would become a file of that name, and nothing is written to standard "
                      "output: name a file");
  }
  // O_EXCL: a link counts as being there, wherever it leads.
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0 && errno == EEXIST) {
    return base::fail(ErrorCode::exists, path.string(),
                      "this file is there already and was left as it is; name another one");
  }
  if (descriptor < 0) return not_written(path, errno);
  return descriptor;
}

}  // namespace

base::Result<void> can_be_made(const std::filesystem::path& path) {
  const auto descriptor = opened(path);
  if (!descriptor) return std::unexpected(descriptor.error());
  ::unlink(path.c_str());
  ::close(*descriptor);
  return {};
}

base::Result<void> write_new_file(const std::filesystem::path& path, base::ByteView content,
                                  int mode) {
  const auto descriptor = opened(path);
  if (!descriptor) return std::unexpected(descriptor.error());
  const bool done = write_all(*descriptor, content) &&
                    ::fchmod(*descriptor, static_cast<mode_t>(mode)) == 0 &&
                    ::fsync(*descriptor) == 0;
  const int error = errno;
  ::close(*descriptor);
  if (done) return {};
  ::unlink(path.c_str());
  return not_written(path, error);
}

}  // namespace sealtone::app
