// SPDX-License-Identifier: Apache-2.0
//
// provision/changes: see changes.h.
#include "provision/changes.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text.h"
#include "explain/certificate_words.h"
#include "provision/trusting.h"
#include "settings/shown.h"

namespace sealtone::provision {
namespace {

using nlohmann::json;
using Certificates = std::vector<x509::Certificate>;

json setting_json(const settings::Known& known, const std::string& from, const std::string& to) {
  if (known.key->secret) {
    return {{"name", known.canonical},
            {"secret", true},
            {"was_set", !from.empty()},
            {"set", !to.empty()}};
  }
  const auto shown = [&](const std::string& value) {
    return base::visible(settings::shown_value(*known.key, value), settings::kMaxLineBytes);
  };
  return {{"name", known.canonical}, {"secret", false}, {"from", shown(from)}, {"to", shown(to)}};
}

json settings_json(const settings::Settings& before, const settings::Settings& after) {
  std::set<std::string, std::less<>> names;
  for (const auto& [name, value] : before.stored()) names.insert(name);
  for (const auto& [name, value] : after.stored()) names.insert(name);
  auto rows = json::array();
  for (const auto& name : names) {
    const auto known = settings::find_key(name);
    const auto from = before.get(name);
    const auto to = after.get(name);
    if (known && from != to) rows.push_back(setting_json(*known, from, to));
  }
  return rows;
}

// Those of one list that the other has not.
json without(const Certificates& list, const Certificates& other, std::chrono::sys_seconds now) {
  auto rows = json::array();
  for (const auto& certificate : list) {
    if (std::ranges::find(other, certificate) == other.end()) {
      rows.push_back(explain::certificate_json(certificate, now));
    }
  }
  return rows;
}

}  // namespace

json changes_json(const store::Store::Batch& batch, const Input& input) {
  const auto before = uploaded(*input.before);
  auto after = batch.clear_trusted ? Certificates() : before;
  after.insert(after.end(), batch.add_trusted.begin(), batch.add_trusted.end());

  const auto& own = input.before->credential;
  auto shown = batch.clear_credential ? std::nullopt : own;
  if (batch.credential) shown = batch.credential;
  const bool replaced =
      shown.has_value() != own.has_value() || (shown && own && shown->chain != own->chain);
  return {
      {"settings", settings_json(input.before->settings, batch.settings)},
      {"trusted_added", without(after, before, input.now)},
      {"trusted_deleted", without(before, after, input.now)},
      {"server_certificate",
       {{"changes", replaced},
        {"certificate", shown ? explain::certificate_json(shown->leaf(), input.now) : json()}}}};
}

}  // namespace sealtone::provision
