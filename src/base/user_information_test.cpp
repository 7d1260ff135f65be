// SPDX-License-Identifier: Apache-2.0
#include "base/user_information.h"

#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

struct Case {
  const char* text;
  const char* shown;
};

TEST(WithoutUserInformation, LeavesOutWhatStandsBeforeTheHost) {
  for (const auto& [text, shown] : {
           Case{"https://u:p@host/x", "https://host/x"},
           Case{"https://u@host", "https://host"},
           // RFC 3986 does not allow them there; those who type do
           Case{"https://u:p@q:r@host/", "https://host/"},
           Case{"https://u ser:p w@host/", "https://host/"},
           Case{"gopher://u:p@host?q", "gopher://host?q"},
           Case{"//u:p@host#f", "//host#f"},
           Case{"https://a:b@one/ and https://c:d@two/", "https://one/ and https://two/"},
       }) {
    EXPECT_EQ(without_user_information(text), shown) << text;
  }
}

TEST(WithoutUserInformation, LeavesOtherTextAlone) {
  for (const char* const text :
       {"", "/", "//", "https://host/x", "me@host.pem: there is no such file", "https://host/a@b",
        "https://host/?q=a@b", "https://host/#a@b"}) {
    EXPECT_EQ(without_user_information(text), text);
  }
}

}  // namespace
}  // namespace sealtone::base
