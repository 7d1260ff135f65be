// SPDX-License-Identifier: Apache-2.0
#include "e2e/program_surface.h"

#include <cstdlib>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "e2e/phone_under_test.h"

namespace sealtone::test {
namespace {

std::string source(const std::string& name) {
  const auto text = read_text(std::filesystem::path(std::getenv("SEALTONE_SOURCE")) / name);
  if (text.empty()) throw std::runtime_error(name + " cannot be read");
  return text;
}

std::vector<std::string> split(const std::string& text, char between) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, between);) parts.push_back(part);
  return parts;
}

std::string first_of_its_kind(const std::string& name) {
  return std::regex_replace(name, std::regex("\\.[XY*](?=\\.|$)"), ".1");
}

// The names under "Subcommands:".
std::vector<std::string> subcommands(const std::string& help) {
  std::vector<std::string> names;
  const auto start = help.find("Subcommands:\n");
  if (start == std::string::npos) return names;
  std::istringstream lines(help.substr(help.find('\n', start) + 1));
  const std::regex entry("^  ([a-z][a-z-]*).*");
  std::smatch found;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) break;
    if (std::regex_match(line, found, entry)) names.push_back(found[1]);
  }
  return names;
}

void collect(const Arguments& words, std::vector<LeafCommand>& leaves) {
  auto asking = words;
  asking.emplace_back("--help");
  const auto help = sealtone(asking).out;
  const auto below = subcommands(help);
  for (const auto& name : below) {
    auto deeper = words;
    deeper.push_back(name);
    collect(deeper, leaves);
  }
  if (!below.empty() || words.empty()) return;
  const bool runs_on = words.front() == "phone" || words.front() == "lab";
  leaves.push_back({words, help, runs_on});
}

}  // namespace

std::vector<KeyRow> table_of_keys() {
  enum { name, aliases, kind, range, factory, flags, ignored, note, columns };
  std::vector<KeyRow> rows;
  for (const auto& line : split(source("src/settings/keys.tsv"), '\n')) {
    const auto cells = split(line, '\t');
    if (line.starts_with('#') || cells.size() != columns) continue;
    KeyRow row{first_of_its_kind(cells[name]),
               {},
               cells[flags] == "secret",
               cells[kind] == "url",
               cells[ignored] != "-"};
    if (cells[aliases] != "-") {
      for (const auto& alias : split(cells[aliases], ' ')) {
        row.aliases.push_back(first_of_its_kind(alias));
      }
    }
    rows.push_back(std::move(row));
  }
  if (rows.empty()) throw std::runtime_error("keys.tsv has no rows");
  return rows;
}

std::vector<std::pair<std::string, std::string>> table_of_routes() {
  const auto text = source("src/admin/api.cpp");
  std::vector<std::pair<std::string, std::string>> routes{
      {"GET", "/api/session"}, {"POST", "/api/session"}, {"DELETE", "/api/session"}};
  const auto known = routes.size();
  const std::regex row("Row\\{\"([A-Z]+)\", \"([^\"]+)\"");
  for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at) {
    routes.emplace_back(at->str(1), at->str(2));
  }
  if (routes.size() == known) throw std::runtime_error("api.cpp has no routes");
  return routes;
}

std::vector<LeafCommand> commands_of_program() {
  std::vector<LeafCommand> leaves;
  collect({}, leaves);
  if (leaves.size() < 2) throw std::runtime_error("--help lists no commands");
  return leaves;
}

}  // namespace sealtone::test
