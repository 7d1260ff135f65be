// SPDX-License-Identifier: Apache-2.0
//
// settings/keys: keys.tsv read once, and its rows found by any spelling.
#include <map>
#include <utility>

#include "base/text.h"
#include "embedded/keys_tsv.h"
#include "settings/settings.h"

namespace sealtone::settings {
namespace {

using base::split;

constexpr std::size_t kMaxNameBytes = 128;

enum Column { name, aliases, kind, range, factory, flags, ignored, note, columns };

std::string_view cell(std::string_view text) { return text == "-" ? std::string_view() : text; }

Key::Kind kind_of(std::string_view word) {
  if (word == "number") return Key::Kind::number;
  if (word == "boolean") return Key::Kind::boolean;
  if (word == "choice") return Key::Kind::choice;
  if (word == "url") return Key::Kind::url;
  if (word == "list") return Key::Kind::list;
  return Key::Kind::text;
}

// V81 put "static." before many keys, and public lists repeat the vendor's slips
// ("satic.", "static.static."): a name means the same with and without them.
std::string_view stem(std::string_view spelled) {
  for (int times = 0; times < 2; ++times) {
    for (const std::string_view prefix : {"static.", "satic."}) {
      if (spelled.starts_with(prefix)) {
        spelled.remove_prefix(prefix.size());
        break;
      }
    }
  }
  return spelled;
}

// 1 to 999, without leading zeros.
bool is_index(std::string_view segment) {
  return !segment.empty() && segment.size() <= 3 && segment.front() != '0' &&
         segment.find_first_not_of("0123456789") == std::string_view::npos;
}

// "account.#.sip_server.#.port" of "account.1.sip_server.2.port", and what stood for each #.
struct Shape {
  std::string text;
  std::vector<std::string_view> taken;
};
template <typename IsIndex>
Shape shape_of(std::string_view stem, IsIndex is_index_here) {
  Shape shape;
  bool first = true;
  for (const auto segment : split(stem, '.')) {
    if (!std::exchange(first, false)) shape.text += '.';
    if (is_index_here(segment)) {
      shape.taken.push_back(segment);
      shape.text += '#';
    } else {
      shape.text += segment;
    }
  }
  return shape;
}
bool is_letter(std::string_view segment) { return segment == "X" || segment == "Y"; }

struct Spelling {
  std::size_t row;
  std::string letters;  // "XY": the first number is X, the second Y
};

struct Table {
  std::vector<Key> keys;
  std::map<std::string, Spelling, std::less<>> spellings;  // by shape

  void add(std::string_view spelled) {
    const auto shape = shape_of(stem(spelled), is_letter);
    std::string letters;
    for (const auto letter : shape.taken) letters += letter;
    spellings.emplace(shape.text, Spelling{keys.size() - 1, letters});
  }
};

Table read_table() {
  Table table;
  for (const auto line : split(embedded::keys_tsv(), '\n')) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto cells = split(line, '\t');
    if (cells.size() != columns) continue;  // keys_test counts the rows
    table.keys.push_back({.name = cells[name],
                          .factory = cell(cells[factory]),
                          .kind = kind_of(cells[kind]),
                          .range = cell(cells[range]),
                          .secret = cells[flags] == "secret",
                          .uploads = cells[flags] == "uploads",
                          .note = cells[note],
                          .ignored = cell(cells[ignored])});
    table.add(cells[name]);
    if (cell(cells[aliases]).empty()) continue;
    for (const auto alias : split(cells[aliases], ' ')) table.add(alias);
  }
  return table;
}

const Table& table() {
  static const Table read = read_table();
  return read;
}

// The key's name with its letters replaced; a letter that the spelling lacks is 1.
std::string fill_in(std::string_view name, std::string_view letters, const Shape& shape) {
  std::string filled;
  for (const auto segment : split(name, '.')) {
    if (!filled.empty()) filled += '.';  // no name begins with a dot
    if (!is_letter(segment)) {
      filled += segment;
      continue;
    }
    const auto at = letters.find(segment);
    filled += at == std::string_view::npos ? std::string_view("1") : shape.taken[at];
  }
  return filled;
}

}  // namespace

std::optional<Known> find_key(std::string_view spelled) {
  if (spelled.size() > kMaxNameBytes) return {};
  const auto shape = shape_of(stem(spelled), is_index);
  const auto found = table().spellings.find(shape.text);
  if (found == table().spellings.end()) return {};
  const auto& [row, letters] = found->second;
  if (shape.taken.size() != letters.size()) return {};  // a "#" in the name itself
  const auto& key = table().keys[row];
  return Known{&key, fill_in(key.name, letters, shape)};
}

std::span<const Key> all_keys() { return table().keys; }

bool is_secret(std::string_view spelled) {
  const auto known = find_key(spelled);
  return !known || known->key->secret;
}

}  // namespace sealtone::settings
