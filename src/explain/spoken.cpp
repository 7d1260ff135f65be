// SPDX-License-Identifier: Apache-2.0
#include "explain/spoken.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace sealtone::explain {
namespace {

// What stands behind the colon, once more of a field that came more than once.
void add_field(std::vector<Fact>& facts, const std::string& name, std::string value) {
  auto fact = std::ranges::find(facts, name, &Fact::name);
  if (fact == facts.end()) {
    facts.push_back({.name = name, .values = {}, .count = 0});
    fact = std::prev(facts.end());
  }
  ++fact->count;
  if (fact->values.size() < kMaxValues) fact->values.push_back(std::move(value));
}

// Header fields up to the empty line; behind it the body.
std::vector<Fact> fields_of(std::string_view text) {
  std::vector<Fact> facts;
  bool first = true, in_body = false;
  for (const auto line : base::split(text, '\n')) {
    if (std::exchange(first, false)) continue;
    if (line.empty()) {
      in_body = true;
      continue;
    }
    const auto colon = line.find(':');
    if (in_body || colon == std::string_view::npos) {
      add_field(facts, "body", std::string(line));
    } else {
      add_field(facts, std::string(line.substr(0, colon)),
                std::string(base::trim(line.substr(colon + 1))));
    }
  }
  return facts;
}

Rung rung_of(const Saying& saying, bool encrypted, std::chrono::microseconds before) {
  Rung rung;
  const bool response = !saying.line.empty() && saying.line[0] >= '0' && saying.line[0] <= '9';
  const auto blank = response ? std::string::npos : saying.line.find(' ');
  rung.name = saying.line.substr(0, blank);
  if (blank != std::string::npos) rung.note = saying.line.substr(blank + 1);
  rung.from_client = saying.from_client;
  rung.encrypted = encrypted;
  rung.at = saying.at;
  rung.since_last = saying.at - before;
  rung.facts = fields_of(saying.text);
  return rung;
}

}  // namespace

Dialogue dialogue(const Conversation& conversation) {
  Dialogue dialogue{.left_out = conversation.left_out,
                    .left_out_before = conversation.left_out_before};
  auto before =
      conversation.said.empty() ? std::chrono::microseconds(0) : conversation.said.front().at;
  for (const auto& saying : conversation.said) {
    dialogue.rungs.push_back(rung_of(saying, conversation.encrypted, before));
    before = saying.at;
  }
  return dialogue;
}

std::string left_out_words(const Dialogue& dialogue) {
  return fmt::format("{} more message{}", dialogue.left_out, dialogue.left_out == 1 ? "" : "s");
}

}  // namespace sealtone::explain
