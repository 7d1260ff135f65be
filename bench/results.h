// SPDX-License-Identifier: Apache-2.0
//
// bench/results: the rows of the budget table as they were measured, in one file of
// tab-separated lines, which bench/report and bench/plot read.
//
//   row     ID  WHAT  UNIT
//   series  ID  NAME  MEDIAN  LOWEST  HIGHEST  TURNS      ours first
//   bar     ID  WORDS  LIMIT                              none: measured without one
//   note    ID  WORDS                                     what belongs beside it
//   point   ID  X  Y                                      of a curve
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench/measure.h"

namespace sealtone::bench {

struct Bar {
  std::string words;  // "≤ 1.05 × nginx"
  double limit = 0;   // in the row's unit; 1.05 times what nginx took in this run
};

struct Row {
  std::string id;    // "full-tls13-p256"
  std::string what;  // "full handshake, TLS 1.3, P-256"
  std::string unit;  // "µs", "KB", "ms"
  std::vector<Series> series;
  std::vector<Bar> bars;
  std::vector<std::string> notes;
};

// "≤ 1.05 × nginx", of what the series of that name took.
[[nodiscard]] Bar at_most(double times, const std::string& name, const Row& row);

// How much is measured.
struct Scale {
  bool quick = false;  // only that everything works
  // The counts of a full run, or as many as show that it works.
  [[nodiscard]] int count(int full, int quick_count) const { return quick ? quick_count : full; }
};

// What a curve goes through.
struct Point {
  double x = 0, y = 0;
};

class Results {
 public:
  explicit Results(const std::filesystem::path& file);
  // Written at once, and told on the screen.
  void add(const Row& row);
  void add_curve(const std::string& id,
                 const std::vector<Point>& points);  // of a row that is there

 private:
  std::filesystem::path file_;
};

}  // namespace sealtone::bench
