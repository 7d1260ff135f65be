// SPDX-License-Identifier: Apache-2.0
//
// profile: what the desk phones of a generation do, as far as it is known.
//
// Source: profiles/*.toml, which name their own for each value, or say that it is assumed.
// Units: octets; versions are the wire's (base/tls_versions.h).  Errors: bad_input with file and
// line; too_large.  Quiet: text in, values out.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sealtone::profile {

// Where a value is from.  Assumed with a source: the source hints at it without saying it.
struct Origin {
  std::vector<std::string> sources = {};  // "S13": keys of Profile::sources
  bool assumed = false;
  std::string note = {};
};

template <typename T>
struct Value {
  T is{};
  Origin origin = {};
};

// Which certificates are trusted: those uploaded, those built in, or both.
enum class List { custom, built_in, all };
// How a configuration file names a setting: static.security.…, security.…, or in another form.
enum class SettingNames { with_static, plain, other };

using Sources = std::map<std::string, std::string, std::less<>>;  // "S13": its address or title

struct Profile {
  std::string name;        // "v84"
  std::string generation;  // "V81 to V85 (2017 to 2020)"

  // What a ClientHello says.  Lists in OpenSSL's syntax, empty: nothing of the kind is said.
  Value<std::uint16_t> lowest_version, highest_version;
  Value<std::string> ciphers;        // TLS 1.2 and below
  Value<std::string> cipher_suites;  // TLS 1.3
  Value<std::string> groups, signature_schemes;
  Value<bool> session_tickets, server_name;

  // What a server's certificate is judged by.
  Value<bool> only_accept_trusted;
  Value<List> list;
  Value<bool> built_in_known;  // true: it is known that there are none
  Value<bool> name_check, common_name;
  Value<bool> other_paths;           // whether a path is looked for that was not sent like this
  Value<bool> sha1;                  // whether signatures with SHA-1 count
  Value<std::int64_t> min_rsa_bits;  // of every key of the path, DSA's too

  // What can be uploaded as a trusted certificate.
  Value<std::int64_t> list_limit, max_file_bytes;
  Value<std::vector<std::string>> formats;  // "pem": how the file's name may end
  // Of the settings that fetch certificates, and of the others.
  Value<SettingNames> setting_names;

  Sources sources;  // those of sources.toml, and its own
};

// One value in words, for people: what `profile show` prints and `check --as` names.
struct Said {
  enum class About { offer, trust, upload } about;
  std::string key;    // "server_name", as in the file
  std::string words;  // "no host name is told (SNI)"
  const Origin* origin;
};
[[nodiscard]] std::vector<Said> said(const Profile& profile);

// The profiles that are part of the program, oldest first.
[[nodiscard]] std::span<const Profile> all();
// By its name, any letters' case; null if there is none.
[[nodiscard]] const Profile* find(std::string_view name);

inline constexpr std::size_t kMaxFileBytes = 64 * 1024;

// file: for messages ("mine.toml:12: …").  Every value has to be there, and nothing else.
[[nodiscard]] base::Result<Profile> parse(std::string_view text, const std::string& file);

}  // namespace sealtone::profile
