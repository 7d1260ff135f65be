// SPDX-License-Identifier: Apache-2.0
#include "app/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

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

}  // namespace

NewFile::NewFile(std::filesystem::path path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor) {}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

NewFile::~NewFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(path_.c_str());
}

base::Result<NewFile> NewFile::create(const std::filesystem::path& path) {
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
  return NewFile(path, descriptor);
}

base::Result<void> NewFile::write(base::ByteView content, int mode) {
  const bool done = write_all(descriptor_, content) &&
                    ::fchmod(descriptor_, static_cast<mode_t>(mode)) == 0 &&
                    ::fsync(descriptor_) == 0;
  if (!done) return not_written(path_, errno);
  ::close(std::exchange(descriptor_, -1));
  return {};
}

base::Result<void> write_new_file(const std::filesystem::path& path, base::ByteView content,
                                  int mode) {
  auto file = NewFile::create(path);
  if (!file) return std::unexpected(file.error());
  return file->write(content, mode);
}

}  // namespace sealtone::app
