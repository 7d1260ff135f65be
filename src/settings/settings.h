// SPDX-License-Identifier: Apache-2.0
//
// settings: the phones' configuration files read into Settings, or every mistake with its line.
//
// Names are the vendor's ("static.security.trust_certificates"); old names are aliases of the
// newest; keys.tsv lists both, with their sources.  Sealtone's own keys begin with "sealtone.".
// Quiet: texts in, values out.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sealtone::settings {

// One row of keys.tsv, the one place that says what a key is.
struct Key {
  std::string_view name;     // canonical, "account.X.sip_server.Y.port" with its letters
  std::string_view factory;  // Sealtone's factory value; empty: none
  enum class Kind { text, number, boolean, choice, url, list } kind;
  std::string_view range;    // "0..2", "0,3,4,5"; empty: any
  bool secret = false;       // write-only everywhere
  bool uploads = false;      // each occurrence names one certificate file to fetch (list semantics)
  std::string_view note;     // source, and "assumption" where no source confirms it
  std::string_view ignored;  // why a configuration file cannot set it; empty: it can
};

// The row for a key spelled in any generation, with the indices filled in:
// "account.1.transport" gives canonical "account.1.sip_server.1.transport_type".
struct Known {
  const Key* key;
  std::string canonical;
};
[[nodiscard]] std::optional<Known> find_key(std::string_view spelled);
[[nodiscard]] std::span<const Key> all_keys();
// A key that Sealtone does not know counts as secret.
[[nodiscard]] bool is_secret(std::string_view spelled);

// Whether value may stand for the key; bad_input says what may.
[[nodiscard]] base::Result<void> check_value(const Known& known, std::string_view value);

// canonical name -> value; a key that is absent has its factory value.  Every member takes any
// spelling of a known key.
class Settings {
 public:
  [[nodiscard]] std::string get(std::string_view canonical) const;  // with factory values
  [[nodiscard]] bool is_set(std::string_view canonical) const;      // other than by the factory
  [[nodiscard]] bool flag(std::string_view canonical) const { return get(canonical) == "1"; }
  [[nodiscard]] int number(std::string_view canonical) const;  // 0 for what is not a number
  void set(std::string_view canonical, std::string value);
  void reset(std::string_view canonical);  // back to the factory value
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& stored() const {
    return stored_;
  }
  bool operator==(const Settings&) const = default;

 private:
  std::map<std::string, std::string, std::less<>> stored_;
};

struct Remark {  // told to the admin; never a reason to refuse the file
  int line;
  std::string text;  // "user_password is ignored: …", "unknown key …"
};

struct Assignment {
  int line;
  std::string spelled;  // as in the file
  std::string canonical;
  std::string value;     // empty with restore set: %NULL%
  bool restore = false;  // %NULL%: back to the factory value
};

// One parsed file.  Empty values leave what is set and give no Assignment.
struct ConfigFile {
  std::vector<Assignment> assignments;                // known keys, in order, last one wins
  std::vector<std::string> trusted_certificate_urls;  // each occurrence
  std::vector<std::string> server_certificate_urls;
  int unknown_keys = 0;  // distinct keys with a value that Sealtone does not know
  std::vector<Remark> remarks;
};

struct Mistake {
  int line;          // 0: the file as a whole
  std::string text;  // "static.security.trust_certificates: 7 is not one of 0, 1"
};

inline constexpr std::size_t kMaxFileBytes = 5'000'000;
inline constexpr std::size_t kMaxLineBytes = 8'192;
inline constexpr std::size_t kMaxLines = 100'000;

// All mistakes of the file, or the file.  A file of another kind (HTML, a certificate, an encrypted
// file, a boot file) is one mistake that names it.
[[nodiscard]] std::expected<ConfigFile, std::vector<Mistake>> parse(std::string_view text);

// The files' assignments in order over what is set; all or nothing is the caller's promise.
[[nodiscard]] Settings apply(Settings current, std::span<const ConfigFile> files);

}  // namespace sealtone::settings
