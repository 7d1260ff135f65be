// SPDX-License-Identifier: Apache-2.0
//
// base/ends: the first and the last of a row that may grow without end.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <utility>
#include <vector>

namespace sealtone::base {

template <typename T>
class Ends {
 public:
  Ends(std::size_t first, std::size_t last) : most_first_(first), most_last_(last) {}

  // What is left out for it.
  std::optional<T> add(T one) {
    if (first_.size() < most_first_) {
      first_.push_back(std::move(one));
      return std::nullopt;
    }
    last_.push_back(std::move(one));
    if (last_.size() <= most_last_) return std::nullopt;
    ++left_out_;
    std::optional<T> oldest = std::move(last_.front());
    last_.pop_front();
    return oldest;
  }
  void clear() {
    first_ = {};
    last_ = {};
    left_out_ = 0;
  }
  // In their order; those that were left out stand behind the first `first_size()`.
  [[nodiscard]] std::vector<T> all() const {
    auto row = first_;
    row.insert(row.end(), last_.begin(), last_.end());
    return row;
  }
  [[nodiscard]] std::size_t size() const { return first_.size() + last_.size(); }
  [[nodiscard]] std::size_t first_size() const { return first_.size(); }
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  std::size_t most_first_, most_last_;
  std::vector<T> first_;
  std::list<T> last_;  // a deque holds half a kilobyte while it is empty
  std::size_t left_out_ = 0;
};

}  // namespace sealtone::base
