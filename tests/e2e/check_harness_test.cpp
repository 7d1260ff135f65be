// SPDX-License-Identifier: Apache-2.0
//
// The live client and the harness say the same: the very files that openssl s_server serves are
// given to `sealtone verify --cases`, and both name the same findings, for every code about
// certificates that a case can carry.
#include <algorithm>

#include "e2e/check_fixture.h"
#include "support/contexts.h"
#include "trust/trust.h"

namespace sealtone::test {
namespace {

using nlohmann::json;
using trust::FindingCode;

// Codes about certificates that no case can carry, and why.
const std::map<FindingCode, const char*> kNoCase{
    {FindingCode::certificate_unreadable, "the harness refuses such a case before it is judged"},
    {FindingCode::clock_unset, "the harness has no clock floor"},
    {FindingCode::pin_changed, "a case says nothing of what was trusted for which server"},
};

std::vector<std::string> sorted(std::vector<std::string> words) {
  std::ranges::sort(words);
  return words;
}

struct Served {
  Identity own;
  std::vector<Identity> chain = {};
  Identity trusted;
  Arguments server = {};  // further options of openssl s_server
  std::string name = {};  // asked for; empty: the address
  std::vector<std::filesystem::path> lists = {};
  bool lists_required = false;
};

class CheckHarness : public Check {
 protected:
  static Wish authority(std::vector<std::string> extensions = {}) {
    Wish wish;
    wish.common_name = "Issuing CA";
    wish.ca = true;
    wish.extensions = std::move(extensions);
    return wish;
  }
  Identity made(const Wish& wish, const Identity& issuer) {
    return certificates_.issue("made-" + std::to_string(++made_), wish, issuer);
  }
  // A server below an authority with that wish, which the root issued.
  Served below(const Wish& wish) {
    const auto issuing = made(wish, root_);
    return {.own = made(server_wish(), issuing), .chain = {issuing}, .trusted = root_};
  }
  Served alone(const Wish& wish) { return {.own = made(wish, root_), .trusted = root_}; }

  std::vector<std::string> live(const Served& served) {
    auto options = served.server;
    if (!served.chain.empty()) {
      options.insert(options.end(),
                     {"-cert_chain", certificates_.bundle("chain.pem", served.chain).string()});
    }
    const OpensslServer server(served.own, options);
    Arguments further;
    if (!served.name.empty()) further = {"--name", served.name};
    for (const auto& list : served.lists) {
      further.insert(further.end(), {"--crl", list.string()});
    }
    if (served.lists_required) further.emplace_back("--crl-required");
    const auto answer = check(server.port(), served.trusted.certificate, further);
    std::vector<std::string> out;
    for (const auto& finding : answer.all.at("verdict").at("findings")) {
      out.push_back(finding.at("code"));
    }
    return sorted(out);
  }

  static std::vector<std::string> harness(const Served& served) {
    std::vector<std::string> chain, lists;
    for (const auto& one : served.chain) chain.push_back(one.pem());
    for (const auto& list : served.lists) lists.push_back(read_text(list));
    const bool by_name = !served.name.empty();
    const json test{
        {"id", "served"},
        {"validation_kind", "SERVER"},
        {"trusted_certs", {served.trusted.pem()}},
        {"untrusted_intermediates", chain},
        {"peer_certificate", served.own.pem()},
        {"validation_time", nullptr},
        {"expected_peer_name",
         {{"kind", by_name ? "DNS" : "IP"}, {"value", by_name ? served.name : "127.0.0.1"}}},
        {"crls", lists},
        {"x", {{"require_revocation", served.lists_required}}}};
    StartOptions options;
    options.input = json{{"version", 1}, {"testcases", {test}}}.dump();
    const auto finished = sealtone({"verify", "--cases"}, std::move(options));
    EXPECT_EQ(finished.status, 0) << finished.err;
    return sorted(
        codes_in(json::parse(finished.out).at("results").at(0).at("context").get<std::string>()));
  }

  // Both say the same, and this code is among it.
  void expect_both(const std::string& code, const Served& served) {
    const auto on_the_wire = live(served);
    EXPECT_EQ(on_the_wire, harness(served)) << code;
    EXPECT_TRUE(std::ranges::find(on_the_wire, code) != on_the_wire.end()) << code;
    said_.insert(code);
  }

  // Of a root, with that index of what it revoked.
  std::filesystem::path list(const std::vector<Identity>& revoked) {
    const auto index = folder_.write("index.txt", "");
    const auto config = folder_.write(
        "ca.cnf", "[ca]\ndefault_ca=here\n[here]\ndatabase=" + index.string() +
                      "\ndefault_md=sha256\ndefault_crl_days=30\nunique_subject=no\n");
    const Arguments as{"openssl",  "ca",
                       "-config",  config.string(),
                       "-cert",    root_.certificate.string(),
                       "-keyfile", root_.key.string()};
    for (const auto& one : revoked) {
      auto revoke = as;
      revoke.insert(revoke.end(), {"-revoke", one.certificate.string()});
      run_ok(revoke);
    }
    auto file = folder_.path() / "list.pem";
    auto make = as;
    make.insert(make.end(), {"-gencrl", "-out", file.string()});
    run_ok(make);
    return file;
  }

  std::set<std::string> said_;

 private:
  int made_ = 0;
};

TEST_F(CheckHarness, SaysTheSameAsTheLiveClientOfEveryCode) {
  const Arguments weak{"-cipher", "DEFAULT:@SECLEVEL=0"};
  const auto wish = [](auto change) {
    auto made = server_wish();
    change(made);
    return made;
  };

  EXPECT_EQ(live(alone(server_wish())), harness(alone(server_wish())));
  expect_both("issuer-unknown",
              {.own = made(server_wish(), other_root_), .chain = {other_root_}, .trusted = root_});
  expect_both("chain-incomplete", {.own = made(server_wish(), other_root_), .trusted = root_});
  expect_both("self-signed-leaf",
              {.own = certificates_.self_signed("alone", server_wish()), .trusted = root_});
  expect_both("expired", alone(wish([](Wish& w) { w.not_after = "20210101000000Z"; })));
  expect_both("not-yet-valid", alone(wish([](Wish& w) { w.not_before = "20900101000000Z"; })));
  auto other_name = alone(server_wish());
  other_name.name = "prov.example.com";
  expect_both("name-mismatch", other_name);

  auto damaged = alone(server_wish());
  auto der = read_text(damaged.own.der);
  der.back() = static_cast<char>(der.back() ^ 1);
  write_text(damaged.own.der, der);
  run_ok({"openssl", "x509", "-inform", "der", "-in", damaged.own.der.string(), "-out",
          damaged.own.certificate.string()});
  expect_both("bad-signature", damaged);

  auto sha1 = alone(wish([](Wish& w) { w.digest = "sha1"; }));
  sha1.server = weak;
  expect_both("weak-signature", sha1);
  auto short_key = alone(wish([](Wish& w) { w.key = "rsa:1024"; }));
  short_key.server = weak;
  expect_both("weak-key", short_key);

  // id-ecPublicKey, its last arc changed to one that is none.
  auto unknown_kind = below(authority());
  unknown_kind.server = weak;
  auto& issuing = unknown_kind.chain.front();
  auto changed = read_text(issuing.der);
  const std::string kind("\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01", 9);
  const auto at = changed.find(kind);
  ASSERT_NE(at, std::string::npos);
  changed[at + kind.size() - 1] = 0x7F;
  issuing.der = folder_.write("unknown.cer", changed);
  issuing.certificate = folder_.path() / "unknown.pem";
  run_ok({"openssl", "x509", "-inform", "der", "-in", issuing.der.string(), "-out",
          issuing.certificate.string()});
  expect_both("key-type-not-supported", unknown_kind);

  expect_both("eku-missing", alone(wish([](Wish& w) { w.extended_key_usage = "clientAuth"; })));
  expect_both("key-usage", below(authority({"keyUsage=critical,cRLSign"})));
  Wish none;
  none.common_name = "No Authority";
  expect_both("not-a-ca", below(none));
  const auto upper = made(authority({"basicConstraints=critical,CA:TRUE,pathlen:0"}), root_);
  auto lower_wish = authority();
  lower_wish.common_name = "Lower CA";
  const auto lower = made(lower_wish, upper);
  expect_both("path-length",
              {.own = made(server_wish(), lower), .chain = {lower, upper}, .trusted = root_});
  expect_both("name-constraint",
              below(authority({"nameConstraints=critical,permitted;DNS:example.com"})));
  expect_both("policy", below(authority({"policyConstraints=critical,requireExplicitPolicy:0"})));
  expect_both("unknown-critical-extension",
              below(authority({"1.3.6.1.4.1.99999.1=critical,ASN1:UTF8String:made"})));
  auto spelled_out = authority();
  spelled_out.key = "ec-explicit";
  expect_both("path-refused", below(spelled_out));

  auto revoked = alone(server_wish());
  revoked.lists = {list({revoked.own})};
  expect_both("revoked", revoked);
  auto uncovered = alone(server_wish());
  uncovered.lists_required = true;
  expect_both("revocation-unknown", uncovered);

  // Authorities of one name and of one issuer, whose keys take long to verify with, before the
  // issuer itself.
  auto slow = authority();
  slow.key = "ec:P-384";
  const auto issuer = made(slow, root_);
  // Without what would tell it from the others.
  const auto unnamed = wish([](Wish& w) { w.extensions = {"authorityKeyIdentifier=none"}; });
  Served busy{.own = made(unnamed, issuer), .chain = {issuer}, .trusted = root_};
  constexpr int kSlow = 12;
  for (int i = 0; i < kSlow; ++i) {
    busy.chain.insert(busy.chain.begin(), made(slow, root_));
  }
  expect_both("path-budget", busy);

  const auto old = certificates_.root("old");
  auto cross = authority();
  cross.common_name = "Sealtone test root";
  cross.key = "of:" + root_.key.string();
  cross.not_after = "20210101000000Z";
  auto crossed = alone(server_wish());
  crossed.chain = {made(cross, old)};
  expect_both("better-path-exists", crossed);

  for (const auto code : trust::all_finding_codes()) {
    if (code > FindingCode::pin_changed || kNoCase.contains(code)) continue;
    EXPECT_TRUE(said_.contains(trust::word(code)))
        << trust::word(code) << " is not compared: add what is served";
  }
}

}  // namespace
}  // namespace sealtone::test
