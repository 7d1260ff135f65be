// SPDX-License-Identifier: Apache-2.0
#include "e2e/phone_under_test.h"

#include <cstdlib>
#include <regex>
#include <stdexcept>

namespace sealtone::test {
namespace {

std::string program() {
  const char* path = std::getenv("SEALTONE_BINARY");
  if (path == nullptr) throw std::runtime_error("SEALTONE_BINARY names no program");
  return path;
}

Arguments with_program(Arguments arguments) {
  arguments.insert(arguments.begin(), program());
  return arguments;
}

std::string printed_if_any(const std::string& text, const std::string& pattern) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(pattern)) ? found[1].str() : "";
}

std::string printed(const std::string& text, const std::string& pattern) {
  const auto found = printed_if_any(text, pattern);
  if (found.empty()) {
    throw std::runtime_error("the phone did not print " + pattern + ":\n" + text);
  }
  return found;
}

std::set<std::string>& seen() {
  static std::set<std::string> codes;
  return codes;
}

}  // namespace

Finished sealtone(Arguments arguments, StartOptions options) {
  return run(with_program(std::move(arguments)), std::move(options));
}

nlohmann::json sealtone_json(Arguments arguments) {
  arguments.emplace_back("--json");
  const auto finished = sealtone(arguments);
  if (finished.status > 1) throw std::runtime_error(finished.err + finished.out);
  return nlohmann::json::parse(finished.out);
}

std::string unwrapped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank || !out.ends_with(' ')) out += blank ? ' ' : c;
  }
  return out;
}

std::string codes(const nlohmann::json& verdict) {
  std::string out;
  for (const auto& finding : verdict.at("findings")) {
    const auto code = finding.at("code").get<std::string>();
    if (!out.empty()) out += ' ';
    out += code;
    seen().insert(code);
  }
  return out;
}

const std::set<std::string>& codes_seen() { return seen(); }

PhoneUnderTest::PhoneUnderTest(Arguments further, const std::vector<std::filesystem::path>& trusted)
    : PhoneUnderTest({}, std::make_unique<TempDir>(), std::move(further), trusted) {}

PhoneUnderTest PhoneUnderTest::on(std::filesystem::path state, Arguments further) {
  return {std::move(state), nullptr, std::move(further), {}};
}

PhoneUnderTest::PhoneUnderTest(std::filesystem::path where, std::unique_ptr<TempDir> folder,
                               Arguments further, const std::vector<std::filesystem::path>& trusted)
    : folder_(std::move(folder)), state_(folder_ ? folder_->path() / "state" : std::move(where)) {
  for (const auto& certificate : trusted) must({"trust", "add", certificate.string()});
  Arguments arguments{"phone", "--state", state().string(), "--https-port", "0"};
  arguments.insert(arguments.end(), further.begin(), further.end());
  process_ = std::make_unique<Process>(with_program(std::move(arguments)));
  if (!process_->said("State: ")) {
    throw std::runtime_error("the phone did not start: " + process_->err() + process_->out());
  }
  const auto said = process_->out();
  page_ = printed(said, "Page: (https://[^\\s]+)");
  port_ = static_cast<std::uint16_t>(std::stoi(printed(page_, ":([0-9]+)/")));
  fingerprint_ = printed(said, "SHA-256 ([0-9A-F:]{95})");
  password_ = printed_if_any(said, "One-time password: ([^\\s]+)");
}

Finished PhoneUnderTest::command(Arguments arguments) const {
  arguments.emplace_back("--state");
  arguments.push_back(state().string());
  return sealtone(std::move(arguments));
}

void PhoneUnderTest::must(Arguments arguments) const {
  const auto finished = command(std::move(arguments));
  if (finished.status != 0) throw std::runtime_error(finished.err + finished.out);
}

void PhoneUnderTest::set(const std::string& key, const std::string& value) const {
  // From a file: a URL with a password in it is not taken as an argument.
  const TempDir scratch;
  must({"set", key, "--value-file", scratch.write("value", value).string()});
}

nlohmann::json PhoneUnderTest::ask(Arguments arguments) const {
  arguments.emplace_back("--state");
  arguments.push_back(state().string());
  return sealtone_json(std::move(arguments));
}

nlohmann::json PhoneUnderTest::provision() const {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  Finished finished;
  do {
    finished = command({"provision", "now", "--json"});
  } while (finished.err.find("already") != std::string::npos &&
           std::chrono::steady_clock::now() < end);
  if (finished.status > 1) throw std::runtime_error(finished.err + finished.out);
  return nlohmann::json::parse(finished.out);
}

}  // namespace sealtone::test
