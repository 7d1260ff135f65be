// SPDX-License-Identifier: Apache-2.0
//
// Servers that a phone refused: listed, shown, and trusted by a fingerprint that the admin brings.
#include <gtest/gtest.h>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

class Rejected : public testing::Test {
 protected:
  static std::string sha256(const std::filesystem::path& certificate) {
    const auto line = run_ok(
        {"openssl", "x509", "-in", certificate.string(), "-noout", "-fingerprint", "-sha256"});
    return line.substr(line.find('=') + 1, 95);
  }
  // nginx with a certificate and what is sent along with it.
  void serve(const Identity& identity, const std::vector<Identity>& chain) {
    Nginx::Options options;
    options.server = "ssl_certificate " + made_.bundle("chain.pem", chain).string() +
                     "; ssl_certificate_key " + identity.key.string() + ";";
    nginx_.emplace(options);
    write_text(nginx_->folder() / "y000000000000.cfg", "#!version:1.0.0.1\n");
    phone_.set("static.auto_provision.server.url",
               "https://localhost:" + std::to_string(nginx_->port()) + "/");
  }
  std::string id() const {
    const auto rows = phone_.ask({"rejected", "list"}).at("rejected");
    return rows.empty() ? "" : std::to_string(rows.at(0).at("id").get<int>());
  }
  Finished trust(const std::string& sha256) const {
    return phone_.command({"rejected", "trust", id(), "--sha256", sha256});
  }

  Certificates made_;
  Identity root_ = made_.root();
  PhoneUnderTest phone_{{"--mac", "00:15:65:00:00:01"}};
  std::optional<Nginx> nginx_;
};

TEST_F(Rejected, IssuerIsTrustedByTheFingerprintOfItsOwnerAlone) {
  const auto server = made_.server(root_);
  serve(server, {server, root_});
  EXPECT_EQ(phone_.provision().at("applied"), false);
  const auto list = phone_.command({"rejected", "list"}).out;
  EXPECT_NE(list.find("localhost:" + std::to_string(nginx_->port())), std::string::npos) << list;
  const auto shown = phone_.command({"rejected", "show", id()}).out;
  EXPECT_NE(shown.find("What would be trusted is the root"), std::string::npos) << shown;
  EXPECT_NE(shown.find(sha256(root_.certificate)), std::string::npos) << shown;

  for (const auto& wrong : {sha256(server.certificate), std::string(64, '0'),
                            sha256(root_.certificate).substr(0, 11), std::string("yes")}) {
    const auto refused = trust(wrong);
    EXPECT_EQ(refused.status, 2) << wrong;
    EXPECT_NE(refused.err.find("Nothing was trusted"), std::string::npos) << refused.err;
    EXPECT_EQ((refused.out + refused.err).find(sha256(root_.certificate)), std::string::npos);
  }
  EXPECT_EQ(phone_.command({"rejected", "trust", id()}).status, 2);
  EXPECT_EQ(phone_.provision().at("applied"), false);

  const auto trusted = trust(sha256(root_.certificate).substr(0, 47));  // its first 16 octets
  EXPECT_EQ(trusted.status, 0) << trusted.err;
  EXPECT_NE(unwrapped(trusted.out).find("is trusted from now on"), std::string::npos)
      << trusted.out;
  EXPECT_EQ(phone_.provision().at("applied"), true);
  EXPECT_EQ(id(), "");
  EXPECT_NE(phone_.command({"rejected", "list"}).out.find("No server was refused"),
            std::string::npos);
}

TEST_F(Rejected, ServersOwnIsTrustedAsAPinAndFailsClosedWhenItChanges) {
  Wish wish;
  wish.common_name = "localhost";
  wish.names = {"DNS:localhost"};
  const auto first = made_.self_signed("first", wish);
  serve(first, {first});
  EXPECT_EQ(phone_.provision().at("applied"), false);
  const auto pinned = trust(sha256(first.certificate));
  EXPECT_EQ(pinned.status, 0) << pinned.err;
  EXPECT_NE(unwrapped(pinned.out).find("as a pin"), std::string::npos) << pinned.out;
  EXPECT_EQ(phone_.provision().at("applied"), true);

  const auto second = made_.self_signed("second", wish);
  serve(second, {second});
  const auto report = phone_.provision();
  EXPECT_EQ(report.at("applied"), false);
  EXPECT_EQ(codes(report.at("connections").back().at("verdict")), "pin-changed self-signed-leaf");
  const auto again = trust(sha256(second.certificate));
  EXPECT_EQ(again.status, 0) << again.err;
  EXPECT_NE(unwrapped(again.out).find("delete it there"), std::string::npos) << again.out;
  EXPECT_EQ(phone_.provision().at("applied"), true);
}

TEST_F(Rejected, ServerThatIsLateBesidesIsNotSaidToBeCured) {
  Wish wish;
  wish.common_name = "localhost";
  wish.names = {"DNS:localhost"};
  wish.not_after = "20240101000000Z";
  const auto late = made_.issue("late", wish, root_);
  serve(late, {late, root_});
  EXPECT_EQ(phone_.provision().at("applied"), false);
  const auto shown = unwrapped(phone_.command({"rejected", "show", id()}).out);
  EXPECT_NE(shown.find("That would not be enough"), std::string::npos) << shown;
  EXPECT_NE(shown.find("expired on 2024-01-01"), std::string::npos) << shown;
  // Without a phone that runs the command opens one, confined as any other.
  EXPECT_EQ(phone_.process().stop(), 0);
  EXPECT_EQ(trust(std::string(64, '0')).status, 2);
  const auto trusted = trust(sha256(root_.certificate));
  EXPECT_EQ(trusted.status, 1) << trusted.err;
  EXPECT_NE(unwrapped(trusted.out).find("is still refused"), std::string::npos) << trusted.out;
  EXPECT_NE(id(), "");
}

TEST_F(Rejected, NamesThatAServerChoseOrderNoTerminal) {
  Wish wish;
  wish.common_name = "\x1B[2J\xE2\x80\xAEgro.emca";
  wish.names = {"DNS:localhost"};
  const auto hostile = made_.self_signed("hostile", wish);
  serve(hostile, {hostile});
  EXPECT_EQ(phone_.provision().at("applied"), false);
  for (const auto& said :
       {phone_.command({"rejected", "list"}).out, phone_.command({"rejected", "show", id()}).out,
        trust(sha256(hostile.certificate)).out}) {
    EXPECT_NE(said, "");
    EXPECT_EQ(said.find('\x1B'), std::string::npos) << said;
    EXPECT_EQ(said.find("\xE2\x80\xAE"), std::string::npos) << said;
  }
}

TEST_F(Rejected, OneThatIsNotThereIsNotShown) {
  EXPECT_EQ(phone_.command({"rejected", "show", "99"}).status, 2);
  EXPECT_EQ(phone_.command({"rejected", "show", "first"}).status, 2);
  EXPECT_EQ(phone_.command({"rejected", "trust", "99", "--sha256", std::string(64, '0')}).status,
            2);
}

}  // namespace
}  // namespace sealtone::test
