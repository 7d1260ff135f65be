// SPDX-License-Identifier: Apache-2.0
//
// profile/parse: TOML into a Profile, or the first mistake with its line.
//
// toml++ has assertions that a file can break (a comma before the end of a table in one line);
// where they are left out, as in a release, it goes on to a mistake that can be shown. Here they
// always are.
#define TOML_ASSERT(condition) static_assert(true)
#define TOML_EXCEPTIONS 0
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "base/tls_versions.h"
#include "embedded/sources_toml.h"
#include "profile/fit.h"
#include "profile/profile.h"

namespace sealtone::profile {
namespace {

using base::ErrorCode;

constexpr std::size_t kMaxText = 500;  // octets of a value, a note, a source
constexpr std::int64_t kMostCertificates = 10'000, kMostOctets = 1'000'000'000, kMostBits = 16'384;

bool is_word(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

// One file.  The first mistake is kept, and what is read behind it does not matter.
class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  void fail(const toml::node& at, const std::string& why) { fail(at.source().begin.line, why); }
  void fail(toml::source_index line, const std::string& why) {
    if (mistake_) return;
    const auto where = base::visible(file_, 200);
    mistake_ = {ErrorCode::bad_input, line == 0 ? where : fmt::format("{}:{}", where, line), why};
  }
  [[nodiscard]] const std::optional<base::Error>& mistake() const { return mistake_; }

  // A text that can be shown; nothing (and a mistake) if it is none.
  std::optional<std::string> text(const toml::node& node, const std::string& what) {
    const auto* const value = node.as_string();
    if (value == nullptr) {
      fail(node, fmt::format("{} has to be a text in quotes", what));
      return std::nullopt;
    }
    const auto& it = value->get();
    if (it.size() > kMaxText) {
      fail(node, fmt::format("{} has more than {} octets", what, kMaxText));
      return std::nullopt;
    }
    if (base::visible(it, kMaxText) != it) {
      fail(node, fmt::format("{} has characters in it that cannot be shown", what));
      return std::nullopt;
    }
    return it;
  }

  // Adds what a [sources] table has.
  void sources(const toml::table& table, Sources& into) {
    for (const auto& [key, node] : table) {
      const std::string id(key.str());
      auto said = text(node, "the source " + base::visible(id, 40));
      if (!said) return;
      if (said->empty() || base::visible(id, 40) != id || id.empty()) {
        fail(node, "a source is a short name and where it is to be found");
        return;
      }
      if (!into.emplace(id, *std::move(said)).second) {
        fail(node, fmt::format("the source {} is there already, under another address", id));
      }
    }
  }

 private:
  const std::string& file_;
  std::optional<base::Error> mistake_;
};

// A table whose keys are asked for one by one; what nobody asked for is a mistake.
class Section {
 public:
  Section(Reader& reader, const toml::table& file, const char* name, const Sources& sources)
      : reader_(reader), sources_(sources), name_(name) {
    const auto* const node = file.get(name);
    if (node == nullptr) {
      reader_.fail(toml::source_index{0}, fmt::format("there is no [{}]", name));
    } else if (table_ = node->as_table(); table_ == nullptr) {
      reader_.fail(*node, fmt::format("[{}] has to be a table", name));
    }
  }

  template <typename T, typename Convert>
  void take(const char* key, Value<T>& into, Convert convert) {
    asked_.emplace_back(key);
    if (table_ == nullptr) return;
    const auto* const node = table_->get(key);
    if (node == nullptr) {
      reader_.fail(*table_, fmt::format("[{}] has no {}", name_, key));
      return;
    }
    const auto* const row = node->as_table();
    const auto* const value = row == nullptr ? nullptr : row->get("value");
    if (value == nullptr) {
      reader_.fail(*node, fmt::format("{} has to be {{ value = …, source = … }} or "
                                      "{{ value = …, assumed = true }}",
                                      key));
      return;
    }
    take_origin(key, *row, into.origin);
    if (std::optional<T> read = convert(key, *value)) into.is = *std::move(read);
  }
  // Last: whatever else is there.
  void no_more() {
    if (table_ != nullptr) none_but(*table_, asked_, fmt::format("[{}]", name_));
  }
  void none_but(const toml::table& table, const std::vector<std::string_view>& known,
                const std::string& where) {
    for (const auto& [key, node] : table) {
      if (std::ranges::find(known, key.str()) != known.end()) continue;
      reader_.fail(key.source().begin.line,
                   fmt::format("{} knows no \"{}\"", where, base::visible(key.str(), 40)));
    }
  }

 private:
  void take_origin(const char* key, const toml::table& row, Origin& into) {
    none_but(row, {"value", "source", "assumed", "note"}, key);
    if (const auto* const source = row.get("source")) {
      if (const auto* const several = source->as_array()) {
        for (const auto& one : *several) add_source(one, into);
      } else {
        add_source(*source, into);
      }
    }
    if (const auto* const assumed = row.get("assumed")) {
      const auto* const yes = assumed->as_boolean();
      if (yes == nullptr || !yes->get()) {
        reader_.fail(*assumed, "assumed is true, or left out");
        return;
      }
      into.assumed = true;
    }
    if (const auto* const note = row.get("note")) {
      if (auto text = reader_.text(*note, "note")) into.note = *std::move(text);
    }
    if (into.sources.empty() && !into.assumed) {
      reader_.fail(row, fmt::format("{} has neither a source nor assumed = true", key));
    }
  }
  void add_source(const toml::node& node, Origin& into) {
    auto id = reader_.text(node, "source");
    if (!id) return;
    if (!sources_.contains(*id)) {
      reader_.fail(node, fmt::format("the source \"{}\" is in no list of sources", *id));
      return;
    }
    into.sources.push_back(*std::move(id));
  }

  Reader& reader_;
  const Sources& sources_;
  const char* name_;
  const toml::table* table_ = nullptr;
  std::vector<std::string_view> asked_;
};

// What the values may be.
class Values {
 public:
  explicit Values(Reader& reader) : reader_(reader) {}

  auto text() {
    return [this](const char* key, const toml::node& node) { return reader_.text(node, key); };
  }
  auto flag() {
    return [this](const char* key, const toml::node& node) -> std::optional<bool> {
      const auto* const value = node.as_boolean();
      if (value != nullptr) return value->get();
      reader_.fail(node, fmt::format("{} has to be true or false", key));
      return std::nullopt;
    };
  }
  auto number(std::int64_t most) {
    return [this, most](const char* key, const toml::node& node) -> std::optional<std::int64_t> {
      const auto* const value = node.as_integer();
      if (value != nullptr && value->get() >= 1 && value->get() <= most) return value->get();
      reader_.fail(node, fmt::format("{} has to be a number from 1 to {}", key, most));
      return std::nullopt;
    };
  }
  auto version() {
    return [this](const char* key, const toml::node& node) -> std::optional<std::uint16_t> {
      return one_of<std::uint16_t>(key, node,
                                   {{"1.0", base::kTls10},
                                    {"1.1", base::kTls11},
                                    {"1.2", base::kTls12},
                                    {"1.3", base::kTls13}});
    };
  }
  auto list() {
    return [this](const char* key, const toml::node& node) -> std::optional<List> {
      return one_of<List>(
          key, node, {{"custom", List::custom}, {"default", List::built_in}, {"all", List::all}});
    };
  }
  auto setting_names() {
    return [this](const char* key, const toml::node& node) -> std::optional<SettingNames> {
      return one_of<SettingNames>(key, node,
                                  {{"static", SettingNames::with_static},
                                   {"plain", SettingNames::plain},
                                   {"other", SettingNames::other}});
    };
  }
  auto built_in() {
    return [this](const char* key, const toml::node& node) -> std::optional<bool> {
      return one_of<bool>(key, node, {{"none", true}, {"not known", false}});
    };
  }
  auto formats() {
    return
        [this](const char* key, const toml::node& node) -> std::optional<std::vector<std::string>> {
          constexpr std::size_t longest = 8, most = 20;
          std::vector<std::string> all;
          const auto* const array = node.as_array();
          if (array != nullptr && array->size() <= most) {
            for (const auto& one : *array) {
              const auto* const text = one.as_string();
              if (text != nullptr && is_word(text->get(), longest)) all.push_back(text->get());
            }
            if (!all.empty() && all.size() == array->size()) return all;
          }
          reader_.fail(node, fmt::format("{} has to be a list such as [\"pem\", \"cer\"]", key));
          return std::nullopt;
        };
  }

 private:
  template <typename T>
  std::optional<T> one_of(const char* key, const toml::node& node,
                          std::initializer_list<std::pair<std::string_view, T>> choices) {
    std::string names;
    for (const auto& [name, value] : choices) {
      const auto* const text = node.as_string();
      if (text != nullptr && text->get() == name) return value;
      names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", name);
    }
    reader_.fail(node, fmt::format("{} has to be one of {}", key, names));
    return std::nullopt;
  }
  Reader& reader_;
};

void take_all(Reader& reader, const toml::table& file, Profile& it) {
  Values a(reader);
  Section offer(reader, file, "offer", it.sources);
  offer.take("lowest_version", it.lowest_version, a.version());
  offer.take("highest_version", it.highest_version, a.version());
  offer.take("ciphers", it.ciphers, a.text());
  offer.take("cipher_suites", it.cipher_suites, a.text());
  offer.take("groups", it.groups, a.text());
  offer.take("signature_schemes", it.signature_schemes, a.text());
  offer.take("session_tickets", it.session_tickets, a.flag());
  offer.take("server_name", it.server_name, a.flag());
  offer.no_more();
  Section trust(reader, file, "trust", it.sources);
  trust.take("only_accept_trusted", it.only_accept_trusted, a.flag());
  trust.take("list", it.list, a.list());
  trust.take("built_in", it.built_in_known, a.built_in());
  trust.take("name_check", it.name_check, a.flag());
  trust.take("common_name", it.common_name, a.flag());
  trust.take("other_paths", it.other_paths, a.flag());
  trust.take("sha1", it.sha1, a.flag());
  trust.take("min_rsa_bits", it.min_rsa_bits, a.number(kMostBits));
  trust.no_more();
  Section upload(reader, file, "upload", it.sources);
  upload.take("list_limit", it.list_limit, a.number(kMostCertificates));
  upload.take("formats", it.formats, a.formats());
  upload.take("setting_names", it.setting_names, a.setting_names());
  upload.take("max_file_bytes", it.max_file_bytes, a.number(kMostOctets));
  upload.no_more();
  offer.none_but(file, {"name", "generation", "sources", "offer", "trust", "upload"}, "a profile");
}

Sources known_sources() {
  static const std::string file = "sources.toml";
  Sources all;
  Reader reader(file);
  const auto parsed = toml::parse(embedded::sources_toml(), file);
  const auto* const table = parsed ? parsed.table()["sources"].as_table() : nullptr;
  if (table != nullptr) reader.sources(*table, all);  // profile_test sees that they are there
  return all;
}

}  // namespace

base::Result<Profile> parse(std::string_view text, const std::string& file) {
  if (text.size() > kMaxFileBytes) {
    return base::fail(ErrorCode::too_large, base::visible(file, 200),
                      fmt::format("a profile has at most {} octets", kMaxFileBytes));
  }
  Reader reader(file);
  if (const auto unfit = first_unfit(text)) {
    reader.fail(static_cast<toml::source_index>(unfit->line), unfit->why);
    return std::unexpected(*reader.mistake());
  }
  const auto parsed = toml::parse(text, file);
  if (!parsed) {
    reader.fail(parsed.error().source().begin.line,
                "this is not TOML: " + base::visible(parsed.error().description(), 200));
    return std::unexpected(*reader.mistake());
  }
  const auto& table = parsed.table();
  Profile it;
  it.sources = known_sources();
  if (const auto* const own = table["sources"].as_table()) reader.sources(*own, it.sources);
  for (const auto& [key, into] :
       {std::pair{"name", &it.name}, std::pair{"generation", &it.generation}}) {
    const auto* const node = table.get(key);
    if (node == nullptr) {
      reader.fail(toml::source_index{0}, fmt::format("it has no {}", key));
    } else if (auto said = reader.text(*node, key)) {
      *into = *std::move(said);
      constexpr std::size_t longest = 20;
      const bool fine = into == &it.name ? is_word(it.name, longest) : !into->empty();
      if (!fine) reader.fail(*node, fmt::format("{} is empty, too long, or no single word", key));
    }
  }
  take_all(reader, table, it);
  if (!reader.mistake() && it.lowest_version.is > it.highest_version.is) {
    reader.fail(*table["offer"]["lowest_version"].node(),
                "lowest_version is above highest_version");
  }
  if (!reader.mistake() && it.ciphers.is.empty() && it.lowest_version.is < base::kTls13) {
    reader.fail(*table["offer"]["ciphers"].node(), "without ciphers no such version is spoken");
  }
  if (!reader.mistake() && it.cipher_suites.is.empty() && it.highest_version.is > base::kTls12) {
    reader.fail(*table["offer"]["cipher_suites"].node(),
                "without cipher suites TLS 1.3 is not spoken");
  }
  if (reader.mistake()) return std::unexpected(*reader.mistake());
  return it;
}

}  // namespace sealtone::profile
