// SPDX-License-Identifier: Apache-2.0
#include "app/nearest.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace sealtone::app {
namespace {

constexpr std::size_t kLongestWord = 40;  // no word of ours is longer

// The optimal string alignment distance: two neighbours swapped count once.
std::size_t letters_apart(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + changed});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view typed, std::span<const std::string> known) {
  if (typed.empty() || typed.size() > kLongestWord) return std::nullopt;
  const auto lower = base::lower_ascii(typed);
  // A third of its letters may be wrong.
  const std::size_t most = std::max<std::size_t>(1, lower.size() / 3);
  std::optional<std::string> best;
  std::size_t least = most + 1;
  for (const auto& word : known) {
    const auto apart = letters_apart(lower, word);
    if (apart >= least) continue;
    least = apart;
    best = word;
  }
  return best;
}

}  // namespace sealtone::app
