// SPDX-License-Identifier: Apache-2.0
//
// explain/own_certificate: what was shown to a server that asked, in words and as JSON.
#include "explain/own_certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "handshake/two_engines.h"

namespace sealtone::explain {
namespace {

using handshake::testing::ask_client;
using handshake::testing::demand_client_of_nobody;
using handshake::testing::talk;
using handshake::testing::unchanged;
using handshake::testing::with_client_certificate;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(OwnCertificate, IsNothingWhereTheServerAsksForNone) {
  EXPECT_FALSE(own_certificate(talk(unchanged, unchanged).client));
  EXPECT_EQ(to_json(own_certificate(talk(unchanged, unchanged).client)), nullptr);
  // Of a connection that somebody else opened nothing of ours was asked for.
  EXPECT_FALSE(own_certificate(talk(with_client_certificate, ask_client).server));
}

TEST(OwnCertificate, NamesTheOneThatWasShownWithSerialAndFingerprint) {
  const auto record = talk(with_client_certificate, ask_client).client;
  const auto own = own_certificate(record);
  ASSERT_TRUE(own);
  ASSERT_TRUE(own->shown);
  const auto json = to_json(own);
  EXPECT_EQ(json["shown"]["sha256"], own->shown->fingerprint());
  EXPECT_THAT(own->says, HasSubstr("was shown \"" + own->shown->subject().short_name() + "\""));
  EXPECT_THAT(own->says, HasSubstr(own->shown->fingerprint()));
  EXPECT_THAT(own->says, HasSubstr(json["shown"]["serial_number"].get<std::string>()));
  EXPECT_EQ(json["shown"]["client_use"], own->shown->allows_client_use());
  EXPECT_EQ(json["says"], own->says);
}

TEST(OwnCertificate, SaysThatNoneIsSet) {
  const auto own = own_certificate(talk(unchanged, ask_client).client);
  ASSERT_TRUE(own);
  EXPECT_FALSE(own->shown);
  EXPECT_EQ(to_json(own)["shown"], nullptr);
  EXPECT_EQ(to_json(own)["listed"], nullptr);
  EXPECT_THAT(own->says, HasSubstr("none is set here"));
}

TEST(OwnCertificate, SaysWhetherTheServersListHoldsItsIssuer) {
  auto record = talk(with_client_certificate, demand_client_of_nobody).client;
  const auto none_named = own_certificate(record);
  ASSERT_TRUE(none_named && none_named->shown);
  EXPECT_THAT(none_named->accepted_issuers, IsEmpty());
  EXPECT_EQ(none_named->listed, std::nullopt);
  EXPECT_THAT(none_named->says, HasSubstr("names no issuers"));

  record.requested_authorities = {{0x30, 0x0E, 0x31, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x04, 0x03,
                                   0x0C, 0x03, 'A', 0x1B, 'b'}};
  const auto other = own_certificate(record);
  EXPECT_EQ(other->listed, false);
  EXPECT_THAT(other->says, HasSubstr("\"A\\u{1B}b\""));
  EXPECT_THAT(other->says, HasSubstr("none of these is an issuer of this certificate"));
  EXPECT_EQ(to_json(other)["accepted_issuers"][0], "A\\u{1B}b");
  EXPECT_EQ(to_json(other)["listed"], false);
}

}  // namespace
}  // namespace sealtone::explain
