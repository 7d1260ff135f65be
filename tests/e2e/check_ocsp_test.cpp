// SPDX-License-Identifier: Apache-2.0
//
// sealtone check of servers that send an answer of OCSP along: the openssl tool makes the answers,
// openssl s_server staples them.
#include "e2e/check_fixture.h"
#include "support/ocsp.h"

namespace sealtone::test {
namespace {

class CheckOcsp : public Check {
 protected:
  std::filesystem::path answer(const Identity& leaf, bool revoked, const Identity& signer) {
    return ocsp_answer(folder_, "ocsp-" + std::to_string(++answers_), root_, leaf, revoked, signer);
  }
  // Whether anything but its hello and an alert came from the client, by s_server's own words.
  static std::string heard_from_client(OpensslServer& server) {
    std::string all;
    const auto text = server.process().out();
    for (std::size_t at = text.find("<<< "); at != std::string::npos;
         at = text.find("<<< ", at + 1)) {
      const auto line = text.substr(at, text.find('\n', at) - at);
      for (const char* what : {"ClientHello", "Certificate", "ClientKeyExchange", "Finished"}) {
        if (line.ends_with(what)) all += (all.empty() ? "" : " ") + std::string(what);
      }
    }
    return all;
  }

  // A list of the root's that names nobody.
  std::filesystem::path good_list() {
    const auto index = folder_.write("list.txt", "");
    const auto config = folder_.write(
        "list.cnf", "[ca]\ndefault_ca=here\n[here]\ndatabase=" + index.string() +
                        "\ndefault_md=sha256\ndefault_crl_days=30\nunique_subject=no\n");
    auto file = folder_.path() / "list.pem";
    run_ok({"openssl", "ca", "-config", config.string(), "-cert", root_.certificate.string(),
            "-keyfile", root_.key.string(), "-gencrl", "-out", file.string()});
    return file;
  }

  Identity leaf_ = issued(server_wish());
  int answers_ = 0;
};

TEST_F(CheckOcsp, ServerThatItsAuthorityTookBackIsRefusedAndSentNothing) {
  const auto own = certificates_.client(root_);
  const auto bundle = folder_.write("own.pem", own.pem() + own.key_pem()).string();
  const auto revoked = answer(leaf_, true, root_), good = answer(leaf_, false, root_);
  for (const char* version : {"-tls1_2", "-tls1_3"}) {
    OpensslServer server(leaf_,
                         {version, "-status_file", revoked.string(), "-Verify", "1", "-msg"});
    const auto refused = check(server.port(), root_.certificate, {"--client", bundle});
    expect(refused, "untrusted", "revoked", 1);
    EXPECT_EQ(refused.all.at("handshake").at("result"),
              std::string(version) == "-tls1_2" ? "ended at CertificateStatus: refused: revoked"
                                                : "ended at Certificate: refused: revoked");
    const auto& finding = refused.all.at("verdict").at("findings").at(0);
    EXPECT_NE(finding.at("details").get<std::string>().find(
                  "the answer that the server sent along (OCSP)"),
              std::string::npos)
        << finding.at("details");
    EXPECT_TRUE(server.process().said("ERROR")) << "s_server did not see the end";
    EXPECT_EQ(heard_from_client(server), "ClientHello") << version;

    OpensslServer sound(leaf_, {version, "-status_file", good.string(), "-Verify", "1", "-msg"});
    expect(check(sound.port(), root_.certificate, {"--client", bundle, "--crl-required"}),
           "trusted", "", 0);
    EXPECT_TRUE(sound.process().said("Finished"));
    EXPECT_EQ(heard_from_client(sound).substr(0, 23), "ClientHello Certificate") << version;
  }
}

TEST_F(CheckOcsp, ResponderOfTheAuthorityIsBelievedAndAStrangerIsNot) {
  Wish wish;
  wish.common_name = "Responder";
  wish.extended_key_usage = "OCSPSigning";
  const auto responder = certificates_.issue("responder", wish, root_);
  const OpensslServer by_responder(leaf_,
                                   {"-status_file", answer(leaf_, false, responder).string()});
  expect(check(by_responder.port(), root_.certificate, {"--crl-required"}), "trusted", "", 0);
  wish.extended_key_usage = "serverAuth";
  const auto no_responder = certificates_.issue("no-responder", wish, root_);
  const OpensslServer by_another(leaf_,
                                 {"-status_file", answer(leaf_, true, no_responder).string()});
  expect(check(by_another.port(), root_.certificate), "trusted", "", 0);
  expect(check(by_another.port(), root_.certificate, {"--crl-required"}), "untrusted",
         "revocation-unknown", 1);
  const OpensslServer by_stranger(leaf_,
                                  {"-status_file", answer(leaf_, true, other_root_).string()});
  expect(check(by_stranger.port(), root_.certificate), "trusted", "", 0);
}

TEST_F(CheckOcsp, AnswerForAnotherServerAndGarbageAreNotGoneBy) {
  const auto other = certificates_.issue("other", server_wish(), root_);
  const OpensslServer of_other(leaf_, {"-status_file", answer(other, true, root_).string()});
  expect(check(of_other.port(), root_.certificate), "trusted", "", 0);
  expect(check(of_other.port(), root_.certificate, {"--crl-required"}), "untrusted",
         "revocation-unknown", 1);
  // What s_server still takes for an answer: "tryLater", and an answer of octets that are none.
  const std::string later("\x30\x03\x0A\x01\x03", 5);
  const std::string junk(
      "\x30\x18\x0A\x01\x00\xA0\x13\x30\x11\x06\x09\x2B\x06\x01\x05\x05\x07\x30"
      "\x01\x01\x04\x04\xDE\xAD\xBE\xEF",
      26);
  for (const auto& octets : {later, junk}) {
    const OpensslServer server(leaf_, {"-status_file", folder_.write("junk.der", octets).string()});
    expect(check(server.port(), root_.certificate), "trusted", "", 0);
    const auto demanded = check(server.port(), root_.certificate, {"--crl-required"});
    expect(demanded, "untrusted", "revocation-unknown", 1);
    const auto& finding = demanded.all.at("verdict").at("findings").at(0);
    EXPECT_NE(finding.at("details").get<std::string>().find("counts for nothing"),
              std::string::npos)
        << finding.at("details");
  }
}

TEST_F(CheckOcsp, CertificateThatDemandsAnAnswerIsRefusedWithout) {
  auto wish = server_wish();
  wish.extensions = {"tlsfeature=status_request"};
  const auto strict = certificates_.issue("strict", wish, root_);
  const OpensslServer bare(strict);
  const auto refused = check(bare.port(), root_.certificate);
  expect(refused, "untrusted", "revocation-unknown", 1);
  const auto& finding = refused.all.at("verdict").at("findings").at(0);
  const auto says = finding.at("says").get<std::string>();
  EXPECT_NE(says.find("demands that an answer of OCSP is sent along, and"), std::string::npos)
      << says;
  EXPECT_NE(says.find("sent none that counts"), std::string::npos) << says;
  // What it advises is what cures it; a good list does not.
  const auto advice = finding.at("hint").get<std::string>();
  EXPECT_NE(advice.find("turn stapling on (nginx: ssl_stapling on)"), std::string::npos) << advice;
  expect(check(bare.port(), root_.certificate, {"--crl", good_list().string()}), "untrusted",
         "revocation-unknown", 1);
  const OpensslServer full(strict, {"-status_file", answer(strict, false, root_).string()});
  expect(check(full.port(), root_.certificate), "trusted", "", 0);
}

}  // namespace
}  // namespace sealtone::test
