// SPDX-License-Identifier: Apache-2.0
//
// digest/offers: the grammar, and what is none of it.
#include "digest/offers.h"

#include <gtest/gtest.h>

namespace sealtone::digest {
namespace {

using base::ErrorCode;

// "digest(realm=a,nonce=b) basic(realm=c)"
std::string read(std::string_view field) {
  const auto offers = read_offers(field);
  if (!offers) return base::word(offers.error().code);
  std::string text;
  for (const auto& offer : *offers) {
    text += (text.empty() ? "" : " ") + offer.scheme;
    if (offer.parameters.empty()) continue;
    text += "(";
    for (const auto& [name, value] : offer.parameters) text += name + "=" + value + ",";
    text.back() = ')';
  }
  return text;
}

std::string many(const std::string& part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

TEST(ReadOffers, TakesOneSchemeAndSeveral) {
  EXPECT_EQ(read(R"(Basic realm="a")"), "basic(realm=a)");
  EXPECT_EQ(read(R"(Digest realm="a", nonce=b, Basic realm="c")"),
            "digest(realm=a,nonce=b) basic(realm=c)");
  EXPECT_EQ(read(R"(Basic realm="c",Digest nonce="b",realm="a")"),
            "basic(realm=c) digest(nonce=b,realm=a)");
  // RFC 9110 §11.6.1
  EXPECT_EQ(
      read(R"(Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple")"),
      R"(newauth(realm=apps,type=1,title=Login to "apps") basic(realm=simple))");
}

TEST(ReadOffers, PassesOverEmptyMembersAndBlanks) {
  EXPECT_EQ(read(" , ,\tBasic  realm = \"a\" ,, ,nonce=\tb ,"), "basic(realm=a,nonce=b)");
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read(" ,, "), "");
}

TEST(ReadOffers, TakesSchemesWithoutParametersAndWithAToken) {
  EXPECT_EQ(read("Negotiate"), "negotiate");
  EXPECT_EQ(read("Negotiate, NTLM, Basic realm=a"), "negotiate ntlm basic(realm=a)");
  EXPECT_EQ(read("NTLM TlRMTVNTUAAB==, Basic realm=a"), "ntlm basic(realm=a)");
  EXPECT_EQ(read("Negotiate abc/+~=="), "negotiate");
  EXPECT_EQ(read("Negotiate "), "negotiate");
}

TEST(ReadOffers, KeepsWhatStandsInQuotesTogether) {
  EXPECT_EQ(read(R"(Digest realm="a, Basic realm=\"b\"", nonce="c=d")"),
            R"(digest(realm=a, Basic realm="b",nonce=c=d))");
  EXPECT_EQ(read(R"(Basic realm="")"), "basic(realm=)");
  EXPECT_EQ(read("Basic realm=\"\xC3\xA4\xFF\""), "basic(realm=\xC3\xA4\xFF)");
}

TEST(ReadOffers, RefusesWhatIsNotOfTheGrammar) {
  for (const char* field :
       {R"(Basic realm="a)", R"(Basic realm="a\)", R"(Basic realm="a\")", "Basic realm=,nonce=a b",
        "Basic =a", "Digest realm=a nonce=b", "Digest realm=a,nonce=\"b\"c", "\"Basic\"",
        "Basic/realm", "(", "Basic realm=a;b", "Digest realm==a", R"(Digest realm="a", realm="b")",
        R"(Digest realm="a", REALM="b")"}) {
    EXPECT_EQ(read(field), "bad-input") << field;
  }
}

TEST(ReadOffers, RefusesControlCharactersWhereverTheyStand) {
  for (const std::string& part : {std::string("\r\n"), std::string("\n"), std::string(1, '\0'),
                                  std::string("\x7F"), std::string("\x1B")}) {
    EXPECT_EQ(read("Digest realm=\"a" + part + "X-Injected: 1\""), "bad-input");
    EXPECT_EQ(read("Digest realm=\"a\\" + part + "\""), "bad-input");
    EXPECT_EQ(read("Digest realm=a" + part + ", nonce=b"), "bad-input");
    EXPECT_EQ(read("Digest" + part + "realm=a"), "bad-input");
  }
}

TEST(ReadOffers, HoldsAFieldToItsSize) {
  const std::string_view around = R"(Basic realm="")";
  const auto field = [&](std::size_t size) {
    return "Basic realm=\"" + std::string(size - around.size(), 'x') + "\"";
  };
  EXPECT_EQ(read(field(kMaxFieldBytes)).substr(0, 5), "basic");
  EXPECT_EQ(read(field(kMaxFieldBytes + 1)), "too-large");
}

TEST(ReadOffers, HoldsAFieldToItsNumbers) {
  EXPECT_EQ(read_offers(many("Basic,", kMaxOffers))->size(), kMaxOffers);
  EXPECT_EQ(read(many("Basic,", kMaxOffers + 1)), "too-large");
  EXPECT_EQ(read(many("Basic,", 1'000)), "too-large");
  std::string parameters = "Digest a=b";
  for (std::size_t i = 1; i < kMaxParameters; ++i) parameters += ",p" + std::to_string(i) + "=q";
  EXPECT_EQ(read_offers(parameters)->at(0).parameters.size(), kMaxParameters);
  EXPECT_EQ(read(parameters + ",last=r"), "too-large");
}

TEST(ReadParameters, TakesAListAndNothingElse) {
  const auto info = read_parameters(R"(nextnonce="a,b", qop=auth, rspauth="c")");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->size(), 3U);
  EXPECT_EQ(*find(*info, "nextnonce"), "a,b");
  EXPECT_EQ(find(*info, "cnonce"), nullptr);
  for (const char* field : {"Digest a=b", "a", "a=b c=d", "=b"}) {
    const auto none = read_parameters(field);
    ASSERT_FALSE(none) << field;
    EXPECT_EQ(none.error().code, ErrorCode::bad_input) << field;
  }
}

TEST(Quoted, EscapesWhatEndsAStringAndRefusesWhatEndsALine) {
  EXPECT_EQ(quoted(R"(a"b\c)").value(), R"("a\"b\\c")");
  EXPECT_EQ(quoted("\xC3\xA4\t").value(), "\"\xC3\xA4\t\"");
  for (const char* value : {"a\r\nb", "\n", "\x7F"}) EXPECT_FALSE(quoted(value));
}

}  // namespace
}  // namespace sealtone::digest
