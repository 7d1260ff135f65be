// SPDX-License-Identifier: Apache-2.0
//
// base/files: see files.h.
#include "base/files.h"

#include <fcntl.h>
#include <poll.h>
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

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// What cannot be read as a file is; nothing of what can.
std::string_view unreadable_kind(mode_t mode) {
  if (S_ISDIR(mode)) return "folder";
  if (S_ISBLK(mode)) return "disk";
  if (S_ISSOCK(mode)) return "socket";
  return {};
}

// A pipe that nobody opened for writing yet has no end to read: only what poll(2) says of it
// counts.
bool is_ready(int fd, steady_clock::time_point end) {
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
    if (left <= milliseconds(0)) return false;
    pollfd waiting{.fd = fd, .events = POLLIN, .revents = 0};
    const int answer = ::poll(&waiting, 1, static_cast<int>(left.count()));
    if (answer > 0) return true;
    if (answer < 0 && errno != EINTR) return true;  // read(2) says why
  }
}

std::unexpected<Error> too_slow(const std::filesystem::path& path, mode_t mode,
                                milliseconds patience) {
  return fail(ErrorCode::timeout, path.string(),
              fmt::format("it is a {}, and what it gives did not come to an end within {} seconds; "
                          "write that into a file first",
                          S_ISFIFO(mode) || S_ISSOCK(mode) ? "pipe" : "terminal or another device",
                          std::chrono::ceil<std::chrono::seconds>(patience).count()));
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t max_bytes,
                        milliseconds patience) {
  struct stat facts{};
  // A socket cannot be opened, and what it is says more than why.
  if (::stat(path.c_str(), &facts) == 0) {
    if (const auto kind = unreadable_kind(facts.st_mode); !kind.empty()) {
      return fail(ErrorCode::io, path.string(), fmt::format("it is a {}, not a file", kind));
    }
  }
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (fd.get() < 0) return system_failure(path, "opened");
  return read_open_file(fd.get(), path, max_bytes, patience);
}

Result<Bytes> read_open_file(int fd, const std::filesystem::path& path, std::size_t max_bytes,
                             milliseconds patience) {
  struct stat facts{};
  if (::fstat(fd, &facts) != 0) return system_failure(path, "read");
  const bool plain = S_ISREG(facts.st_mode);
  const auto end = steady_clock::now() + patience;

  // The size a file states is a hint only: pipes state none, and files grow.
  Bytes content;
  std::size_t filled = 0;
  std::size_t room =
      std::min<std::size_t>(max_bytes, plain ? static_cast<std::size_t>(facts.st_size) : 65'536);
  for (;;) {
    content.resize(filled + room + 1);  // one more than allowed, to see that there is more
    if (!plain && !is_ready(fd, end)) return too_slow(path, facts.st_mode, patience);
    const auto got = ::read(fd, content.data() + filled, content.size() - filled);
    if (got < 0) {
      if (errno == EINTR || errno == EAGAIN) continue;
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
