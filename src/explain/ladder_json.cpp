// SPDX-License-Identifier: Apache-2.0
//
// explain/ladder_json: the form of a Ladder that docs/json.md describes, both ways.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "explain/ladder.h"

namespace sealtone::explain {
namespace {

using nlohmann::json;

std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flag_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

std::size_t size_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_unsigned() ? found->get<std::size_t>() : 0;
}

Rung rung_from(const json& step) {
  Rung rung;
  rung.number = text_at(step, "number");
  rung.name = text_at(step, "name");
  rung.from_client = text_at(step, "from") == "client";
  rung.encrypted = flag_at(step, "encrypted");
  rung.size = size_at(step, "size");
  rung.at = std::chrono::microseconds(size_at(step, "at_us"));
  rung.note = text_at(step, "note");
  rung.failing = flag_at(step, "failing");
  return rung;
}

}  // namespace

nlohmann::json to_json(const Ladder& ladder) {
  auto rungs = nlohmann::json::array();
  for (const auto& rung : ladder.rungs) {
    rungs.push_back({{"number", rung.number},
                     {"name", rung.name},
                     {"from", rung.from_client ? "client" : "server"},
                     {"encrypted", rung.encrypted},
                     {"size", rung.size},
                     {"at_us", rung.at.count()},
                     {"note", rung.note},
                     {"failing", rung.failing}});
  }
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
          {"steps", rungs}};
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
  const auto steps = kept.find("steps");
  if (steps == kept.end() || !steps->is_array()) return ladder;
  for (const auto& step : *steps) {
    if (step.is_object()) ladder.rungs.push_back(rung_from(step));
  }
  const auto encrypted_from = size_at(kept, "encrypted_from");
  if (encrypted_from > 0 && encrypted_from < ladder.rungs.size()) {
    ladder.encrypted_from = encrypted_from;
  }
  return ladder;
}

}  // namespace sealtone::explain
