// SPDX-License-Identifier: Apache-2.0
// sealtone profile: what is known of the phones that `check --as` stands for, and from where.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "app/as_phone.h"
#include "app/commands.h"
#include "app/shown.h"
#include "profile/profile.h"

namespace sealtone::app {
namespace {

using nlohmann::json;
using profile::Profile;
using profile::Said;

const char* heading(Said::About about) {
  switch (about) {
    case Said::About::offer: return "What they say to a server";
    case Said::About::trust: return "What they judge it by";
    case Said::About::upload: return "What can be uploaded as a trusted certificate";
  }
  return "";
}

std::string origin_text(const profile::Origin& origin) {
  std::string text = origin.assumed ? "assumed" : "";
  if (!origin.sources.empty()) {
    text += fmt::format("{}{}", origin.assumed ? ", after " : "", fmt::join(origin.sources, ", "));
  }
  if (!origin.note.empty()) text += ": " + origin.note;
  return text;
}

void tell_profile(const Profile& it, const Surroundings& with) {
  fmt::print(with.out, "{}: {}\n", it.name, it.generation);
  std::set<std::string> sources;
  std::optional<Said::About> section;
  for (const auto& row : profile::said(it)) {
    if (section != row.about) fmt::print(with.out, "\n{}\n", heading(row.about));
    section = row.about;
    const auto text = fmt::format("{} [{}]", row.words, origin_text(*row.origin));
    fmt::print(with.out, "{}", paragraph(text, "- ", "  "));
    sources.insert(row.origin->sources.begin(), row.origin->sources.end());
  }
  fmt::print(with.out, "\nSources\n");
  for (const auto& id : sources) fmt::print(with.out, "- {}: {}\n", id, it.sources.at(id));
}

json profile_json(const Profile& it) {
  auto values = json::array();
  for (const auto& row : profile::said(it)) {
    auto sources = json::object();
    for (const auto& id : row.origin->sources) sources[id] = it.sources.at(id);
    values.push_back({{"value", row.key},
                      {"says", row.words},
                      {"assumed", row.origin->assumed},
                      {"sources", std::move(sources)},
                      {"note", row.origin->note}});
  }
  return {{"name", it.name}, {"generation", it.generation}, {"values", std::move(values)}};
}

}  // namespace

int profile_list(const ProfileArguments& arguments, const Surroundings& with) {
  auto rows = json::array();
  for (const auto& each : profile::all()) {
    rows.push_back({{"name", each.name}, {"generation", each.generation}});
    if (!arguments.json) fmt::print(with.out, "{}: {}\n", each.name, each.generation);
  }
  if (arguments.json) tell_json(rows, with);
  return kDone;
}

int profile_show(const ProfileArguments& arguments, const Surroundings& with) {
  const auto it = profile_named(arguments.name);
  if (!it) return could_not(with, it.error());
  if (arguments.json) {
    tell_json(profile_json(*it), with);
  } else {
    tell_profile(*it, with);
  }
  return kDone;
}

}  // namespace sealtone::app
