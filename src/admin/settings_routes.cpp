// SPDX-License-Identifier: Apache-2.0
// The routes of the settings; a secret's value never leaves.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "admin/answers.h"
#include "admin/body.h"
#include "admin/routes.h"
#include "base/text.h"
#include "settings/settings.h"
#include "settings/shown.h"
#include "store/trusted_limit.h"

namespace sealtone::admin {
namespace {

using base::ErrorCode;
using nlohmann::json;
constexpr std::size_t kMostChanges = 1'000;

json setting_json(const settings::Settings& settings, const settings::Known& known) {
  const auto& key = *known.key;
  const auto value = settings.get(known.canonical);
  json row{{"name", known.canonical},
           {"secret", key.secret},
           {"range", key.range},
           {"note", key.note},
           {"changed", settings.is_set(known.canonical)}};
  if (key.secret) {
    row["set"] = !value.empty();
  } else {
    row["value"] = settings::shown_value(key, value);
    row["factory"] = key.factory;
  }
  return row;
}

bool has_index(std::string_view name) {
  return name.find(".X") != std::string_view::npos || name.find(".Y") != std::string_view::npos;
}

json rows_json(const settings::Settings& settings) {
  auto rows = json::array();
  for (const auto& key : settings::all_keys()) {
    if (has_index(key.name)) continue;
    const auto known = settings::find_key(key.name);
    if (known) rows.push_back(setting_json(settings, *known));
  }
  for (const auto& [name, value] : settings.stored()) {
    const auto known = settings::find_key(name);
    if (known && has_index(known->key->name)) rows.push_back(setting_json(settings, *known));
  }
  return rows;
}

// The body's object as changes; all members strings or null.
base::Result<std::map<std::string, std::optional<std::string>>> changes_in(
    const std::string& body) {
  const auto object = json_object(body);
  if (!object) return std::unexpected(object.error());
  if (object->empty() || object->size() > kMostChanges) {
    return base::fail(ErrorCode::bad_input, "",
                      fmt::format("write an object of 1 to {} settings", kMostChanges));
  }
  std::map<std::string, std::optional<std::string>> changes;
  for (const auto& [key, value] : object->items()) {
    if (!value.is_string() && !value.is_null()) {
      return base::fail(ErrorCode::bad_input, base::visible(key, 100),
                        "its value is written as a string, or null for the factory value");
    }
    if (value.is_null()) {
      changes[key] = std::nullopt;
    } else {
      changes[key] = value.get<std::string>();
    }
  }
  return changes;
}

}  // namespace

net::Task<http::Response> list_settings(Call call) {
  const auto snapshot = call.phone.snapshot();
  std::function<http::Response()> make = [snapshot] {
    return answer_json(200, {{"settings", rows_json(snapshot->settings)}});
  };
  auto response = co_await answer_aside(call.phone, std::move(make));
  co_return response;
}

net::Task<http::Response> show_setting(Call call) {
  const auto known = settings::find_key(call.tail);
  if (!known) {
    co_return refuse({ErrorCode::not_found, base::visible(call.tail, 100), "no such setting"});
  }
  co_return answer_json(200, setting_json(call.phone.snapshot()->settings, *known));
}

net::Task<http::Response> change_settings(Call call) {
  auto changes = changes_in(call.request.body);
  if (!changes) co_return refuse(changes.error());
  const auto count = changes->size();
  const bool limits = std::ranges::any_of(*changes, [](const auto& change) {
    const auto known = settings::find_key(change.first);
    return known && known->canonical == store::kTrustedLimitKey;
  });
  const auto changed = co_await call.phone.change_settings(std::move(*changes));
  if (!changed) co_return refuse(changed.error());
  auto says = count == 1 ? std::string("The setting was changed.")
                         : fmt::format("{} settings were changed.", count);
  if (limits) {
    const auto after = call.phone.snapshot();
    const auto under = store::under_what_is_there(after->trusted.size(), after->settings);
    if (!under.empty()) says += " " + under;
  }
  co_return answer_json(200, {{"says", std::move(says)}});
}

}  // namespace sealtone::admin
