// SPDX-License-Identifier: Apache-2.0
//
// tls: every kind of key that a server certificate may have, at today's versions of TLS.
#include "tls/ends.h"

namespace sealtone::tls {
namespace {

using namespace testing;

x509::DeviceCredential of_kind(const std::string& kind) {
  const auto text =
      test::read_text(std::string(SEALTONE_TEST_DATA) + "/x509/formats/" + kind + ".pem");
  const auto contents = x509::parse(base::view(text), kind).value();
  return x509::device_credential(contents, kind).value();
}

class KeyKind : public ::testing::TestWithParam<std::tuple<const char*, std::uint16_t>> {};

TEST_P(KeyKind, ServesAClient) {
  const auto [kind, version] = GetParam();
  auto options = client_options(only(version));
  options.role = Role::server;
  options.credential = of_kind(kind);
  net::asio::io_context loop;
  const auto anchors = std::make_shared<const x509::AnchorSet>(
      std::vector<x509::Certificate>{options.credential->leaf()});
  const auto both =
      meet(loop, build(client_options(only(version))), check(anchors), build(options));
  ASSERT_TRUE(both.client.stream) << trust::word(both.client.verdict.decision);
  EXPECT_EQ(both.client.verdict.decision, Decision::trusted);
  EXPECT_EQ(both.client.record.version(), version);
  EXPECT_TRUE(both.server.stream);
}

std::string name_of(const ::testing::TestParamInfo<std::tuple<const char*, std::uint16_t>>& info) {
  return std::string(std::get<0>(info.param)) + "_" +
         (std::get<1>(info.param) == 0x0303 ? "Tls1_2" : "Tls1_3");
}

INSTANTIATE_TEST_SUITE_P(
    Every, KeyKind,
    ::testing::Combine(::testing::Values("rsa2048", "rsa3072", "rsa4096", "rsa8192", "p256", "p384",
                                         "p521", "ed25519", "ed448"),
                       ::testing::Values(std::uint16_t{0x0303}, std::uint16_t{0x0304})),
    name_of);

}  // namespace
}  // namespace sealtone::tls
