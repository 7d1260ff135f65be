// SPDX-License-Identifier: Apache-2.0
//
// fuzz/capture_secrets: a key log, an octet of zero, and a capture, which the secrets may open.
//
// What must hold besides "no crash": each connection is handed over once, whether the secrets are
// known from the start or come later; what later ones open, those from the start open, too; and
// without octets of the capture's own no key log makes a connection.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>

#include "capture/capture.h"

namespace {

using namespace sealtone;

void require(bool holds) {
  if (!holds) std::abort();
}

// Of each connection by its number whether anything of it was opened.
using Opened = std::map<std::size_t, bool>;

void take(Opened& opened, const capture::Connection& one) {
  require(one.record.observed.has_value());
  require(one.record.messages.size() <= handshake::kMaxMessages);
  require(one.server_certificates.size() == one.record.server_chain.size());
  require(opened.emplace(one.number, one.record.observed->keys).second);
  for (const unsigned char c : one.user_agent) require(c >= 0x20 && c != 0x7F);
}

Opened with_secrets_from_the_start(const base::Bytes& file, std::string key_log) {
  Opened opened;
  capture::Options options;
  options.key_log = std::move(key_log);
  auto reader = capture::Reader::of(file, std::move(options));
  const auto ended = [&](const capture::Connection& one) { take(opened, one); };
  while (reader.read(10, ended).value_or(false)) {
  }
  return opened;
}

// Two packets, a line, two packets, a line.
Opened with_secrets_that_come(const base::Bytes& file, std::string_view key_log,
                              std::size_t most_memory) {
  Opened opened;
  capture::Options options;
  options.secrets_later = true;
  options.most_memory = most_memory;
  auto reader = capture::Reader::of(file, std::move(options));
  const auto ended = [&](const capture::Connection& one) { take(opened, one); };
  while (reader.read(2, ended).value_or(false)) {
    const auto line = key_log.substr(0, key_log.find('\n'));
    key_log.remove_prefix(std::min(key_log.size(), line.size() + 1));
    reader.add_secrets(line);
    require(reader.open_connections().size() + opened.size() <= reader.totals().connections);
  }
  require(opened.size() == reader.totals().connections);
  return opened;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* const end = data + size;
  const auto* const zero = std::find(data, end, std::uint8_t{0});
  const std::string key_log(data, zero);
  const base::Bytes file(zero == end ? end : zero + 1, end);
  const auto early = with_secrets_from_the_start(file, key_log);
  constexpr std::size_t enough = 64'000'000, little = 40'000;
  const auto late = with_secrets_that_come(file, key_log, enough);
  require(early.size() == late.size());
  for (const auto& [number, opened] : late) {
    const auto same = early.find(number);
    require(same != early.end() && (same->second || !opened));
  }
  (void)with_secrets_that_come(file, key_log, little);
  return 0;
}
