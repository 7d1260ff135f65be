// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/advice: see advice.h.
#include "e2e/advice.h"

#include <stdexcept>

namespace sealtone::test {

using nlohmann::json;

std::set<std::string>& cured_codes() {
  static std::set<std::string> codes;
  return codes;
}

Advice::Advice() : port_(free_port()) { trust_file_ = folder_.write("trusted.pem", root_.pem()); }

Wish Advice::server_wish() {
  Wish wish;
  wish.common_name = "localhost";
  wish.names = {"DNS:localhost", "IP:127.0.0.1"};
  wish.extended_key_usage = "serverAuth";
  return wish;
}

void Advice::knows(const std::string& common_name, const Identity& current) {
  people_.insert_or_assign(common_name, current);
}

void Advice::deploy(const Wish& wish, const Identity& issuer, const std::vector<Identity>& chain) {
  wish_ = wish;
  issuer_ = issuer;
  own_ = issue(wish, issuer);
  chain_.clear();
  for (const auto& one : chain) chain_.push_back(one.pem());
  start();
}

void Advice::deploy_self_signed(const Wish& wish) {
  wish_ = wish;
  issuer_.reset();
  own_ = self_signed(wish);
  chain_.clear();
  start();
}

void Advice::start() {
  server_.reset();
  if (serve_) {
    server_ = serve_(port_);
    return;
  }
  Arguments serve{"openssl", "s_server",
                  "-accept", "127.0.0.1:" + std::to_string(port_),
                  "-cert",   own_.certificate.string(),
                  "-key",    own_.key.string()};
  if (!chain_.empty()) {
    std::string text;
    for (const auto& pem : chain_) text += pem;
    serve.insert(serve.end(), {"-cert_chain", folder_.write("chain.pem", text).string()});
  }
  serve.insert(serve.end(), options_.begin(), options_.end());
  StartOptions options;
  options.keep_input_open = true;
  server_ = std::make_unique<Process>(serve, options);
  if (!server_->said("ACCEPT")) throw std::runtime_error("no server: " + server_->err());
}

void Advice::restart() { start(); }

Arguments Advice::command() const {
  Arguments arguments{"check", host_ + ":" + std::to_string(port_), "--trust",
                      trust_file_.string()};
  arguments.insert(arguments.end(), further_.begin(), further_.end());
  return arguments;
}

json Advice::ask(int& status) const {
  auto arguments = command();
  arguments.emplace_back("--json");
  Finished finished;
  if (before_.empty()) {
    finished = sealtone(arguments);
  } else {
    auto whole = before_;
    whole.emplace_back(std::getenv("SEALTONE_BINARY"));
    whole.insert(whole.end(), arguments.begin(), arguments.end());
    finished = run(whole);
  }
  status = finished.status;
  if (status > 1) throw std::runtime_error(finished.err + finished.out);
  return json::parse(finished.out);
}

void Advice::expect_cure(const std::string& code) {
  int status = 0;
  const auto refused = ask(status);
  const auto& verdict = refused.at("verdict");
  EXPECT_EQ(status, 1) << codes(verdict);
  for (const auto& finding : verdict.at("findings")) {
    if (finding.at("code") != code) continue;
    const auto& fix = finding.at("fix");
    ASSERT_NO_THROW(perform(fix)) << fix.dump(2);
    const auto cured = ask(status);
    EXPECT_EQ(status, 0) << "after: " << fix.at("say") << "\n"
                         << cured.at("verdict").at("headline") << codes(cured.at("verdict"));
    if (status == 0) cured_codes().insert(code);
    return;
  }
  ADD_FAILURE() << code << " was not found, but " << codes(verdict);
}

}  // namespace sealtone::test
