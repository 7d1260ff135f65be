// SPDX-License-Identifier: Apache-2.0
//
// sealtone trace: what the judge says of refused phones, and what to do next.
#include <cstdlib>

#include "e2e/trace_fixture.h"

namespace sealtone::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(Trace, FindsAKeyForWhichOldPhonesHaveNoCipher) {
  const auto source = std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office";
  const auto all =
      trace_json({source + ".pcap", "4", "--as", "v60", "--trust", source + "-root.pem"}, 1);
  const auto& verdict = all.at("connections").at(0).at("judged").at(0).at("verdict");
  EXPECT_EQ(verdict.at("decision"), "untrusted");
  EXPECT_EQ(codes(verdict), "key-type-not-supported");
}

TEST_F(Trace, TellsTheNextStepOfEachProfile) {
  const auto source = std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office";
  const auto all = trace_json({"--by", "phone", source + ".pcap", "--as", "v60,v84", "--trust",
                               source + "-root.pem", "--address", "127.0.0.46"},
                              1);
  const auto next = all.at("phones").at(0).at("outcome").at("next").get<std::string>();
  EXPECT_THAT(next, testing::StartsWith("As v60: "));
  EXPECT_THAT(next, HasSubstr(" As v84: "));
}

// What would be trusted and was refused: the phone lacks that list, and this is what to upload.
TEST_F(Trace, SaysWhatTheRefusingPhoneLacks) {
  const auto source = std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office";
  const auto root = source + "-root.pem";
  const std::string step =
      "The phone refused it all the same, so it does not have that list: upload \"Example Root\", "
      "one of the certificates in " +
      root + ", to it under Security > Trusted Certificates.";
  const Arguments phone{"--by", "phone", source + ".pcap", "--address", "127.0.0.46"};
  auto judged = phone;
  judged.insert(judged.end(), {"--trust", root});
  EXPECT_THAT(unwrapped(trace(judged).out), HasSubstr(step));
  EXPECT_THAT(trace_json(judged, 1).at("phones").at(0).at("outcome").at("next").get<std::string>(),
              HasSubstr(step));
  const auto one = unwrapped(trace({source + ".pcap", "2", "--trust", root}).out);
  EXPECT_THAT(one, HasSubstr(step));
  EXPECT_THAT(one, HasSubstr("Judged by the certificates in " + root));
  // The alert's own advice, which asks for what was given, is left to who gave none.
  const std::string general = "Upload the certificate of who issued it";
  EXPECT_THAT(one, Not(HasSubstr(general)));
  EXPECT_THAT(unwrapped(trace(judged).out), Not(HasSubstr(general)));
  EXPECT_THAT(unwrapped(trace(phone).out), HasSubstr(general));
  const auto by_another =
      trace({source + ".pcap", "2", "--trust", other_root_.certificate.string()});
  EXPECT_THAT(unwrapped(by_another.out), Not(HasSubstr("The phone refused it all the same")));
}

TEST_F(Trace, CallsThisComputersRootsByTheirName) {
  const auto source = std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office";
  EXPECT_THAT(unwrapped(trace({source + ".pcap", "2", "--trusted", "default"}).out),
              HasSubstr("Judged by this computer's roots, as of"));
}

// As `sealtone check --as` does, in the same words.
TEST_F(Trace, SaysWhatIsAssumedOfAPhone) {
  const auto source = std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office";
  const Arguments as{"--trust", source + "-root.pem", "--as", "v60,v84"};
  Arguments planned{"check", "--chain", source + "-root.pem", "--name", "prov.example.com"};
  planned.insert(planned.end(), as.begin(), as.end());
  Arguments captured{source + ".pcap", "4"};
  captured.insert(captured.end(), as.begin(), as.end());
  const auto lines = [](const std::string& out, const std::string& word) {
    std::vector<std::string> all;
    for (auto at = out.find(word); at != std::string::npos; at = out.find(word, at + 1)) {
      all.push_back(out.substr(at, out.find(". ", at) - at));
    }
    return all;
  };
  const auto check = unwrapped(sealtone(planned).out), traced = unwrapped(trace(captured).out);
  for (const char* word : {"Assumed: ", "Built-in certificates: "}) {
    EXPECT_FALSE(lines(check, word).empty()) << check;
    EXPECT_EQ(lines(traced, word).size(), lines(check, word).size()) << traced;
  }
  const auto judged = trace_json(captured, 1).at("connections").at(0).at("judged").at(0);
  planned.emplace_back("--json");
  const auto profile = nlohmann::json::parse(sealtone(planned).out).at(0).at("profile");
  EXPECT_EQ(judged.at("assumed"), profile.at("assumed"));
  EXPECT_EQ(judged.at("built_in"), profile.at("built_in"));
  EXPECT_FALSE(judged.at("assumed").empty());
}

}  // namespace
}  // namespace sealtone::test
