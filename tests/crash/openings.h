// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/openings: what a fresh process finds in a folder, for many folders.
//
// Each folder is written out, and a child forked for it alone.  The parent has one thread and opens
// no store itself, so that a child has nothing of an earlier one, and costs a millisecond where a
// program started anew would cost fifty.  As many children run as there are processors.
// Errors: std::runtime_error if the parent has threads, or a folder cannot be written.
#pragma once

#include <functional>
#include <list>
#include <string>

#include "crash/disk.h"
#include "support/process.h"

namespace sealtone::crash {

class Openings {
 public:
  // Runs in the child: what it finds below the root, in one word for each part of what is kept.
  // What it throws, and a child that dies or hangs, is reported in place of the words.
  using Find = std::function<std::vector<std::string>(const std::filesystem::path& root)>;
  explicit Openings(Find find);
  ~Openings();
  Openings(const Openings&) = delete;
  Openings& operator=(const Openings&) = delete;

  struct Found {
    std::vector<std::string> parts;
    std::string failure;  // "" if it could be opened
  };
  using Take = std::function<void(Found)>;
  // take is called once the child has ended, at the latest in finish().
  void open(const Tree& tree, Take take);
  void finish();

 private:
  struct Child {
    int process = -1, pipe = -1;
    std::filesystem::path root;
    std::string said;
    Take take;
  };
  void take_one();
  void run_child(const std::filesystem::path& root, int pipe) const;

  Find find_;
  std::filesystem::path scratch_;
  std::list<Child> children_;
  std::size_t count_ = 0, at_once_;
};

// Writes a tree out; the folder must not be there yet.  And reads one: regular files and folders.
void write_tree(const Tree& tree, const std::filesystem::path& root);
[[nodiscard]] Tree read_tree(const std::filesystem::path& root);

// A new folder in memory if this computer has one, for what is written and read thousands of times.
[[nodiscard]] std::filesystem::path scratch_folder();

}  // namespace sealtone::crash
