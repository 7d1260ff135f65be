// SPDX-License-Identifier: Apache-2.0
//
// provision/source: addresses of files, MAC addresses.
#include "provision/source.h"

#include <gtest/gtest.h>

#include "provision/provision.h"

namespace sealtone::provision {
namespace {

std::vector<std::string> shown(const std::string& url) {
  settings::ProvisionSettings settings;
  settings.url = url;
  settings.common_file = "y000000000028.cfg";
  const auto urls = config_urls(settings, "001565000001");
  if (!urls) return {base::word(urls.error().code), urls.error().where};
  std::vector<std::string> texts;
  for (const auto& each : *urls) texts.push_back(each.shown());
  return texts;
}

using Texts = std::vector<std::string>;

TEST(ConfigUrls, AreTheCommonFileAndThenThePhonesOwn) {
  EXPECT_EQ(shown("https://a.example/phones/"),
            (Texts{"https://a.example/phones/y000000000028.cfg",
                   "https://a.example/phones/001565000001.cfg"}));
}

TEST(ConfigUrls, TakeAFolderWithoutItsLastSlash) {
  EXPECT_EQ(shown("http://a.example:8080/phones"),
            (Texts{"http://a.example:8080/phones/y000000000028.cfg",
                   "http://a.example:8080/phones/001565000001.cfg"}));
  EXPECT_EQ(shown("https://a.example").front(), "https://a.example/y000000000028.cfg");
}

TEST(ConfigUrls, TakeAFileForItself) {
  EXPECT_EQ(shown("https://a.example/phones/all.cfg"), Texts{"https://a.example/phones/all.cfg"});
  EXPECT_EQ(shown("https://a.example/ALL.CFG"), Texts{"https://a.example/ALL.CFG"});
  EXPECT_EQ(shown("https://a.example/all.cfg/").size(), 2U);
}

TEST(ConfigUrls, KeepTheQueryBehindTheFile) {
  EXPECT_EQ(shown("https://a.example/phones?site=1").front(),
            "https://a.example/phones/y000000000028.cfg?site=1");
  EXPECT_EQ(shown("https://a.example/get?file=x.cfg").size(), 2U);
}

TEST(ConfigUrls, AreRefusedForOtherSchemes) {
  const Texts refused{"bad-input", "static.auto_provision.server.url"};
  EXPECT_EQ(shown("tftp://a.example/"), refused);
  EXPECT_EQ(shown("sips:a.example"), refused);
  EXPECT_EQ(shown("phones"), refused);
}

TEST(FileName, IsTheLastPartOfThePath) {
  EXPECT_EQ(file_name(*base::parse_url("https://a.example/b/c.cfg?d=/e")), "c.cfg");
  EXPECT_EQ(file_name(*base::parse_url("https://a.example/b/")), "");
}

TEST(MacAddress, IsTakenInEachUsualSpelling) {
  for (const char* text : {"001565abcdef", "00:15:65:AB:CD:EF", "00-15-65-ab-cd-ef"}) {
    EXPECT_EQ(normalise_mac(text).value_or("refused"), "001565abcdef") << text;
  }
}

TEST(MacAddress, IsRefusedInAnyOther) {
  for (const char* text :
       {"", "001565abcde", "001565abcdef0", "001565abcdeg", "00:15:65:ab:cd", "00:15-65:ab:cd:ef",
        "0015:65ab:cdef", "00:15:65:ab:cd:ef:", ":00:15:65:ab:cd:e", "00.15.65.ab.cd.ef",
        "../../etc/pas", "00:15:65:ab:cd:e/"}) {
    EXPECT_FALSE(normalise_mac(text)) << text;
  }
}

}  // namespace
}  // namespace sealtone::provision
