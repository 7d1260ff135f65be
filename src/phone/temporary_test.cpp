// SPDX-License-Identifier: Apache-2.0
//
// phone/temporary: made, kept, made anew.
#include "phone/temporary.h"

#include <gtest/gtest.h>

#include "crypto/crypto.h"
#include "trust/names.h"

namespace sealtone::phone {
namespace {

using namespace std::chrono_literals;

class Temporary : public ::testing::Test {
 protected:
  const std::chrono::sys_seconds now_ = std::chrono::sys_days{2026y / 11 / 23};
  const std::vector<std::string> addresses_{"192.0.2.1"};
  crypto::SystemRandom random_;
  const base::Result<x509::DeviceCredential> made_ = make_temporary(addresses_, now_, random_);
};

TEST_F(Temporary, NamesEveryAddressOfThePage) {
  ASSERT_TRUE(made_);
  for (const char* host : {"localhost", "127.0.0.1", "::1", "192.0.2.1"}) {
    const auto reference = trust::ReferenceIdentifier::from_host(host);
    EXPECT_TRUE(trust::matches(reference, made_->leaf(), false)) << host;
  }
}

TEST_F(Temporary, IsForServersOnly) {
  ASSERT_TRUE(made_);
  EXPECT_TRUE(made_->leaf().allows_server_use());
  EXPECT_FALSE(made_->leaf().allows_client_use());
  EXPECT_FALSE(made_->leaf().is_ca());
  EXPECT_EQ(made_->leaf().public_key().description(), "EC P-256");
}

TEST_F(Temporary, IsTheSameAfterARestart) {
  ASSERT_TRUE(made_);
  const auto read = temporary_from_text(*to_text(*made_), addresses_, now_);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->leaf(), made_->leaf());
  EXPECT_TRUE(read->leaf().matches(read->key));
}

TEST_F(Temporary, LastsAYear) {
  ASSERT_TRUE(made_);
  const auto text = *to_text(*made_);
  EXPECT_TRUE(temporary_from_text(text, addresses_, now_ + 365 * 24h));
  EXPECT_FALSE(temporary_from_text(text, addresses_, now_ + 365 * 24h + 1s));
  EXPECT_FALSE(temporary_from_text(text, addresses_, now_ - 24h - 1s));
}

TEST_F(Temporary, IsMadeAnewForAnotherAddress) {
  ASSERT_TRUE(made_);
  const std::vector<std::string> others{"192.0.2.1", "192.0.2.2"};
  EXPECT_FALSE(temporary_from_text(*to_text(*made_), others, now_));
}

TEST_F(Temporary, IsNotReadFromAnythingElse) {
  EXPECT_FALSE(temporary_from_text("", addresses_, now_));
  EXPECT_FALSE(temporary_from_text(made_->leaf().pem(), addresses_, now_));
}

}  // namespace
}  // namespace sealtone::phone
