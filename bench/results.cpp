// SPDX-License-Identifier: Apache-2.0
#include "bench/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace sealtone::bench {

Bar at_most(double times, const std::string& name, const Row& row) {
  const auto found = std::ranges::find(row.series, name, &Series::name);
  if (found == row.series.end()) throw std::runtime_error(row.id + ": nobody is called " + name);
  return {fmt::format("≤ {:.2f} × {}", times, name), times * found->spread.median};
}

Results::Results(const std::filesystem::path& file) : file_(file) {
  std::ofstream(file_, std::ios::trunc);
}

void Results::add(const Row& row) {
  std::string text = fmt::format("row\t{}\t{}\t{}\n", row.id, row.what, row.unit);
  for (const auto& [name, spread] : row.series) {
    text += fmt::format("series\t{}\t{}\t{:.6g}\t{:.6g}\t{:.6g}\t{}\n", row.id, name, spread.median,
                        spread.lowest, spread.highest, spread.turns);
  }
  for (const auto& bar : row.bars) {
    text += fmt::format("bar\t{}\t{}\t{:.6g}\n", row.id, bar.words, bar.limit);
  }
  for (const auto& note : row.notes) text += fmt::format("note\t{}\t{}\n", row.id, note);
  std::ofstream file(file_, std::ios::app);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + file_.string());

  fmt::print("{}:", row.what);
  for (const auto& [name, spread] : row.series) {
    fmt::print("  {} {:.4g} {} ({:.4g}–{:.4g})", name, spread.median, row.unit, spread.lowest,
               spread.highest);
  }
  for (const auto& bar : row.bars) {
    const bool met = row.series.front().spread.median <= bar.limit;
    fmt::print("  [{}: {}]", bar.words, met ? "met" : "missed");
  }
  fmt::print("\n");
  std::fflush(stdout);
}

void Results::add_curve(const std::string& id, const std::vector<Point>& points) {
  std::ofstream file(file_, std::ios::app);
  for (const auto& point : points)
    file << fmt::format("point\t{}\t{:.3f}\t{}\n", id, point.x, point.y);
  if (!file.flush()) throw std::runtime_error("cannot write " + file_.string());
}

}  // namespace sealtone::bench
