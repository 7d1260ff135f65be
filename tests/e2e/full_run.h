// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/full_run: the real program with another secret in every place that can hold one, and
// everything that comes out of it.
//
// The places come from the program's own tables: the secret keys and the URLs of keys.tsv, the
// routes of the API, the commands that --help lists.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "e2e/phone_under_test.h"
#include "e2e/program_surface.h"
#include "e2e/secrets.h"
#include "support/peers.h"

namespace sealtone::test {

inline constexpr const char* kMac = "001565000001";

class FullRun : public testing::Test {
 protected:
  Certificates certificates_;
  TempDir folder_, files_;
  Identity root_ = certificates_.root();
  Identity own_ = certificates_.client(root_, "own"),
           delivered_ = certificates_.client(root_, "new");
  Identity stray_ = rsa("stray");
  Secrets secrets_;
  std::map<std::string, std::string> outputs_;

  Identity rsa(const std::string& name) {
    Wish wish;
    wish.common_name = name;
    wish.key = "rsa:2048";
    return certificates_.self_signed(name, wish);
  }
  // What came out of it; secrets that it tells on purpose are known from here on.
  void heard(const std::string& from, const std::string& octets);
  std::string plant(const std::string& name) { return secrets_.plant(name).value; }
  std::string secret_file(const std::string& name, const std::string& text) {
    return folder_.write(name, text).string();
  }
  std::string with_key(const Identity& identity) {
    return secret_file(identity.name + "-both.pem", identity.pem() + identity.key_pem());
  }
  // With the planted user and password.
  std::string url_to(std::uint16_t port, const std::string& path = "/");

  // The certificate and, encrypted with the planted passphrase, the key.
  std::string with_encrypted_key(const Identity& identity);

  // A command of the program, to its end, and what it said.
  void command(Arguments arguments, StartOptions options = {});
  void in_both_forms(Arguments arguments, const StartOptions& options = {});

  // ---- what is planted
  std::map<std::string, std::string> settings_;  // key -> value, all secret or with a secret in it

  void plant_all();
  // It asks everybody for a name and a password, and takes any.
  static Nginx::Options serving(const Identity& identity, const std::string& location);
  void publish(const Nginx& server);

  // ---- what is done
  void provision_from(const PhoneUnderTest& phone, const std::string& url);
  void use_every_command(const PhoneUnderTest& phone, const std::string& url);
  void use_passphrases(const LeafCommand& leaf, const std::string& state);
  void use_every_route(const PhoneUnderTest& phone);
  void use_the_page(const PhoneUnderTest& phone, const std::string& url);
  void read_what_stays(PhoneUnderTest& phone);
  void know_session_secrets(const std::filesystem::path& key_log);
};

}  // namespace sealtone::test
