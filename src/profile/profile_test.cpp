// SPDX-License-Identifier: Apache-2.0
//
// The profiles that are part of the program: whole, sourced, and none that claims what is not
// known.
#include <gmock/gmock.h>

#include "base/tls_versions.h"
#include "profile/profile.h"

namespace sealtone::profile {
namespace {

TEST(Profiles, AreTheseOldestFirst) {
  std::vector<std::string> names;
  for (const auto& profile : all()) names.push_back(profile.name);
  EXPECT_THAT(names, ::testing::ElementsAre("v60", "v70", "v80", "v84", "v86"));
}

TEST(Profiles, AreFoundByName) {
  EXPECT_EQ(find("V84"), find("v84"));
  ASSERT_NE(find("v84"), nullptr);
  EXPECT_EQ(find("v84")->name, "v84");
  EXPECT_EQ(find("v85"), nullptr);
  EXPECT_EQ(find(""), nullptr);
}

TEST(Profiles, HaveASourceForEachValueOrSayThatItIsAssumed) {
  for (const auto& profile : all()) {
    for (const auto& one : said(profile)) {
      EXPECT_TRUE(one.origin->assumed || !one.origin->sources.empty())
          << profile.name << " " << one.key;
      for (const auto& source : one.origin->sources) {
        EXPECT_TRUE(profile.sources.contains(source)) << profile.name << " " << source;
      }
      EXPECT_FALSE(one.words.empty()) << one.key;
    }
  }
}

// No list of built-in certificates was found in any source: only that the first phones had none.
TEST(Profiles, ClaimNoBuiltInListThatIsNotKnown) {
  for (const auto& profile : all()) {
    EXPECT_EQ(profile.built_in_known.is, profile.name == "v60") << profile.name;
  }
}

TEST(Profiles, FollowWhatTheNoteOf2010Says) {
  const auto& v60 = *find("v60");
  EXPECT_EQ(v60.highest_version.is, base::kTls10);
  EXPECT_FALSE(v60.only_accept_trusted.is);
  EXPECT_EQ(v60.list.is, List::custom);
  EXPECT_TRUE(find("v70")->only_accept_trusted.is);
}

TEST(Profiles, AreSaidWhole) {
  const auto rows = said(*find("v86"));
  EXPECT_EQ(rows.size(), 20U);
  EXPECT_EQ(rows.front().words, "the oldest version spoken is TLS 1.0");
  EXPECT_EQ(rows.back().words, "a file has at most 5 MB");
}

}  // namespace
}  // namespace sealtone::profile
