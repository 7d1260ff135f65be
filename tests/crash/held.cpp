// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/held: see held.h.
#include "crash/held.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/files.h"
#include "crash/content.h"
#include "x509/parse.h"

namespace sealtone::crash {

std::string Held::changes_text() const {
  std::string text = fmt::format("trusted: {}\nserver certificate: {}\n", fmt::join(trusted, ", "),
                                 server_certificate.empty() ? "none" : server_certificate);
  for (const auto& [key, value] : settings) text += fmt::format("{} = {}\n", key, value);
  return text;
}

std::string Held::verdicts_text() const {
  return fmt::format("verdicts: {}\n", fmt::join(verdicts, ", "));
}

std::vector<std::string> Held::parts() const {
  return {digest(changes_text()), digest(verdicts_text())};
}

bool is_last_or_next(const Held& found, const Held& last, const Held& next) {
  const auto changes = found.changes_text(), verdicts = found.verdicts_text();
  return (changes == last.changes_text() || changes == next.changes_text()) &&
         (verdicts == last.verdicts_text() || verdicts == next.verdicts_text());
}

Held held_in(const std::filesystem::path& state) {
  Held held;
  (void)found_in(state, [&held](const store::Store& store) {
    const auto snapshot = store.snapshot();
    for (const auto& row : snapshot->trusted) held.trusted.insert(row.certificate.fingerprint());
    if (snapshot->credential) held.server_certificate = snapshot->credential->leaf().fingerprint();
    for (const auto key : {kUrlKey, kPowerOnKey, kRelogKey, kRepeatKey}) {
      const auto& stored = snapshot->settings.stored();
      if (const auto found = stored.find(key); found != stored.end()) held.settings.emplace(*found);
    }
    const auto rows = store.connections();
    if (!rows) throw std::runtime_error(base::to_string(rows.error()));
    // Who looks at the page leaves a record too, at some moment after the page was given.
    for (const auto& row : *rows) {
      if (row.service == "provisioning")
        held.verdicts.insert(row.service + " " + row.server + " " + row.decision);
    }
  });
  return held;
}

std::string to_json_text(const Held& held) {
  return nlohmann::json{{"trusted", held.trusted},
                        {"server_certificate", held.server_certificate},
                        {"settings", held.settings},
                        {"verdicts", held.verdicts}}
      .dump();
}

Held from_json_text(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  Held held;
  json.at("trusted").get_to(held.trusted);
  json.at("server_certificate").get_to(held.server_certificate);
  json.at("settings").get_to(held.settings);
  json.at("verdicts").get_to(held.verdicts);
  return held;
}

std::string fingerprint_of(const std::filesystem::path& file) {
  const auto octets = base::read_file(file, base::kMaxUploadBytes);
  if (!octets) throw std::runtime_error(base::to_string(octets.error()));
  const auto contents = x509::parse(*octets, file.filename().string());
  if (!contents) throw std::runtime_error(base::to_string(contents.error()));
  return contents->certificates.at(0).fingerprint();
}

}  // namespace sealtone::crash
