// SPDX-License-Identifier: Apache-2.0
//
// base/files: see files.h.
#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace sealtone::base {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

std::unexpected<Error> system_failure(const std::filesystem::path& path, std::string_view what) {
  const int reason = errno;
  const auto code = reason == ENOENT || reason == ENOTDIR ? ErrorCode::not_found : ErrorCode::io;
  return fail(code, path.string(),
              fmt::format("it cannot be {} ({})", what, std::generic_category().message(reason)));
}

bool write_all(int fd, ByteView content) {
  while (!content.empty()) {
    const auto written = ::write(fd, content.data(), content.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

// The file that a symbolic link stands for: the link itself must survive the rename.
std::filesystem::path behind_links(const std::filesystem::path& path) {
  std::error_code ignored;
  auto real = std::filesystem::canonical(path, ignored);
  return ignored ? path : real;
}

// A rename survives a power cut once its folder is on the disk too.
bool sync_folder(const std::filesystem::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd.get() >= 0 && ::fsync(fd.get()) == 0;
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return system_failure(path, "opened");
  struct stat facts{};
  if (::fstat(fd.get(), &facts) != 0) return system_failure(path, "read");
  if (S_ISDIR(facts.st_mode))
    return fail(ErrorCode::io, path.string(), "it is a folder, not a file");

  // The size a file states is a hint only: pipes state none, and files grow.
  Bytes content;
  std::size_t filled = 0;
  std::size_t room = std::min<std::size_t>(
      max_bytes, S_ISREG(facts.st_mode) ? static_cast<std::size_t>(facts.st_size) : 65'536);
  for (;;) {
    content.resize(filled + room + 1);  // one more than allowed, to see that there is more
    const auto got = ::read(fd.get(), content.data() + filled, content.size() - filled);
    if (got < 0) {
      if (errno == EINTR) continue;
      return system_failure(path, "read");
    }
    filled += static_cast<std::size_t>(got);
    if (filled > max_bytes) {
      return fail(ErrorCode::too_large, path.string(),
                  fmt::format("it is larger than the {} bytes allowed", max_bytes));
    }
    if (got == 0) break;
    room = std::min<std::size_t>(max_bytes - filled, 65'536);
  }
  content.resize(filled);
  return content;
}

Result<void> write_file(const std::filesystem::path& path, ByteView content, int mode) {
  const auto target = behind_links(path);
  struct stat facts{};
  if (::stat(target.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode)) {
    return fail(ErrorCode::io, path.string(), "it is there already, and is not a plain file");
  }
  const auto folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
  std::string beside = (folder / ("." + target.filename().string() + ".XXXXXX")).string();
  Descriptor fd(::mkostemp(beside.data(), O_CLOEXEC));
  if (fd.get() < 0) return system_failure(path, "written");

  const bool complete = ::fchmod(fd.get(), static_cast<mode_t>(mode)) == 0 &&
                        write_all(fd.get(), content) && ::fsync(fd.get()) == 0 && fd.close() &&
                        ::rename(beside.c_str(), target.c_str()) == 0;
  if (!complete) {
    auto failure = system_failure(path, "written");
    ::unlink(beside.c_str());
    return failure;
  }
  if (!sync_folder(folder)) return system_failure(path, "written to the disk for good");
  return {};
}

}  // namespace sealtone::base
