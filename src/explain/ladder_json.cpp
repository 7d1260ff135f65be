// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_json: the form of a Ladder that docs/json.md describes, both ways.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "explain/ladder.h"
#include "explain/ladder_parts.h"
#include "explain/spoken.h"

namespace sealtone::explain {
namespace {

using nlohmann::json;

// What was kept was made visible before; a file that others changed is no way around it.
std::string fit(const std::string& text) {
  constexpr std::size_t longest = 4'000;
  return base::visible(text, longest);
}

std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? fit(found->get_ref<const std::string&>())
                                                     : std::string();
}

bool flag_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::size_t size_at(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return 0;
  return static_cast<std::size_t>(std::max<std::int64_t>(found->get<std::int64_t>(), 0));
}

std::chrono::microseconds time_at(const json& object, const char* key) {
  constexpr std::size_t longest = 1'000'000'000'000'000;
  return std::chrono::microseconds(
      static_cast<std::int64_t>(std::min(size_at(object, key), longest)));
}

const json& list_at(const json& object, const char* key) {
  static const json nothing = json::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : nothing;
}

Fact fact_from(const json& kept) {
  Fact fact;
  fact.name = text_at(kept, "name");
  for (const auto& value : list_at(kept, "values")) {
    if (fact.values.size() == kMaxValues) break;
    if (value.is_string()) fact.values.push_back(fit(value.get_ref<const std::string&>()));
  }
  fact.count = std::max(size_at(kept, "count"), fact.values.size());
  return fact;
}

constexpr std::array kKinds{"sent", "trusted", "missing"};

Link link_from(const json& kept) {
  Link link;
  const auto kind = std::ranges::find(kKinds, text_at(kept, "kind"));
  if (kind != kKinds.end()) link.kind = static_cast<Link::Kind>(kind - kKinds.begin());
  link.name = text_at(kept, "name");
  link.role = text_at(kept, "role");
  link.note = text_at(kept, "note");
  return link;
}

Rung rung_from(const json& step) {
  Rung rung;
  rung.number = text_at(step, "number");
  rung.name = text_at(step, "name");
  rung.from_client = text_at(step, "from") == "client";
  rung.encrypted = flag_at(step, "encrypted");
  // Before there were captures to read, all that was kept had been read.
  rung.readable = !step.contains("readable") || flag_at(step, "readable");
  rung.messages = std::max<std::size_t>(size_at(step, "messages"), 1);
  rung.size = size_at(step, "size");
  rung.at = time_at(step, "at_us");
  rung.since_last = time_at(step, "since_last_us");
  rung.note = text_at(step, "note");
  rung.failing = flag_at(step, "failing");
  for (const auto& fact : list_at(step, "facts")) {
    if (fact.is_object()) rung.facts.push_back(fact_from(fact));
  }
  return rung;
}

json facts_json(const std::vector<Fact>& facts) {
  auto rows = json::array();
  for (const auto& fact : facts) {
    rows.push_back({{"name", fact.name}, {"values", fact.values}, {"count", fact.count}});
  }
  return rows;
}

json chain_json(const std::vector<Link>& chain) {
  auto rows = json::array();
  for (const auto& link : chain) {
    rows.push_back({{"kind", kKinds.at(static_cast<std::size_t>(link.kind))},
                    {"name", link.name},
                    {"role", link.role},
                    {"note", link.note}});
  }
  return rows;
}

json rungs_json(const std::vector<Rung>& rungs) {
  auto rows = json::array();
  for (const auto& rung : rungs) {
    rows.push_back({{"number", rung.number},
                    {"name", rung.name},
                    {"from", rung.from_client ? "client" : "server"},
                    {"encrypted", rung.encrypted},
                    {"readable", rung.readable},
                    {"messages", rung.messages},
                    {"size", rung.size},
                    {"at_us", rung.at.count()},
                    {"since_last_us", rung.since_last.count()},
                    {"note", rung.note},
                    {"failing", rung.failing},
                    {"facts", facts_json(rung.facts)}});
  }
  return rows;
}

}  // namespace

nlohmann::json to_json(const Dialogue& dialogue) {
  if (dialogue.rungs.empty()) return nullptr;
  return {{"messages", rungs_json(dialogue.rungs)},
          {"left_out", dialogue.left_out},
          {"left_out_before", dialogue.left_out_before}};
}

Dialogue dialogue_from_json(const json& kept) {
  Dialogue dialogue;
  if (!kept.is_object()) return dialogue;
  for (const auto& message : list_at(kept, "messages")) {
    if (message.is_object()) dialogue.rungs.push_back(rung_from(message));
  }
  dialogue.left_out = size_at(kept, "left_out");
  dialogue.left_out_before = size_at(kept, "left_out_before");
  return dialogue;
}

nlohmann::json to_json(const Ladder& ladder) {
  return {{"version", ladder.version},
          {"cipher_suite", ladder.cipher_suite},
          {"key_exchange", ladder.key_exchange},
          {"forward_secret", ladder.forward_secret},
          {"resumed", ladder.resumed},
          {"session_of", ladder.session_of ? nlohmann::json(base::utc(*ladder.session_of))
                                           : nlohmann::json(nullptr)},
          {"encrypted_from", ladder.encrypted_from ? nlohmann::json(*ladder.encrypted_from)
                                                   : nlohmann::json(nullptr)},
          {"result", ladder.result},
          {"closed_by",
           ladder.closed_by.empty() ? nlohmann::json(nullptr) : nlohmann::json(ladder.closed_by)},
          {"reset", ladder.reset},
          {"closing", ladder.closed_by.empty() ? nlohmann::json(nullptr)
                                               : nlohmann::json(closing_words(ladder))},
          {"steps", rungs_json(ladder.rungs)},
          {"chain", chain_json(ladder.chain)},
          {"remarks", ladder.remarks}};
}

Ladder ladder_from_json(const json& kept) {
  Ladder ladder;
  if (!kept.is_object()) return ladder;
  ladder.version = text_at(kept, "version");
  ladder.cipher_suite = text_at(kept, "cipher_suite");
  ladder.key_exchange = text_at(kept, "key_exchange");
  ladder.forward_secret = flag_at(kept, "forward_secret");
  ladder.resumed = flag_at(kept, "resumed");
  ladder.session_of = base::parse_utc(text_at(kept, "session_of"));
  ladder.result = text_at(kept, "result");
  ladder.closed_by = text_at(kept, "closed_by");
  ladder.reset = flag_at(kept, "reset");
  for (const auto& step : list_at(kept, "steps")) {
    if (step.is_object()) ladder.rungs.push_back(rung_from(step));
  }
  for (const auto& link : list_at(kept, "chain")) {
    if (link.is_object()) ladder.chain.push_back(link_from(link));
  }
  for (const auto& remark : list_at(kept, "remarks")) {
    if (remark.is_string()) ladder.remarks.push_back(fit(remark.get_ref<const std::string&>()));
  }
  const auto from = size_at(kept, "encrypted_from");
  const bool known = kept.contains("encrypted_from") && !kept.at("encrypted_from").is_null();
  if (known && from < ladder.rungs.size()) ladder.encrypted_from = from;
  return ladder;
}

}  // namespace sealtone::explain
