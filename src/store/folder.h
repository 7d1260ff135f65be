// SPDX-License-Identifier: Apache-2.0
//
// store/folder: the state folder, ours alone and owned by one process at a time.
//
// The folder is 0700, what is in it 0600, and no symbolic link is followed inside it.  The lock is
// an flock on DIR/lock, which ends with the process however it ends; the file holds its number.
// Errors: busy, not_allowed (another user's, or open to others and used for other things), io.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "base/result.h"

namespace sealtone::store {

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }

 private:
  int fd_;
};

class Folder {
 public:
  // Makes the folder if need be and owns it until destroyed.  main_file: the one whose presence
  // says that the folder is a state folder.
  [[nodiscard]] static base::Result<Folder> own(const std::filesystem::path& dir,
                                                const std::string& main_file);

  // As it was asked for, for words; and without symbolic links, for opening.
  [[nodiscard]] std::string shown(const std::string& name) const {
    return (shown_ / name).string();
  }
  [[nodiscard]] std::filesystem::path real(const std::string& name) const { return real_ / name; }

  [[nodiscard]] bool has(const std::string& name) const;
  // A file that is there: a regular one of our own, from now on 0600.
  [[nodiscard]] base::Result<Descriptor> open(const std::string& name) const;
  // A new empty file, 0600, in the place of whatever has the name.
  [[nodiscard]] base::Result<void> create(const std::string& name) const;
  // On the disk once this returns.
  [[nodiscard]] base::Result<void> rename(const std::string& from, const std::string& to) const;

 private:
  Folder(std::filesystem::path shown, std::filesystem::path real, Descriptor folder)
      : shown_(std::move(shown)), real_(std::move(real)), folder_(std::move(folder)) {}
  [[nodiscard]] base::Result<void> tighten(const std::string& main_file) const;
  [[nodiscard]] base::Result<void> lock();

  std::filesystem::path shown_, real_;
  Descriptor folder_, lock_;
};

}  // namespace sealtone::store
