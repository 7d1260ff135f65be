// SPDX-License-Identifier: Apache-2.0
//
// sealtone check of servers that send an answer of OCSP along: the openssl tool makes the answers,
// openssl s_server staples them.
#include "e2e/check_fixture.h"

namespace sealtone::test {
namespace {

class CheckOcsp : public Check {
 protected:
  // What the authority answers about the certificate; revoked: that it took it back.
  std::filesystem::path answer(const Identity& leaf, bool revoked, const Identity& signer,
                               Arguments further = {}) {
    const auto name = "ocsp-" + std::to_string(++answers_);
    const auto index = folder_.write(name + ".txt", "");
    const auto config = folder_.write(
        name + ".cnf", "[ca]\ndefault_ca=here\n[here]\ndatabase=" + index.string() +
                           "\ndefault_md=sha256\ndefault_crl_days=30\nunique_subject=no\n");
    run_ok({"openssl", "ca", "-config", config.string(), "-cert", root_.certificate.string(),
            "-keyfile", root_.key.string(), revoked ? "-revoke" : "-valid",
            leaf.certificate.string()});
    const auto request = folder_.path() / (name + ".req"), file = folder_.path() / (name + ".der");
    run_ok({"openssl", "ocsp", "-issuer", root_.certificate.string(), "-cert",
            leaf.certificate.string(), "-no_nonce", "-reqout", request.string()});
    Arguments respond{"openssl",  "ocsp",
                      "-index",   index.string(),
                      "-CA",      root_.certificate.string(),
                      "-rsigner", signer.certificate.string(),
                      "-rkey",    signer.key.string(),
                      "-reqin",   request.string(),
                      "-respout", file.string(),
                      "-ndays",   "1"};
    respond.insert(respond.end(), further.begin(), further.end());
    run_ok(respond);
    return file;
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
}

TEST_F(CheckOcsp, CertificateThatDemandsAnAnswerIsRefusedWithout) {
  auto wish = server_wish();
  wish.extensions = {"tlsfeature=status_request"};
  const auto strict = certificates_.issue("strict", wish, root_);
  const OpensslServer bare(strict);
  expect(check(bare.port(), root_.certificate), "untrusted", "revocation-unknown", 1);
  const OpensslServer full(strict, {"-status_file", answer(strict, false, root_).string()});
  expect(check(full.port(), root_.certificate), "trusted", "", 0);
}

}  // namespace
}  // namespace sealtone::test
