// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/fresh_certificates: certificates and revocation lists made in this process,
// thousands of them, under keys that the openssl tool made.
//
// Knows no room of Sealtone: extensions are written as openssl.cnf has them, and libcrypto encodes
// and signs.  Units: UTC seconds.  Errors: std::runtime_error.
#pragma once

#include <openssl/x509.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace sealtone::test {

using Chance = std::mt19937_64;
[[nodiscard]] std::size_t below(Chance& chance, std::size_t bound);  // 0 ≤ x < bound
[[nodiscard]] bool one_in(Chance& chance, std::size_t times);

using Key = std::shared_ptr<EVP_PKEY>;

// Made once by `openssl genpkey`: "P-256", "P-384", "RSA 2048", "ED25519", and such as nobody
// should use: "RSA 1024", "P-192", "explicit".
class KeyPool {
 public:
  KeyPool();
  [[nodiscard]] Key any(const std::string& kind, Chance& chance) const;
  [[nodiscard]] Key sound(Chance& chance) const;  // of a kind that may be used
  [[nodiscard]] Key other_than(const Key& key, Chance& chance) const;

 private:
  std::map<std::string, std::vector<Key>> keys_;
};

struct Wanted {
  std::string common_name = {};
  Key key = {};
  std::chrono::sys_seconds not_before = {}, not_after = {};
  std::string digest = "SHA256";
  // In this order: {"basicConstraints", "critical,CA:TRUE"}.  A value may name [directory].
  std::vector<std::pair<std::string, std::string>> extensions = {};
  bool key_ids = true;  // with subject and authority key identifiers

  // Takes the place of what is there under this name, if anything.
  void set(const std::string& extension, const std::string& value);
  void remove(const std::string& extension);
};

struct Made {
  std::shared_ptr<X509> x509 = {};
  Key key = {};
  std::string digest = {};
  [[nodiscard]] std::string pem() const;
};

// issuer nullptr: signed by itself.
[[nodiscard]] Made make(const Wanted& wanted, const Made* issuer, Chance& chance);
// The same with its signature damaged.
[[nodiscard]] Made damaged(const Made& made);

struct FreshList {
  std::shared_ptr<X509_CRL> crl;
  [[nodiscard]] std::string pem() const;
};
[[nodiscard]] FreshList list_of(const Made& issuer, const std::vector<const Made*>& revoked,
                                std::chrono::sys_seconds now);

}  // namespace sealtone::test
