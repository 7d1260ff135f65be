// SPDX-License-Identifier: Apache-2.0
#include "explain/wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/authority_name.h"
#include "handshake/two_engines.h"

namespace sealtone::explain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Quoted, MakesVisibleWhatAPeerHid) {
  EXPECT_EQ(explain::in_quotes("Acme Root R1"), "\"Acme Root R1\"");
  EXPECT_EQ(explain::in_quotes("a\x1B[31mb\xE2\x80\xAE"), "\"a\\u{1B}[31mb\\u{202E}\"");
  EXPECT_LT(explain::in_quotes(std::string(1000, 'x')).size(), 100U);
}

TEST(QuotedList, NamesTheFirstOnesAndCountsTheRest) {
  EXPECT_EQ(quoted_list({"a"}), "\"a\"");
  EXPECT_EQ(quoted_list({"a", "b"}), "\"a\" and \"b\"");
  EXPECT_EQ(quoted_list({"a", "b", "c"}, 3), "\"a\", \"b\" and \"c\"");
  EXPECT_EQ(quoted_list({"a", "b", "c", "d"}, 2), "\"a\", \"b\" and 2 more");
}

TEST(When, SpeaksOfUtcInWords) {
  const auto time = std::chrono::sys_days{std::chrono::year{2026} / 6 / 1};
  EXPECT_EQ(when(time), "2026-06-01 00:00:00 UTC");
}

TEST(AsClause, LowersTheFirstLetterUnlessItBeginsAnAbbreviation) {
  EXPECT_EQ(as_clause("It refuses."), "it refuses");
  EXPECT_EQ(as_clause("TLS it is."), "TLS it is");
  EXPECT_EQ(as_clause(""), "");
}

TEST(Wrapped, BreaksAtBlanksAndNeverLongerThanTheWidth) {
  EXPECT_THAT(wrapped("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("one two three", 6), ElementsAre("one", "two", "three"));
  EXPECT_THAT(wrapped("①②③ ④⑤⑥", 7), ElementsAre("①②③ ④⑤⑥"));
  EXPECT_THAT(wrapped("longer-than-that x", 5), ElementsAre("longer-than-that", "x"));
  EXPECT_THAT(wrapped("", 5), IsEmpty());
}

TEST(AuthorityName, ReadsWhatAServerReallySends) {
  const auto record =
      handshake::testing::talk(handshake::testing::unchanged, handshake::testing::ask_client)
          .client;
  ASSERT_EQ(record.requested_authorities.size(), 1U);
  const auto& name = record.requested_authorities[0];
  EXPECT_EQ(authority_name(name), "Acme Root R1");
  for (std::size_t cut = 0; cut < name.size(); ++cut) {
    const base::Bytes exact(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(cut));
    EXPECT_EQ(authority_name(exact), "") << cut;
  }
}

TEST(AuthorityName, TakesTheOrganizationWhereThereIsNoCommonName) {
  const base::Bytes only_organization{0x30, 0x0F, 0x31, 0x0D, 0x30, 0x0B, 0x06, 0x03, 0x55,
                                      0x04, 0x0A, 0x13, 0x04, 'A',  'c',  'm',  'e'};
  EXPECT_EQ(authority_name(only_organization), "Acme");
  EXPECT_EQ(authority_name(base::Bytes{0x30, 0x00}), "");
  EXPECT_EQ(authority_name(base::Bytes{0x30, 0x84, 0, 0, 0, 0}), "");
}

}  // namespace
}  // namespace sealtone::explain
