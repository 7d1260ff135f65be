// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/secrets: secrets to plant, and whether an output holds one, in whatever form.
//
// Forms: as it is (and in other case), percent-encoded, base64 (at each of the three alignments,
// both alphabets), hexadecimal (with and without colons), JSON's \u escapes; each also where white
// space was put in between, as PEM does.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sealtone::test {

struct Secret {
  std::string name;   // "account.1.password"
  std::string value;  // what is planted: the core between characters that encodings change
  std::string core;   // what is looked for
};

class Secrets {
 public:
  // A new one that is like no other: made for the test and saying so.
  const Secret& plant(const std::string& name);
  // One that was not of our choosing: a token, octets of a private key.
  const Secret& know(const std::string& name, const std::string& core);
  // Where it belongs: the output in which the program tells it on purpose.
  void belongs(const std::string& name, const std::string& output);
  [[nodiscard]] const std::vector<Secret>& all() const { return all_; }
  [[nodiscard]] const std::string& value(const std::string& name) const;

  // "SECRET in OUTPUT as FORM", one for each secret and output, leaving out what belongs there.
  [[nodiscard]] std::vector<std::string> found_in(const std::string& output,
                                                  std::string_view octets) const;

 private:
  std::vector<Secret> all_;
  std::multimap<std::string, std::string> belongs_;
};

// Octets of a private key that say nothing of the public one; from a PEM file made by openssl.
[[nodiscard]] std::string private_octets(const std::string& key_file);

}  // namespace sealtone::test
