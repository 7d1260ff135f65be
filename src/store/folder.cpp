// SPDX-License-Identifier: Apache-2.0
//
// store/folder: made, tightened, locked.
#include "store/folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "base/text.h"

namespace sealtone::store {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using base::fail;

constexpr const char* kLock = "lock";

std::unexpected<base::Error> system_failure(const std::string& where, std::string_view what) {
  const int reason = errno;
  if (reason == ELOOP)
    return fail(ErrorCode::not_allowed, where,
                "it is a symbolic link, and Sealtone follows none in its state folder; put the "
                "file itself there");
  if (reason == ENOSPC || reason == EDQUOT)
    return fail(
        ErrorCode::io, where,
        fmt::format("it cannot be {}: the disk has no room left; make room, then try again", what));
  if (reason == EIO)
    return fail(ErrorCode::io, where,
                fmt::format("it cannot be {}: the disk refused it; see that the disk is well, then "
                            "try again",
                            what));
  return fail(ErrorCode::io, where,
              fmt::format("it cannot be {} ({})", what, std::generic_category().message(reason)));
}

base::Result<void> make_with_parents(const fs::path& dir) {
  std::error_code ignored;
  if (dir.empty() || fs::exists(dir, ignored)) return {};
  const auto parent = dir.parent_path();
  if (parent != dir) {
    if (auto made = make_with_parents(parent); !made) return made;
  }
  if (::mkdir(dir.c_str(), 0700) != 0 || ::chmod(dir.c_str(), 0700) != 0) {
    if (errno == EEXIST) return {};
    return system_failure(dir.string(), "made");
  }
  const Descriptor above(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_CLOEXEC));
  if (above.get() < 0 || ::fsync(above.get()) != 0)
    return system_failure(dir.string(), "kept on the disk");
  return {};
}

// What a start leaves that was cut off, or that found its store gone.
bool holds_nothing_but_a_store(const fs::path& dir, const std::string& main_file) {
  std::error_code failed;
  for (fs::directory_iterator entry(dir, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const auto name = entry->path().filename().string();
    if (name != kLock && !name.starts_with(main_file)) return false;
  }
  return !failed;
}

// The number that the owner wrote into the lock file.
std::string owner_of(int lock) {
  std::array<char, 32> text{};
  const auto size = ::pread(lock, text.data(), text.size(), 0);
  const auto number = base::trim({text.data(), static_cast<std::size_t>(size > 0 ? size : 0)});
  if (number.empty() || number.find_first_not_of("0123456789") != std::string_view::npos)
    return "another process";
  return fmt::format("process {}", number);
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

base::Result<Folder> Folder::own(const fs::path& dir, const std::string& main_file) {
  if (auto made = make_with_parents(dir); !made) return std::unexpected(made.error());
  std::error_code failed;
  const auto real = fs::canonical(dir, failed);
  if (failed)
    return fail(ErrorCode::io, dir.string(),
                fmt::format("it cannot be opened ({})", failed.message()));
  Descriptor folder(::open(real.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (folder.get() < 0) return system_failure(dir.string(), "opened as a folder");

  Folder owned(dir, real, std::move(folder));
  if (auto tight = owned.tighten(main_file); !tight) return std::unexpected(tight.error());
  if (auto locked = owned.lock(); !locked) return std::unexpected(locked.error());
  return owned;
}

base::Result<void> Folder::tighten(const std::string& main_file) const {
  struct stat facts{};
  if (::fstat(folder_.get(), &facts) != 0) return system_failure(shown_.string(), "looked at");
  if (facts.st_uid != ::geteuid())
    return fail(ErrorCode::not_allowed, shown_.string(),
                "the folder belongs to another user, who could read the private key in it; name a "
                "folder of your own");
  if ((facts.st_mode & 077) == 0) return {};
  // Closing a folder to others that is used for other things (/tmp, /etc) would break those.
  if (!has(main_file) && !holds_nothing_but_a_store(real_, main_file))
    return fail(ErrorCode::not_allowed, shown_.string(),
                "the folder holds other things and is open to other users; name a folder that is "
                "empty or not there yet");
  if (::fchmod(folder_.get(), 0700) != 0)
    return system_failure(shown_.string(), "closed to other users");
  return {};
}

base::Result<void> Folder::lock() {
  const auto where = shown(kLock);
  lock_ =
      Descriptor(::openat(folder_.get(), kLock, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (lock_.get() < 0) return system_failure(where, "opened for writing");
  int locked = 0;
  do {
    locked = ::flock(lock_.get(), LOCK_EX | LOCK_NB);
  } while (locked != 0 && errno == EINTR);
  if (locked != 0 && errno == EWOULDBLOCK)
    return fail(ErrorCode::busy, shown_.string(),
                fmt::format("the folder is in use by {}; ask that one, or stop it first",
                            owner_of(lock_.get())));
  if (locked != 0) return system_failure(where, "locked");

  // Cut only once it is written: a full disk has no room for what was given back.
  const auto number = fmt::format("{}\n", ::getpid());
  const auto size = static_cast<ssize_t>(number.size());
  if (::fchmod(lock_.get(), 0600) != 0 ||
      ::pwrite(lock_.get(), number.data(), number.size(), 0) != size ||
      ::ftruncate(lock_.get(), size) != 0)
    return system_failure(where, "written");
  return {};
}

bool Folder::has(const std::string& name) const {
  struct stat facts{};
  return ::fstatat(folder_.get(), name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) == 0;
}

base::Result<Descriptor> Folder::open(const std::string& name) const {
  // O_NONBLOCK: a pipe of that name must not hold us up before it is seen to be one.
  Descriptor file(
      ::openat(folder_.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat facts{};
  if (file.get() < 0 || ::fstat(file.get(), &facts) != 0)
    return system_failure(shown(name), "opened");
  if (!S_ISREG(facts.st_mode) || facts.st_uid != ::geteuid())
    return fail(ErrorCode::not_allowed, shown(name),
                "it is not a file of your own; move it away, or name another folder");
  if ((facts.st_mode & 07777) != 0600 && ::fchmod(file.get(), 0600) != 0)
    return system_failure(shown(name), "closed to other users");
  return file;
}

base::Result<void> Folder::create(const std::string& name) const {
  if (::unlinkat(folder_.get(), name.c_str(), 0) != 0 && errno != ENOENT)
    return system_failure(shown(name), "removed");
  const Descriptor file(::openat(folder_.get(), name.c_str(),
                                 O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.get() < 0 || ::fchmod(file.get(), 0600) != 0) return system_failure(shown(name), "made");
  return {};
}

base::Result<void> Folder::rename(const std::string& from, const std::string& to) const {
  if (::renameat(folder_.get(), from.c_str(), folder_.get(), to.c_str()) != 0 ||
      ::fsync(folder_.get()) != 0)
    return system_failure(shown(from), "renamed");
  return {};
}

}  // namespace sealtone::store
