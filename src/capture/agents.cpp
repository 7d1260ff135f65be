// SPDX-License-Identifier: Apache-2.0
#include "capture/agents.h"

#include <algorithm>

#include "base/text.h"

namespace sealtone::capture {
namespace {

constexpr std::size_t kMostShown = 200;

// "REGISTER ", "GET ": as far as it is there.  Also an answer of SIP, whose line has the same name.
bool may_be_request(std::string_view text) {
  constexpr std::size_t longest_method = 16;
  constexpr std::string_view answer = "SIP/2.0 ";
  if (text.starts_with(answer.substr(0, text.size()))) return true;
  const auto space = std::ranges::find_if(text, [](char c) { return c < 'A' || c > 'Z'; });
  const auto method = static_cast<std::size_t>(space - text.begin());
  if (method > longest_method) return false;
  return space == text.end() || (method > 0 && *space == ' ');
}

// Which version a request's first line names; npos: none.
bool names_its_protocol(std::string_view line) {
  return line.starts_with("SIP/2.0 ") || line.ends_with(" SIP/2.0") ||
         line.ends_with(" HTTP/1.1") || line.ends_with(" HTTP/1.0");
}

struct Looked {
  std::string agent;
  bool whole = false;  // all lines are there
};

Looked look(std::string_view text) {
  Looked looked;
  bool first = true;
  while (!looked.whole) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return looked;
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    text.remove_prefix(end + 1);
    looked.whole = line.empty() || (first && !names_its_protocol(line));
    first = false;
    constexpr std::string_view name = "user-agent:";
    if (line.size() <= name.size()) continue;
    if (!base::equal_ignoring_ascii_case(line.substr(0, name.size()), name)) continue;
    looked.agent = base::visible(base::trim(line.substr(name.size())), kMostShown);
    looked.whole = true;
  }
  return looked;
}

}  // namespace

std::string user_agent_in(base::ByteView message) {
  const auto text = base::text(message.first(std::min(message.size(), kMostSearched)));
  return may_be_request(text) ? look(text).agent : std::string{};
}

std::string AgentSearch::feed(base::ByteView octets) {
  if (over_ || octets.empty()) return {};
  const auto more = octets.first(std::min(octets.size(), kMostSearched - text_.size()));
  text_.append(base::text(more));
  Looked looked;
  if (may_be_request(text_)) looked = look(text_);
  over_ = looked.whole || text_.size() == kMostSearched || !may_be_request(text_);
  if (over_) text_ = {};
  return looked.agent;
}

}  // namespace sealtone::capture
