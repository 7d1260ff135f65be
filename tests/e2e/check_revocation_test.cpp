// SPDX-License-Identifier: Apache-2.0
//
// sealtone check with revocation lists, which the openssl tool makes.
#include "e2e/check_fixture.h"

namespace sealtone::test {
namespace {

class CheckRevocation : public Check {
 protected:
  // A list of this authority's that names these certificates.
  std::filesystem::path list(const Identity& authority, const std::vector<Identity>& revoked,
                             Arguments further = {}, const Arguments& why = {}) {
    const auto name = "list-" + std::to_string(++lists_);
    const auto index = folder_.write(name + ".txt", "");
    const auto config =
        folder_.write(name + ".cnf", "[ca]\ndefault_ca=here\n[here]\ndatabase=" + index.string() +
                                         "\ndefault_md=sha256\ndefault_crl_days=30\n"
                                         "unique_subject=no\n");
    const Arguments as{"openssl",  "ca",
                       "-config",  config.string(),
                       "-cert",    authority.certificate.string(),
                       "-keyfile", authority.key.string()};
    for (const auto& one : revoked) {
      auto revoke = as;
      revoke.insert(revoke.end(), {"-revoke", one.certificate.string()});
      revoke.insert(revoke.end(), why.begin(), why.end());
      run_ok(revoke);
    }
    auto file = folder_.path() / (name + ".pem");
    auto make = as;
    make.insert(make.end(), {"-gencrl", "-out", file.string()});
    make.insert(make.end(), further.begin(), further.end());
    run_ok(make);
    return file;
  }
  static std::string in_days(int days) {
    return run_ok({"date", "-u", "-d", "+" + std::to_string(days) + " days", "+%Y-%m-%d"})
        .substr(0, std::string("2026-11-26").size());
  }
  static std::string seconds_in_days(int days) {
    const auto text = run_ok({"date", "-u", "-d", "+" + std::to_string(days) + " days", "+%s"});
    return text.substr(0, text.find('\n'));
  }
  Answer check_by(const std::filesystem::path& list, Arguments further = {}) {
    further.insert(further.end(), {"--crl", list.string()});
    return check(server_.port(), root_.certificate, std::move(further));
  }

  // What is weak about the peer, a line each.
  static std::string sayings(const Answer& answer) {
    std::string all;
    for (const auto& each : answer.all.at("verdict").at("weak")) {
      all += each.get<std::string>() + "\n";
    }
    return all;
  }

  Identity leaf_ = issued(server_wish());
  Identity other_ = certificates_.issue("other", server_wish(), root_);
  OpensslServer server_{leaf_};

 private:
  int lists_ = 0;
};

TEST_F(CheckRevocation, CertificateThatAListNamesIsFound) {
  expect(check_by(list(root_, {leaf_})), "untrusted", "revoked", 1);
  expect(check_by(list(root_, {other_, leaf_})), "untrusted", "revoked", 1);
}

TEST_F(CheckRevocation, CertificateThatNoListNamesIsTrusted) {
  expect(check_by(list(root_, {})), "trusted", "", 0);
  expect(check_by(list(root_, {other_}), {"--crl-required"}), "trusted", "", 0);
}

TEST_F(CheckRevocation, AuthorityThatAListNamesIsFound) {
  Wish wish;
  wish.common_name = "Issuing CA";
  wish.ca = true;
  const auto issuing = certificates_.issue("issuing", wish, root_);
  const auto leaf = certificates_.issue("below", server_wish(), issuing);
  const OpensslServer server(leaf, {"-cert_chain", issuing.certificate.string()});
  const Arguments both{"--crl", list(root_, {issuing}).string(), "--crl",
                       list(issuing, {}).string()};
  expect(check(server.port(), root_.certificate, both), "untrusted", "revoked", 1);
}

TEST_F(CheckRevocation, CertificateThatNoListCoversIsFoundIfOneIsDemanded) {
  expect(check(server_.port(), root_.certificate, {"--crl-required"}), "untrusted",
         "revocation-unknown", 1);
  // Another's list covers nothing of this one's; nor does one that ran out.
  const auto others = list(other_root_, {});
  expect(check_by(others), "trusted", "", 0);
  expect(check_by(others, {"--crl-required"}), "untrusted", "revocation-unknown", 1);
  const auto ran_out =
      list(root_, {other_},
           {"-crl_lastupdate", "20240101000000Z", "-crl_nextupdate", "20240201000000Z"});
  expect(check_by(ran_out, {"--crl-required"}), "untrusted", "revocation-unknown", 1);
}

// The lists are of 30 days.
TEST_F(CheckRevocation, ListThatRanOutStillRevokesWhomItNames) {
  const auto naming = list(root_, {leaf_});
  for (const Arguments& demand : {Arguments{}, Arguments{"--crl-required"}}) {
    auto later = demand;
    later.insert(later.end(), {"--at", in_days(40)});
    const auto answer = check_by(naming, later);
    expect(answer, "untrusted", "revoked", 1);
    const auto details =
        answer.all.at("verdict").at("findings").at(0).at("details").get<std::string>();
    EXPECT_NE(details.find("which ran out at"), std::string::npos) << details;
  }
  // As OpenSSL has it, too.
  const auto theirs =
      run({"openssl", "verify", "-crl_check", "-CAfile", root_.certificate.string(), "-CRLfile",
           naming.string(), "-attime", seconds_in_days(40), leaf_.certificate.string()});
  EXPECT_NE((theirs.out + theirs.err).find("certificate revoked"), std::string::npos) << theirs.err;
}

TEST_F(CheckRevocation, ListThatRanOutAndNamesItNotIsToldAsWeak) {
  const auto empty = list(root_, {other_});
  const auto today = check_by(empty, {"--at", in_days(20)});
  expect(today, "trusted", "", 0);
  EXPECT_EQ(sayings(today), "");
  const auto later = check_by(empty, {"--at", in_days(40)});
  expect(later, "trusted", "", 0);
  EXPECT_NE(sayings(later).find("The revocation list of \"Sealtone test root\" ran out on "),
            std::string::npos)
      << sayings(later);
  expect(check_by(empty, {"--at", in_days(40), "--crl-required"}), "untrusted",
         "revocation-unknown", 1);
}

TEST_F(CheckRevocation, CertificateOnHoldInAListThatRanOutIsToldAsWeak) {
  const auto held = list(root_, {leaf_}, {}, {"-crl_reason", "certificateHold"});
  expect(check_by(held, {"--at", in_days(20)}), "untrusted", "revoked", 1);
  const auto later = check_by(held, {"--at", in_days(40)});
  expect(later, "trusted", "", 0);
  EXPECT_NE(sayings(later).find("is still on hold, as it was in that list"), std::string::npos)
      << sayings(later);
}

TEST_F(CheckRevocation, FileThatIsNoListIsRefused) {
  for (const auto& file : {root_.certificate, folder_.write("text.pem", "no list")}) {
    const auto finished = sealtone({"check", "127.0.0.1:" + std::to_string(server_.port()),
                                    "--trust", root_.certificate.string(), "--crl", file.string()});
    EXPECT_EQ(finished.status, 2) << file;
    EXPECT_NE(finished.err.find(file.string()), std::string::npos) << finished.err;
  }
}

}  // namespace
}  // namespace sealtone::test
