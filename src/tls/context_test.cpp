// SPDX-License-Identifier: Apache-2.0
//
// tls/context: what a context refuses to be built from, and what openssl.cnf cannot change.
#include <gmock/gmock.h>

#include "tls/ends.h"

namespace sealtone::tls::testing {
namespace {

using base::ErrorCode;
using ::testing::HasSubstr;

base::Error refused(const ContextOptions& options) {
  const auto context = Context::build(options);
  if (context) throw std::runtime_error("the context was built");
  return context.error();
}

TEST(Context, RefusesACipherListThatSelectsNothing) {
  for (const char* list : {"NO-SUCH-CIPHER", "aNULL", "eNULL", "PSK", "kRSA:!kRSA"}) {
    auto options = client_options();
    options.cipher_list = list;
    EXPECT_EQ(refused(options).code, ErrorCode::bad_input) << list;
  }
}

TEST(Context, RefusesAListWhoseCiphersTheVersionsCannotUse) {
  auto options = client_options(only(0x0301));
  options.cipher_list = "ECDHE+AESGCM";  // TLS 1.2 alone has them
  EXPECT_EQ(refused(options).code, ErrorCode::bad_input);
}

TEST(Context, NeverOffersASuiteWithoutCertificates) {
  net::asio::io_context loop;
  auto options = client_options(only(0x0301));
  options.cipher_list = "ALL:aNULL:@SECLEVEL=0";
  const test::OpensslServer peer(identity("server"), {"-tls1", "-cipher", "aNULL:@SECLEVEL=0"});
  const auto outcome = dial(loop, peer.port(), build(options), trusting_root());
  EXPECT_EQ(outcome.stream, nullptr);
  for (const auto suite : outcome.record.client_hello->cipher_suites) {
    EXPECT_THAT(handshake::cipher_suite_name(suite), ::testing::Not(HasSubstr("_anon_")));
  }
}

TEST(Context, RefusesVersionsThatAreNoRange) {
  for (const Versions versions :
       {Versions{0x0304, 0x0303}, Versions{0x0300, 0x0303}, Versions{0x0303, 0x0305}}) {
    EXPECT_EQ(refused(client_options(versions)).code, ErrorCode::bad_input);
  }
}

TEST(Context, RefusesAKeyThatIsNotTheCertificates) {
  auto options = server_options();
  options.credential->key = credential("server-2").key;
  const auto error = refused(options);
  EXPECT_EQ(error.code, ErrorCode::mismatch);
  EXPECT_EQ(error.where, "Sealtone test server");
  options.credential->key = credential("server-rsa").key;
  EXPECT_EQ(refused(options).code, ErrorCode::mismatch);
}

TEST(Context, SaysWhyAWeakCertificateOfOurOwnCannotBeShown) {
  auto error = refused(server_options({}, "server-rsa1024"));
  EXPECT_EQ(error.code, ErrorCode::unsupported);
  EXPECT_THAT(error.detail, HasSubstr("RSA 1024"));
  error = refused(server_options({}, "server-sha1"));
  EXPECT_EQ(error.code, ErrorCode::unsupported);
  EXPECT_THAT(error.detail, HasSubstr("SHA-256"));
}

TEST(Context, RefusesACertificateOfOurOwnWhoseKeyNoClientTakes) {
  test::Certificates made;
  for (const char* curve : {"secp224r1", "secp256k1", "brainpoolP256r1"}) {
    test::Wish wish;
    wish.common_name = curve;
    wish.key = std::string("ec:") + curve;
    const auto identity = made.self_signed(curve, wish);
    auto options = server_options();
    const auto text = identity.pem() + identity.key_pem();
    options.credential =
        x509::device_credential(x509::parse(base::view(text), curve).value(), curve).value();
    const auto error = refused(options);
    EXPECT_EQ(error.code, ErrorCode::unsupported) << curve;
    EXPECT_THAT(error.detail, HasSubstr("P-256, P-384, P-521")) << curve;
  }
}

TEST(Context, ShowsAWeakCertificateWhereTls10IsAllowed) {
  EXPECT_TRUE(Context::build(server_options(kAll, "server-rsa1024")));
}

TEST(Context, LowersTheSecurityLevelOnNoOtherContext) {
  const auto old = build(client_options(only(0x0301)));
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server"), {"-tls1", "-cipher", "ALL:@SECLEVEL=0"});
  EXPECT_NE(dial(loop, peer.port(), old, trusting_root()).stream, nullptr);
  EXPECT_EQ(dial(loop, peer.port(), build(client_options()), trusting_root()).stream, nullptr);
  EXPECT_EQ(refused(server_options({}, "server-rsa1024")).code, ErrorCode::unsupported);
}

TEST(Context, DoesNotLetOpensslCnfDecide) {
  const test::TempDir folder;
  // Stricter than TLS 1.0 and laxer than TLS 1.3 at once: neither may show.
  const auto cnf = folder.write("openssl.cnf",
                                "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\n"
                                "system_default = here\n[here]\nMinProtocol = TLSv1.2\n"
                                "MaxProtocol = TLSv1.2\nCipherString = AES128-SHA256\n"
                                "Ciphersuites = TLS_AES_128_CCM_SHA256\nGroups = P-521\n");
  test::StartOptions options;
  options.environment = {{"OPENSSL_CONF", cnf.string()}};
  const auto ran = test::run({std::filesystem::read_symlink("/proc/self/exe").string(),
                              "--gtest_filter=Tls/EveryVersion.TalksToItself/*"},
                             options);
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("[  PASSED  ] 4 tests."));
}

}  // namespace
}  // namespace sealtone::tls::testing
