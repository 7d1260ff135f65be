// SPDX-License-Identifier: Apache-2.0
#include "app/usage_words.h"

#include <gtest/gtest.h>

namespace sealtone::app {
namespace {

TEST(UsageWords, SayWhatHappenedAndTheNextStep) {
  EXPECT_EQ(usage_words("RequiresError", "--ladder requires number"),
            "--ladder says nothing without the number: give both, or neither");
  EXPECT_EQ(usage_words("ExcludesError", "--failed excludes number"),
            "--failed and the number do not go together: give one of them");
  EXPECT_EQ(usage_words("RequiredError", "file is required"),
            "the file is missing: add it to the command");
  EXPECT_EQ(usage_words("RequiredError", "--mac is required"),
            "--mac is missing: add it to the command");
  EXPECT_EQ(usage_words("ConversionError", "Could not convert: number = abc"),
            "the number cannot be \"abc\": give a whole number, such as 7");
  EXPECT_EQ(usage_words("ValidationError", "--by: phones not in {phone}"),
            "--by knows no \"phones\", only: phone");
  EXPECT_EQ(usage_words("ValidationError", "--trusted: x not in {all,custom,default}"),
            "--trusted knows no \"x\", only: all, custom, default");
  EXPECT_EQ(usage_words("ValidationError", "number: 0 is none"), "the number: 0 is none");
  EXPECT_EQ(usage_words("ValidationError", "connections save: give ID"),
            "connections save: give ID");
  EXPECT_EQ(usage_words("ArgumentMismatch", "--port: 1 required PORT missing"),
            "--port is followed by its value, which is missing: add it");
  for (const char* range : {"1 to 65535", "[1 - 65535]"}) {
    EXPECT_EQ(usage_words("ValidationError", "--port: Value 0 not in range " + std::string(range)),
              "--port cannot be 0: it goes from 1 to 65535");
  }
}

TEST(UsageWords, SayWhatIsTooMuch) {
  EXPECT_EQ(usage_words("check", "The following argument was not expected: b"),
            "\"b\" is more than the command takes: leave it out");
  EXPECT_EQ(usage_words("check", "The following arguments were not expected: b c"),
            "\"b c\" are more than the command takes: leave them out");
}

TEST(UsageWords, LeaveAsItIsWhatTheyDoNotKnow) {
  for (const char* says : {"", "something", "--x: something", "Could not convert: ", " = "}) {
    for (const char* kind : {"RequiresError", "ExcludesError", "RequiredError", "ConversionError",
                             "ValidationError", "ArgumentMismatch", "HorribleError"}) {
      EXPECT_EQ(usage_words(kind, says), says) << kind;
    }
  }
}

}  // namespace
}  // namespace sealtone::app
