// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "profile/profile.h"

namespace sealtone::profile {
namespace {

using base::ErrorCode;
using ::testing::HasSubstr;

std::string file(const std::string& name) {
  std::ifstream stream(std::string(SEALTONE_SOURCE) + "/profiles/" + name);
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

std::string v84() { return file("v84.toml"); }

// v84.toml with one line in another's place.
std::string with_line(const std::string& start, const std::string& line) {
  std::istringstream lines(v84());
  std::string out;
  bool met = false;
  for (std::string each; std::getline(lines, each);) {
    const bool here = each.starts_with(start);
    met = met || here;
    out += (here ? line : each) + "\n";
  }
  EXPECT_TRUE(met) << start;
  return out;
}

int line_of(const std::string& start) {
  std::istringstream lines(v84());
  int number = 0;
  for (std::string each; std::getline(lines, each);) {
    ++number;
    if (each.starts_with(start)) return number;
  }
  return 0;
}

TEST(ParseProfile, ReadsOneOfOurs) {
  const auto profile = parse(v84(), "v84.toml");
  ASSERT_TRUE(profile) << profile.error().where << " " << profile.error().detail;
  EXPECT_EQ(profile->name, "v84");
  EXPECT_EQ(profile->highest_version.is, 0x0303);
  EXPECT_EQ(profile->list_limit.is, 10);
  EXPECT_FALSE(profile->name_check.is);
  EXPECT_THAT(profile->name_check.origin.sources, ::testing::ElementsAre("S13"));
  EXPECT_TRUE(profile->server_name.origin.assumed);
}

// Whoever writes a profile of their own is told the line.
TEST(ParseProfile, NamesTheLineOfAMistake) {
  struct Case {
    const char* start;
    std::string line, says;
  };
  for (const auto& [start, line, says] : {
           Case{"name =", "name = \"V 84\"", "no single word"},
           Case{"name =", "name = 84", "text in quotes"},
           Case{"generation", "generation = \"\"", "empty"},
           Case{"lowest_version", "lowest_version = { value = \"0.9\", assumed = true }", "one of"},
           Case{"lowest_version", "lowest_version = { value = 1.0, assumed = true }", "one of"},
           Case{"lowest_version", "lowest_version = \"1.0\"", "{ value = …"},
           Case{"lowest_version", "lowest_version = { value = \"1.3\", assumed = true }", "above"},
           Case{"ciphers", "ciphers = { value = \"\", assumed = true }", "without ciphers"},
           Case{"ciphers", "ciphers = { value = \"AES\" }", "neither a source nor assumed"},
           Case{"ciphers", "ciphers = { value = \"AES\", source = \"S999\" }",
                "no list of sources"},
           Case{"ciphers", "ciphers = { value = \"AES\", source = [] }", "neither a source"},
           Case{"ciphers", "ciphers = { value = \"AES\", assumed = false }", "or left out"},
           Case{"ciphers", "ciphers = { value = \"AES\", assumed = true, why = \"\" }",
                "knows no \"why\""},
           Case{"ciphers", "ciphers = { value = \"AES\\u001b[2J\", assumed = true }", "be shown"},
           Case{"ciphers",
                "ciphers = { value = \"" + std::string(501, 'A') + "\", assumed = true }",
                "more than 500 octets"},
           Case{"name_check", "name_check = { value = 0, source = \"S13\" }", "true or false"},
           Case{"list =", "list = { value = \"both\", source = \"S13\" }", "one of \"custom\""},
           Case{"built_in", "built_in = { value = \"all\", source = \"S13\" }", "one of \"none\""},
           Case{"list_limit", "list_limit = { value = 0, source = \"S2\" }", "from 1 to 10000"},
           Case{"list_limit", "list_limit = { value = 10001, source = \"S2\" }", "from 1 to"},
           Case{"formats", "formats = { value = [], source = \"S2\" }", "has to be a list"},
           Case{"formats", "formats = { value = [\"p/e\"], source = \"S2\" }", "has to be a list"},
           Case{"formats", "formatz = { value = [\"pem\"], source = \"S2\" }", "formats"},
           Case{"list_limit", "list_limit = ", "not TOML"},
       }) {
    const auto refused = parse(with_line(start, line), "mine.toml");
    ASSERT_FALSE(refused) << line;
    EXPECT_EQ(refused.error().code, ErrorCode::bad_input) << line;
    EXPECT_THAT(refused.error().detail, HasSubstr(says)) << line;
    const bool of_the_section = line.starts_with("formatz");
    const auto where = "mine.toml:" + std::to_string(line_of(of_the_section ? "[upload]" : start));
    EXPECT_EQ(refused.error().where, where) << line;
  }
}

TEST(ParseProfile, NamesWhatIsMissingOrTooMuch) {
  EXPECT_THAT(parse("", "mine.toml").error().detail, HasSubstr("it has no name"));
  EXPECT_THAT(parse(v84() + "[offers]\n", "mine.toml").error().detail,
              HasSubstr("knows no \"offers\""));
  EXPECT_THAT(parse(v84() + "other = { value = 1, assumed = true }\n", "mine.toml").error().detail,
              HasSubstr("[upload] knows no \"other\""));
  EXPECT_THAT(parse(with_line("name_check", "name = 1"), "mine.toml").error().detail,
              HasSubstr("[trust] has no name_check"));
}

TEST(ParseProfile, NamesTheLineThatHasToFollowAnother) {
  const auto newer =
      with_line("highest_version", "highest_version = { value = \"1.3\", assumed = true }");
  const auto refused = parse(newer, "mine.toml");
  EXPECT_THAT(refused.error().detail, HasSubstr("TLS 1.3 is not spoken"));
  EXPECT_EQ(refused.error().where, "mine.toml:" + std::to_string(line_of("cipher_suites")));
}

TEST(ParseProfile, TakesSourcesOfItsOwn) {
  const auto own = v84() + "[sources]\nMINE = \"seen on a T46S\"\n";
  EXPECT_EQ(parse(own, "mine.toml").value().sources.at("MINE"), "seen on a T46S");
  EXPECT_THAT(parse(v84() + "[sources]\nS1 = \"another\"\n", "mine.toml").error().detail,
              HasSubstr("there already"));
}

TEST(ParseProfile, RefusesWhatIsTooLargeOrNoText) {
  EXPECT_EQ(parse(std::string(kMaxFileBytes + 1, '#'), "mine.toml").error().code,
            ErrorCode::too_large);
  EXPECT_EQ(parse(std::string(kMaxFileBytes, '#'), "mine.toml").error().code, ErrorCode::bad_input);
  for (const auto& text : {std::string("name = \"\xFF\""), std::string("\0\0", 2),
                           "a = " + std::string(30'000, '['), std::string("-----BEGIN X-----\n")}) {
    EXPECT_EQ(parse(text, "mine.toml").error().code, ErrorCode::bad_input);
  }
}

TEST(ParseProfile, ReadsOtherLettersInCommentLinesAndEscaped) {
  const auto escaped = with_line("generation", R"(generation = "V84 \u00E9 \U0001F600")");
  const auto read = parse("\uFEFF" + escaped + " \t# \u0451 \uFB26 \uFEFE\n", "mine.toml");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->generation, "V84 \u00E9 \U0001F600");
}

TEST(ParseProfile, RefusesOtherLettersElsewhere) {
  for (const std::string letter : {"\u00A0", "\u00E9", "\u0499", "\u180E", "\u2000", "\u3000",
                                   "\uFB26", "\uFEFF", "\uFFFD", "\U0001F600", "\xD1", "\xFF"}) {
    for (const auto& line :
         {letter, letter + "generation = \"V84\"", "generation" + letter + "= \"V84\"",
          "generation = " + letter + "\"V84\"", "generation = \"V84" + letter + "\"",
          "generation = 5\"" + letter, "generation = \"V84\"  # " + letter, letter + "# V84"}) {
      const auto read = parse(with_line("generation", line), "mine.toml");
      ASSERT_FALSE(read) << line;
      EXPECT_THAT(read.error().detail, HasSubstr("outside of a comment line")) << line;
      EXPECT_EQ(read.error().where, "mine.toml:" + std::to_string(line_of("generation")));
    }
  }
}

TEST(ParseProfile, RefusesTextsOfSeveralLines) {
  for (const std::string marks : {"\"\"\"", "'''"}) {
    const auto read =
        parse(with_line("generation", "generation = " + marks + "V84" + marks), "mine.toml");
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().detail, HasSubstr("of several lines"));
    EXPECT_TRUE(parse(v84() + "# " + marks + "\n", "mine.toml"));
  }
}

TEST(ParseProfile, RefusesACommaBeforeTheEndOfATableInOneLine) {
  for (const std::string end : {"\"S2\",}", "[\"S2\",}", ",}", "}", "", "]", ","}) {
    const auto line = "list_limit = { value = 10, source = " + end;
    const auto read = parse(with_line("list_limit", line), "mine.toml");
    ASSERT_FALSE(read) << line;
    EXPECT_THAT(read.error().detail, HasSubstr("not TOML")) << line;
  }
}

TEST(ParseProfile, RefusesASectionWithoutAName) {
  for (const std::string text :
       {"[\n", "[", "[[\n", "[ \t\r\n", "\xEF\xBB\xBF[\n", "[\n]erf = 1\n", "name = \"v1\"\n[]\n",
        "name = \"v1\"\v[\n", "\r[\n", "#\xE2\x80\xA8[\n", "[#\n"}) {
    const auto read = parse(text, "mine.toml");
    ASSERT_FALSE(read) << text;
    EXPECT_NE(read.error().detail.find("not TOML"), std::string::npos) << read.error().detail;
  }
}

}  // namespace
}  // namespace sealtone::profile
