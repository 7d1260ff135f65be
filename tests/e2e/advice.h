// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/advice: a server of somebody else's that a check refuses, its admin, and the admin's
// hands: what a finding's `fix` says is done to the letter, nothing else of the answer is looked
// at.
//
// The server is openssl s_server, or nginx where a scene says so, always on the same port, so that
// the same command meets it again.  Knows no room of Sealtone.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "e2e/advised.h"
#include "e2e/phone_under_test.h"

namespace sealtone::test {

// All codes whose fix was carried out in this program, and cured.
[[nodiscard]] std::set<std::string>& cured_codes();

class Advice : public Advised {
 protected:
  Advice();

  // The wish of a server certificate in order.
  static Wish server_wish();

  // What stands on the server, and what it was asked for with.  Whoever issued it issues it again.
  void deploy(const Wish& wish, const Identity& issuer, const std::vector<Identity>& chain = {});
  void deploy_self_signed(const Wish& wish);
  void start();
  // Who can be asked for the current certificate of an authority, by its name.
  void knows(const std::string& common_name, const Identity& current);

  // The command that is repeated: "check TARGET --trust FILE …".
  [[nodiscard]] Arguments command() const;
  [[nodiscard]] nlohmann::json ask(int& status) const;

  // The finding is there; its fix, carried out, ends the same command with 0.
  void expect_cure(const std::string& code);

  // The scene, as its tests set it up.
  Identity other_root_ = certificates_.root("other-root");
  std::filesystem::path trust_file_;
  std::string host_ = "127.0.0.1";
  Arguments further_ = {};  // of the command
  Arguments before_ = {};   // the command runs under this: "faketime", "2009-…"
  Arguments options_ = {};  // of openssl s_server
  // In the place of openssl s_server, on that port, with what is deployed.
  std::function<std::unique_ptr<Process>(std::uint16_t port)> serve_ = {};
  // What stands on the server.
  Identity own_;
  Wish wish_;
  std::optional<Identity> issuer_;
  std::vector<std::string> chain_;  // PEM, behind its own

 private:
  void perform(const nlohmann::json& fix);
  void add_trusted(const nlohmann::json& fix);
  void send_intermediate(const nlohmann::json& fix);
  void replace_certificate(const std::string& say);
  void change_name(const std::string& say);
  void enable_version(const std::string& say);
  void set_client_certificate(const std::string& say);

  // The certificate that a fix speaks of: in it, or asked for as it says.
  std::string wanted_pem(const nlohmann::json& fix);
  void reissue(const std::function<void(Wish&)>& change);
  void reissue_by_a_sound_authority();
  void replace_in_chain(const std::string& common_name, const std::string& pem);
  void replace_in_list(const std::string& common_name, const std::string& pem);
  void restart();

  std::map<std::string, Identity> people_;
  std::unique_ptr<Process> server_;
  std::uint16_t port_ = 0;
};

}  // namespace sealtone::test
