// SPDX-License-Identifier: Apache-2.0
#include "profile/profile.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "base/tls_versions.h"
#include "embedded/v60_toml.h"
#include "embedded/v70_toml.h"
#include "embedded/v80_toml.h"
#include "embedded/v84_toml.h"
#include "embedded/v86_toml.h"

namespace sealtone::profile {
namespace {

std::string version(std::uint16_t number) { return fmt::format("TLS 1.{}", number - base::kTls10); }

std::string offered(std::string_view what, const std::string& list) {
  return list.empty() ? fmt::format("no {} are offered", what)
                      : fmt::format("the {} offered are {}", what, list);
}

std::string trusted(List list) {
  switch (list) {
    case List::custom: return "the uploaded certificates alone are trusted";
    case List::built_in: return "the built-in certificates alone are trusted";
    case List::all: return "the uploaded and the built-in certificates are trusted";
  }
  return {};
}

std::string named(SettingNames names) {
  switch (names) {
    case SettingNames::with_static: return "settings are named static.trusted_certificates.url";
    case SettingNames::plain: return "settings are named trusted_certificates.url, without static.";
    case SettingNames::other:
      return "settings have another form than trusted_certificates.url, and none fetches "
             "certificates";
  }
  return {};
}

std::string size(std::int64_t octets) {
  constexpr std::int64_t megabyte = 1'000'000;
  return octets % megabyte == 0 ? fmt::format("{} MB", octets / megabyte)
                                : fmt::format("{} octets", octets);
}

std::vector<Profile> built_in_profiles() {
  std::vector<Profile> profiles;
  for (const auto& [text, file] :
       {std::pair{embedded::v60_toml(), "v60.toml"}, std::pair{embedded::v70_toml(), "v70.toml"},
        std::pair{embedded::v80_toml(), "v80.toml"}, std::pair{embedded::v84_toml(), "v84.toml"},
        std::pair{embedded::v86_toml(), "v86.toml"}}) {
    // profile_test counts them: a mistake in one of ours does not get that far.
    if (auto read = parse(text, file)) profiles.push_back(*std::move(read));
  }
  return profiles;
}

}  // namespace

std::vector<Said> said(const Profile& it) {
  using enum Said::About;
  const auto either = [](bool yes, const char* if_so, const char* if_not) {
    return std::string(yes ? if_so : if_not);
  };
  return {
      {offer, "lowest_version", "the oldest version spoken is " + version(it.lowest_version.is),
       &it.lowest_version.origin},
      {offer, "highest_version", "the newest version spoken is " + version(it.highest_version.is),
       &it.highest_version.origin},
      {offer, "ciphers", offered("ciphers", it.ciphers.is), &it.ciphers.origin},
      {offer, "cipher_suites", offered("cipher suites of TLS 1.3", it.cipher_suites.is),
       &it.cipher_suites.origin},
      {offer, "groups", offered("groups", it.groups.is), &it.groups.origin},
      {offer, "signature_schemes", offered("signature schemes", it.signature_schemes.is),
       &it.signature_schemes.origin},
      {offer, "session_tickets",
       either(it.session_tickets.is, "session tickets are taken", "no session tickets are taken"),
       &it.session_tickets.origin},
      {offer, "server_name",
       either(it.server_name.is, "the server is told which host is meant (SNI)",
              "the server is not told which host is meant (no SNI)"),
       &it.server_name.origin},
      {trust, "only_accept_trusted",
       either(it.only_accept_trusted.is, "only trusted servers are accepted",
              "every server is accepted: \"Only Accept Trusted Certificates\" is off from the "
              "factory"),
       &it.only_accept_trusted.origin},
      {trust, "list", trusted(it.list.is), &it.list.origin},
      {trust, "built_in",
       either(it.built_in_known.is, "no certificates are built in",
              "which certificates are built in is not known"),
       &it.built_in_known.origin},
      {trust, "name_check",
       either(it.name_check.is, "the certificate has to name the server",
              "the certificate's name is not checked"),
       &it.name_check.origin},
      {trust, "common_name",
       either(it.common_name.is, "a common name counts where no DNS name stands",
              "a common name does not count"),
       &it.common_name.origin},
      {trust, "other_paths",
       either(it.other_paths.is, "a path to a trusted certificate is looked for",
              "the certificates are followed as they were sent, without a look for another path"),
       &it.other_paths.origin},
      {trust, "sha1",
       either(it.sha1.is, "signatures with SHA-1 count", "signatures with SHA-1 do not count"),
       &it.sha1.origin},
      {trust, "min_rsa_bits", fmt::format("an RSA key has at least {} bits", it.min_rsa_bits.is),
       &it.min_rsa_bits.origin},
      {upload, "list_limit",
       fmt::format("at most {} certificates can be uploaded", it.list_limit.is),
       &it.list_limit.origin},
      {upload, "formats", fmt::format("files are .{}", fmt::join(it.formats.is, ", .")),
       &it.formats.origin},
      {upload, "setting_names", named(it.setting_names.is), &it.setting_names.origin},
      {upload, "max_file_bytes", "a file has at most " + size(it.max_file_bytes.is),
       &it.max_file_bytes.origin},
  };
}

std::span<const Profile> all() {
  static const auto profiles = built_in_profiles();
  return profiles;
}

const Profile* find(std::string_view name) {
  for (const auto& profile : all()) {
    if (base::equal_ignoring_ascii_case(profile.name, name)) return &profile;
  }
  return nullptr;
}

}  // namespace sealtone::profile
