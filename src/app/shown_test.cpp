// SPDX-License-Identifier: Apache-2.0
#include "app/shown.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace sealtone::app {
namespace {

using nlohmann::json;

TEST(Shown, MakesControlAndDirectionCharactersVisible) {
  const json row{{"name", "a\u202eb\x1b[2J"}};
  const auto text = shown(row, "name");
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\u202e"), std::string::npos);
}

TEST(Shown, IsEmptyForWhatIsNoText) {
  EXPECT_EQ(shown(json{{"name", 7}}, "name"), "");
  EXPECT_EQ(shown(json::object(), "name"), "");
}

TEST(RunText, NamesFilesMistakesAndWarningsInOrder) {
  const json report{
      {"summary", "Nothing was applied."},
      {"files",
       {{{"url", "https://prov.example.com/a.cfg"},
         {"says", "2 lines of https://prov.example.com/a.cfg cannot be used"},
         {"mistakes", {"line 3: 7 is not one of 0, 1"}},
         {"remarks", {"line 9: unknown key"}}}}},
      {"warnings", {"The list was changed over a connection that was not verified."}}};
  EXPECT_EQ(run_text(report),
            "Nothing was applied.\n"
            "  2 lines of https://prov.example.com/a.cfg cannot be used\n"
            "    line 3: 7 is not one of 0, 1\n"
            "    line 9: unknown key\n"
            "The list was changed over a connection that was not verified.\n");
}

TEST(ConnectionText, SaysEachSentenceOnceAndTheDetailsThatTheyName) {
  const json fix{{"say", "Have a new certificate issued."}, {"desk_phones", json::array()}};
  const auto finding = [&](const char* details) {
    return json{{"code", "path-refused"},
                {"says", "It breaks a rule that the details name."},
                {"details", details},
                {"fix", fix}};
  };
  const json connection{
      {"verdict",
       {{"headline", "localhost was refused: it breaks a rule that the details name."},
        {"findings",
         {finding("certificate 1; one"), finding("certificate 1; two"),
          finding("certificate 1; two")}}}}};
  EXPECT_EQ(connection_text(connection),
            "localhost was refused: it breaks a rule that the details name.\n"
            "Have a new certificate issued.\n"
            "It breaks a rule that the details name.\n"
            "\n"
            "Details:\n"
            "path-refused: certificate 1; one\n"
            "path-refused: certificate 1; two\n");
}

TEST(ConnectionText, SaysTheHeadlineOnceAndTheNextStepOfEachFinding) {
  const json connection{{"verdict",
                         {{"headline", "localhost was refused: its issuer is not trusted."},
                          {"findings",
                           {{{"says", "its issuer is not trusted."},
                             {"fix",
                              {{"say", "Upload root.pem."},
                               {"desk_phones", {"static.a = b"}},
                               {"desk_phones_note", "B is yours."}}}},
                            {{"says", "It has expired."},
                             {"fix", {{"say", ""}, {"desk_phones", json::array()}}}}}}}}};
  EXPECT_EQ(connection_text(connection),
            "localhost was refused: its issuer is not trusted.\n"
            "Upload root.pem.\n"
            "On desk phones, in the common configuration file:\n"
            "  static.a = b\n"
            "B is yours.\n"
            "It has expired.\n");
}

}  // namespace
}  // namespace sealtone::app
