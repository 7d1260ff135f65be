// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/disk: a folder as it could stand if the power went now.
//
// Source: POSIX fsync(2) and nothing more: what was written lasts once its file was synced, a name
// once its folder was synced; until then each write and each name may be there or not, in any
// order, and a write may be there in part.  A rename is there whole or not at all, as on any file
// system with a journal.  A sector that was not written keeps what it held.
// Errors: std::runtime_error if a call does not fit what came before it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crash/recording.h"

namespace sealtone::crash {

// Path below the root → what the file holds; a folder has no content.
using Tree = std::map<std::string, std::optional<std::string>>;
// Equal trees, equal numbers.
[[nodiscard]] std::size_t number_of(const Tree& tree);

class Disk {
 public:
  void apply(const Call& call);

  // Everything applied: what stays if the process dies and the computer lives.
  [[nodiscard]] Tree everything() const;
  // Only what was synced.
  [[nodiscard]] Tree synced() const;

  // Each way the folder could stand now, with its name in words.  After a write, those that stood
  // so before it are left out.
  using EachState = std::function<void(const std::string& how, const Tree& tree)>;
  void each_state(const EachState& each) const;

 private:
  struct Change {  // of a file's content; whole if it is a resize
    std::string data;
    std::uint64_t at = 0;
    bool resizes = false;
    std::string words;
  };
  struct File {
    bool folder = false;
    std::string synced;
  };
  struct Write {  // not synced yet, in the order in which they were made
    std::size_t file = 0;
    Change change;
  };
  struct Naming {  // not synced yet: a name taken away, a name given, or both (a rename)
    std::string folder;
    std::optional<std::string> away;
    std::optional<std::string> given;
    std::size_t file = 0;
    std::string words;
  };
  using Names = std::map<std::string, std::size_t>;

  // Which part of a write is on the disk: [from, to).
  struct Part {
    std::size_t from = 0, to = SIZE_MAX;
  };
  using PartOf = std::function<std::optional<Part>(std::size_t write)>;
  using IsThere = std::function<bool(std::size_t naming)>;
  enum class Lengths { of_what_is_there, of_everything };

  [[nodiscard]] Tree rendered(const IsThere& names, const PartOf& writes,
                              Lengths lengths = Lengths::of_what_is_there) const;
  void each_whole_state(const EachState& each) const;
  void each_state_of_write(std::size_t index, const EachState& each) const;
  void each_state_without_write(std::size_t index, const EachState& each) const;
  void each_state_of_naming(std::size_t index, const EachState& each) const;

  [[nodiscard]] std::size_t file_of(const Call& call) const;
  void name(Naming naming);
  void make(const Call& call, bool folder);
  void sync(const Call& call);

  std::vector<File> files_{File{.folder = true, .synced = {}}};  // the root is there
  Names names_{{"", 0}};                                         // with everything applied
  Names synced_names_{{"", 0}};
  std::map<std::string, std::size_t> removed_;  // the last that had the name
  std::vector<Write> writes_;
  std::vector<Naming> namings_;
  bool last_was_a_write_ = false;
};

}  // namespace sealtone::crash
