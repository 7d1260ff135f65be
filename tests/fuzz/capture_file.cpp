// SPDX-License-Identifier: Apache-2.0
//
// fuzz/capture_file: any octets as a capture file.
//
// What must hold besides "no crash": each connection is handed over once and counted; the stated
// bounds; what is shown is fit for a terminal; and little memory changes what is given up, not
// whether it ends.
#include <cstdint>
#include <cstdlib>
#include <set>

#include "capture/capture.h"

namespace {

using namespace sealtone;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_fit_for_a_terminal(const std::string& text) {
  for (const unsigned char c : text) require(c >= 0x20 && c != 0x7F);
}

std::size_t read_with(base::Bytes file, std::size_t most_memory) {
  capture::Options options;
  options.most_memory = most_memory;
  // As the figures of a key log may be: of nobody.
  options.key_log = "CLIENT_RANDOM " + std::string(64, '0') + " " + std::string(96, '1') + "\n";
  auto reader = capture::Reader::of(std::move(file), std::move(options));
  std::set<std::size_t> numbers;
  const auto ended = [&](capture::Connection one) {
    require(numbers.insert(one.number).second);
    require(one.record.observed.has_value());
    require(one.record.messages.size() <= handshake::kMaxMessages);
    require(one.server_certificates.size() == one.record.server_chain.size());
    require(one.client_certificates.size() == one.record.client_chain.size());
    require(one.first <= one.last);
    require_fit_for_a_terminal(one.user_agent);
  };
  for (bool more = true; more;) {
    const auto step = reader.read(10, ended);
    more = step && *step;
    require(reader.open_connections().size() + numbers.size() <= reader.totals().connections);
  }
  require(reader.totals().connections == numbers.size());
  require(reader.totals().remarks.size() <= 32);
  for (const auto& [address, agent] : reader.user_agents()) require_fit_for_a_terminal(agent);
  return numbers.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const base::Bytes file(data, data + size);
  constexpr std::size_t enough = 64'000'000, little = 4'000;
  (void)read_with(file, enough);
  (void)read_with(file, little);
  return 0;
}
