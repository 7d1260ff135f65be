// SPDX-License-Identifier: Apache-2.0
//
// Files of other kinds are named for what they are.
#include "settings/foreign.h"

#include <string>

#include <gtest/gtest.h>

namespace sealtone::settings {
namespace {

using namespace std::string_literals;

// "LINE: TEXT", or nothing for a configuration file.
std::string named(std::string_view text) {
  const auto foreign = find_foreign(text);
  return foreign ? std::to_string(foreign->line) + ": " + foreign->text : "";
}
testing::AssertionResult says(std::string_view text, std::string_view start) {
  const auto got = named(text);
  if (got.starts_with(start)) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "said " << got;
}

TEST(FindForeign, LetsConfigurationFilesPass) {
  for (const std::string_view text :
       {"", "\n", "#!version:1.0.0.1\n", "#!version:1.0.0.1\r\nsecurity.ca_cert = 1\r\n",
        "\xEF\xBB\xBF#!version:1.0.0.1\n", "# caf\xE9\nsecurity.ca_cert=1",
        "a.b = 1\n[ section ]\n", "#-----BEGIN CERTIFICATE-----\n",
        "a.b = -----BEGIN CERTIFICATE-----\n", "a.b = <html>\n", "\x1A", "0123456789"}) {
    EXPECT_EQ(named(text), "") << text;
  }
}

TEST(FindForeign, NamesWhatAServerAnsweredInsteadOfTheFile) {
  EXPECT_TRUE(says("<!DOCTYPE html>\n<html>", "1: this is an HTML page"));
  EXPECT_TRUE(says("\xEF\xBB\xBF\r\n  <HTML lang=de>\r\n", "2: this is an HTML page"));
  EXPECT_TRUE(says("<?xml version=\"1.0\"?>\n", "1: this is an XML file"));
  EXPECT_TRUE(says("{\"detail\": \"not found\"}", "1: this is a JSON file"));
}

TEST(FindForeign, NamesCertificatesAndKeys) {
  EXPECT_TRUE(
      says("-----BEGIN CERTIFICATE-----\nMIIB\n", "1: this file holds a certificate or key"));
  EXPECT_TRUE(says("subject=CN = x\nissuer=CN = y\n-----BEGIN PRIVATE KEY-----\n",
                   "3: this file holds a certificate or key"));
  EXPECT_TRUE(says("\x30\x82\x03\x1F\x30\x82"s, "0: this is a certificate or key in binary form"));
}

TEST(FindForeign, NamesEncryptedFiles) {
  EXPECT_TRUE(says("#!encrypt:1.0.0.0\n#!key_signatue:RSA_256\n",
                   "1: this configuration file is encrypted"));
  // 64 octets of AES output: no text, and no structure either.
  const auto cipher =
      "\x8f\x1c\x03\xee\x00\x5a\x9d\x41\x07\xb2\x66\x12\xc8\x90\x3f\x1e"
      "\xd4\x0e\x77\x18\xab\x02\x5f\x93\xe1\x4c\x2b\x86\x05\xf9\x31\x6d"
      "\x8f\x1c\x03\xee\x00\x5a\x9d\x41\x07\xb2\x66\x12\xc8\x90\x3f\x1e"
      "\xd4\x0e\x77\x18\xab\x02\x5f\x93\xe1\x4c\x2b\x86\x05\xf9\x31\x6d"s;
  EXPECT_TRUE(says(cipher, "0: this is not a text file; it may be an encrypted"));
}

TEST(FindForeign, NamesOtherEncodings) {
  EXPECT_TRUE(says("\xFF\xFE#\0!\0"s, "0: this file is saved as UTF-16"));
  EXPECT_TRUE(says("\xFE\xFF\0#\0!"s, "0: this file is saved as UTF-16"));
}

TEST(FindForeign, NamesBootFiles) {
  EXPECT_TRUE(says("#!version:1.0.0.1\n#note\n\ninclude:config \"y000000000108.cfg\"\n",
                   "4: this is a boot file"));
  EXPECT_TRUE(says("#!version:1.0.0.1\noverwrite_mode = 1\n[T46S, T23G]include:config <a.cfg>\n",
                   "3: this is a boot file"));
}

TEST(FindForeign, NamesTheDialectsOfV60AndWhatToGiveInstead) {
  for (const std::string_view text : {"[ HTTPS ]\npath = /config/Setting/Setting.cfg\n",
                                      "# note\n\n[autoprovision]\r\nuser = u\r\n"}) {
    const auto name = named(text);
    EXPECT_NE(name.find("the INI dialect of V60 and V61"), std::string::npos) << name;
    EXPECT_NE(name.find("of V70 or later"), std::string::npos) << name;
  }
  EXPECT_TRUE(says("[ cfg:/phone/config/system.ini,reboot=1 ]\nLocalTime.TimeZone = +1\n",
                   "1: this is the INI dialect of the T3x and VP530"));
  EXPECT_TRUE(says("#!version:1.0.0.1\nsecurity.ca_cert = 1\n;;===M1===\n[ HTTPS ]\n",
                   "3: from here on this file holds the dialects of other generations"));
}

}  // namespace
}  // namespace sealtone::settings
