// SPDX-License-Identifier: Apache-2.0
#include "e2e/other_eyes.h"

#include <regex>

#include "support/process.h"

namespace sealtone::test {
namespace {

StartOptions with_input(const std::string& pem) {
  StartOptions options;
  options.input = pem;
  return options;
}

}  // namespace

std::string seen(const std::string& pem, const std::string& what) {
  return run_ok({"openssl", "x509", "-noout", what}, with_input(pem));
}

std::string common_name_of(const std::string& pem) {
  const auto line =
      run_ok({"openssl", "x509", "-noout", "-subject", "-nameopt", "multiline"}, with_input(pem));
  static const std::regex pattern("commonName *= (.*)");
  std::smatch found;
  return std::regex_search(line, found, pattern) ? found[1].str() : "";
}

bool is_self_issued(const std::string& pem) {
  const auto name = [&](const std::string& what) {
    const auto line = seen(pem, what);
    return line.substr(line.find('='));
  };
  return name("-subject") == name("-issuer");
}

bool has_run_out(const std::string& pem) {
  return run({"openssl", "x509", "-noout", "-checkend", "0"}, with_input(pem)).status != 0;
}

std::vector<std::string> blocks_of(const std::string& text, const std::string& kind) {
  std::vector<std::string> out;
  for (std::size_t from = 0;;) {
    const auto begin = text.find("-----BEGIN ", from);
    const auto end = text.find("-----END ", from);
    if (begin == std::string::npos || end == std::string::npos) return out;
    const auto behind = text.find('\n', end) + 1;
    if (text.substr(0, text.find('\n', begin)).ends_with(kind + "-----")) {
      out.push_back(text.substr(begin, behind - begin));
    }
    from = behind;
  }
}

std::string first_quoted(const std::string& say) {
  static const std::regex pattern("\"([^\"]+)\"");
  std::smatch found;
  return std::regex_search(say, found, pattern) ? found[1].str() : "";
}

}  // namespace sealtone::test
