// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/advised: what the two programs that carry out every fix have in common: an authority
// that gives out certificates as they are wished for, and that no documented fix is left out.
//
// Certificates are made by the `openssl` tool.  Knows no room of Sealtone.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "support/peers.h"

namespace sealtone::test {

inline constexpr auto kLongAgo = "20210101000000Z";

class Advised : public testing::Test {
 protected:
  static Wish authority(const std::string& name, std::vector<std::string> extensions = {});
  Identity issue(const Wish& wish, const Identity& issuer);
  Identity self_signed(const Wish& wish);

  Certificates certificates_;
  Identity root_ = certificates_.root();
  TempDir folder_;

 private:
  int issued_ = 0;
};

// At the end of a run of the whole program that passed: each fix that a document tells was carried
// out.  documented: as that page has them, at_least so many; cured: those that were carried out.
class EveryFix : public testing::Environment {
 public:
  using Fixes = std::set<std::string>;
  EveryFix(std::function<Fixes()> documented, std::size_t at_least, const Fixes& cured)
      : documented_(std::move(documented)), at_least_(at_least), cured_(cured) {}
  void TearDown() override;

 private:
  std::function<Fixes()> documented_;
  std::size_t at_least_;
  const Fixes& cured_;
};

// A page of docs/, line by line.
void for_each_line_of(const std::string& page, const std::function<void(const std::string&)>& told);

}  // namespace sealtone::test
