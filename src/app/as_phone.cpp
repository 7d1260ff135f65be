// SPDX-License-Identifier: Apache-2.0
#include "app/as_phone.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/text.h"
#include "explain/wording.h"
#include "tls/sessions.h"
#include "trust/names.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;
using profile::List;

constexpr std::size_t kMostProfiles = 20;

tls::ContextOptions offer_of(const profile::Profile& it) {
  tls::ContextOptions options;
  options.versions = {it.lowest_version.is, it.highest_version.is};
  options.cipher_list = it.ciphers.is;
  options.cipher_suites = it.cipher_suites.is;
  options.groups = it.groups.is;
  options.signature_schemes = it.signature_schemes.is;
  options.session_tickets = it.session_tickets.is;
  return options;
}

// Whether the file could be uploaded to them, as far as their limits are known.
std::vector<std::string> remarks_on_upload(const profile::Profile& it, const std::string& file,
                                           std::size_t certificates) {
  std::vector<std::string> remarks;
  const auto shown = base::visible(file);
  if (certificates > static_cast<std::size_t>(it.list_limit.is)) {
    remarks.push_back(fmt::format(
        "{} holds {} certificates, and these phones take at most {}: judged as if all were there.",
        shown, certificates, it.list_limit.is));
  }
  auto ending = base::lower_ascii(std::filesystem::path(file).extension().string());
  if (!ending.empty()) ending.erase(0, 1);
  if (std::ranges::find(it.formats.is, ending) == it.formats.is.end()) {
    remarks.push_back(
        fmt::format("These phones take files that end in .{}; {} has to be put into "
                    "one of these forms first.",
                    fmt::join(it.formats.is, ", ."), shown));
  }
  std::error_code ignored;
  const auto octets = std::filesystem::file_size(file, ignored);
  if (!ignored && octets > static_cast<std::uintmax_t>(it.max_file_bytes.is)) {
    remarks.push_back(fmt::format("{} has {} octets, and these phones take files of at most {}.",
                                  shown, octets, it.max_file_bytes.is));
  }
  return remarks;
}

// The certificates as such a phone follows them: behind each the first of its issuer that was sent,
// whether that one is still valid or not.
std::vector<x509::Certificate> followed(std::span<const x509::Certificate> presented) {
  std::vector<x509::Certificate> chain{presented.front()};
  while (chain.size() < x509::kMaxPath && !chain.back().self_issued()) {
    const auto& child = chain.back();
    const auto issued_it = [&](const x509::Certificate& each) {
      const auto& named = child.authority_key_id();
      return each.subject() == child.issuer() && std::ranges::find(chain, each) == chain.end() &&
             (named.empty() || each.subject_key_id().empty() || named == each.subject_key_id());
    };
    const auto next = std::ranges::find_if(presented, issued_it);
    if (next == presented.end()) break;
    chain.push_back(*next);
  }
  return chain;
}

// Anchors that it never gets to: it goes by the certificate of the same name and key that was sent,
// whoever issued that one.
x509::AnchorSet reached(const x509::AnchorSet& anchors, std::span<const x509::Certificate> chain) {
  auto left = anchors.anchors();
  std::erase_if(left, [&](const x509::Certificate& anchor) {
    return std::ranges::any_of(chain.subspan(1), [&](const x509::Certificate& sent) {
      return sent.subject() == anchor.subject() && sent != anchor &&
             sent.public_key_pem() == anchor.public_key_pem() &&
             std::ranges::find(chain, anchor) == chain.end();
    });
  });
  return x509::AnchorSet(std::move(left));
}

}  // namespace

Result<profile::Profile> profile_named(const std::string& name) {
  if (const auto* const known = profile::find(name)) return *known;
  const bool is_file = name.find('/') != std::string::npos || name.ends_with(".toml");
  if (!is_file) {
    std::string names;
    for (const auto& each : profile::all()) names += (names.empty() ? "" : ", ") + each.name;
    return base::fail(ErrorCode::bad_input,
                      name.empty() ? "--as" : "profile " + base::visible(name, 80),
                      fmt::format("{} {}, or a file of your own (./mine.toml)",
                                  name.empty() ? "a name is missing; there are"
                                               : "there is no such profile, only",
                                  names));
  }
  const auto octets = base::read_file(name, profile::kMaxFileBytes);
  if (!octets) return std::unexpected(octets.error());
  return profile::parse(base::text(*octets), name);
}

Result<std::vector<Phone>> phones_of(const std::string& names, const JudgedBy& uploaded,
                                     const std::string& uploaded_file,
                                     const std::optional<x509::DeviceCredential>& credential) {
  std::vector<Phone> phones;
  for (const auto part : base::split(names, ',')) {
    auto read = profile_named(std::string(base::trim(part)));
    if (!read) return std::unexpected(read.error());
    Phone phone{.what = *std::move(read),
                .context = {},
                .anchors = {},
                .list_name = {},
                .remarks = {},
                .takes_upload = true};
    const auto& it = phone.what;
    auto options = offer_of(it);
    options.credential = credential;
    auto context = tls::Context::build(options);
    if (!context) {
      return base::fail(context.error().code, "profile " + it.name,
                        base::to_string(context.error()));
    }
    phone.context = *std::move(context);
    const bool custom = it.list.is != List::built_in;
    phone.anchors = std::make_shared<const x509::AnchorSet>(
        custom ? uploaded.anchors : std::vector<x509::Certificate>{});
    phone.list_name = custom ? uploaded.list_name : "certificates built into these phones";
    if (custom && !uploaded_file.empty()) {
      phone.remarks = remarks_on_upload(it, uploaded_file, uploaded.anchors.size());
      phone.takes_upload = phone.remarks.empty();
    }
    phones.push_back(std::move(phone));
    if (phones.size() > kMostProfiles) {
      return base::fail(ErrorCode::too_large, "--as",
                        fmt::format("at most {} profiles at a time", kMostProfiles));
    }
  }
  return phones;
}

bool has_its_list(const Phone& phone) {
  return phone.takes_upload || !phone.what.only_accept_trusted.is;
}

tls::PeerCheck check_of(const Phone& phone, tls::PeerCheck check) {
  const auto& it = phone.what;
  check.anchors = phone.anchors;
  // They know no revocation lists, and ask for no answer of OCSP.
  check.policy.path.crls = nullptr;
  check.policy.path.ocsp_responses = nullptr;
  check.policy.path.revocation_required = false;
  check.policy.path.profile = x509::Profile::standard;
  check.policy.only_accept_trusted = it.only_accept_trusted.is;
  check.policy.check_name = it.name_check.is;
  check.policy.allow_common_name = it.common_name.is;
  check.policy.path.allow_sha1 = it.sha1.is;
  check.policy.path.min_rsa_bits = static_cast<int>(it.min_rsa_bits.is);
  if (!it.server_name.is) check.sni.clear();
  // Only who keeps sessions says that tickets are taken; the cache is new, so that nothing resumes.
  if (it.session_tickets.is) check.sessions = std::make_shared<tls::SessionCache>();
  return check;
}

trust::Verdict as_phone(const Phone& phone, trust::Verdict verdict,
                        std::span<const x509::Certificate> presented, const tls::PeerCheck& check) {
  using trust::Decision;
  if (presented.empty() || verdict.decision != Decision::trusted) return verdict;
  // What not every phone looks for: of this one it is known, or assumed.
  std::erase_if(verdict.findings, [](const trust::Finding& each) {
    return each.code == trust::FindingCode::better_path_exists;
  });
  if (phone.what.other_paths.is || verdict.path.path.size() < 2) return verdict;
  const auto chain = followed(presented);
  const auto then =
      trust::judge(chain, reached(*phone.anchors, chain), check.reference, check.policy, check.now);
  if (then.decision == Decision::trusted) return verdict;

  // Where it leaves the path by which the server would be trusted.
  const auto& path = verdict.path.path;
  const auto elsewhere = std::ranges::find_if(chain, [&](const x509::Certificate& each) {
    return std::ranges::find(path, each) == path.end();
  });
  const auto& instead = elsewhere == chain.end() ? chain.back() : *elsewhere;
  const auto beside = std::ranges::find(path, instead.subject(), &x509::Certificate::subject);
  const auto last = static_cast<std::ptrdiff_t>(path.size()) - 1;
  trust::Finding finding{
      .code = trust::FindingCode::better_path_exists,
      .certificate = static_cast<std::size_t>(std::min(beside - path.begin(), last))};
  finding.evidence.found = {instead.issuer().short_name()};
  finding.evidence.now = check.now;
  if (instead.validity().not_after < check.now) {
    finding.evidence.bound = instead.validity().not_after;
  }
  verdict.findings.insert(verdict.findings.begin(), std::move(finding));
  verdict.decision =
      check.policy.only_accept_trusted ? Decision::untrusted : Decision::accepted_untrusted;
  return verdict;
}

explain::DeskPhones desk_phones(const Phone& phone) {
  using Names = explain::DeskPhones::Names;
  switch (phone.what.setting_names.is) {
    case profile::SettingNames::with_static: return {Names::with_static};
    case profile::SettingNames::plain: return {Names::plain};
    case profile::SettingNames::other: return {Names::other};
  }
  return {};
}

std::string built_in_words(const Phone& phone) {
  if (phone.what.list.is == List::custom) return {};
  return phone.what.built_in_known.is ? "none" : "not known: treated as empty";
}

std::string unchecked_name(const Phone& phone, const trust::Verdict& verdict,
                           const tls::PeerCheck& check, const explain::Context& context) {
  const auto& path = verdict.path.path;
  if (phone.what.name_check.is || path.empty() || !check.reference) return {};
  auto mismatch = trust::check_name(*check.reference, path.front(), phone.what.common_name.is);
  if (!mismatch) return {};
  const trust::Verdict alone{.decision = trust::Decision::untrusted,
                             .findings = {*std::move(mismatch)},
                             .path = verdict.path};
  auto says = explain::explain(alone, {}, context).findings.front().says;
  if (says.ends_with('.')) says.pop_back();
  return says + "; these phones do not check that.";
}

std::string unknown_revocation(const trust::Verdict& verdict,
                               std::span<const x509::Certificate> presented,
                               const tls::PeerCheck& with_lists, const explain::Context& context) {
  const auto& rules = with_lists.policy.path;
  const bool any = rules.revocation_required || (rules.crls && !rules.crls->empty());
  if (!any || presented.empty() || verdict.path.path.empty()) return {};
  auto known = trust::judge(presented, *with_lists.anchors, with_lists.reference, with_lists.policy,
                            with_lists.now);
  std::erase_if(known.findings, [](const trust::Finding& each) {
    return each.code != trust::FindingCode::revoked &&
           each.code != trust::FindingCode::revocation_unknown;
  });
  if (known.findings.empty()) return "These phones know no revocation lists.";
  auto says = explain::explain(known, {}, context).findings.front().says;
  if (says.ends_with('.')) says.pop_back();
  return explain::capital(says) + "; these phones know no revocation lists, and do not look.";
}

std::vector<profile::Said> assumed(const Phone& phone, bool with_handshake) {
  auto rows = profile::said(phone.what);
  std::erase_if(rows, [&](const profile::Said& row) {
    // What a file's key has to go with is all that was offered, but for tickets and the name asked
    // for.
    const bool bears = with_handshake || (row.key != "session_tickets" && row.key != "server_name");
    return !row.origin->assumed || !bears;
  });
  return rows;
}

std::vector<std::string> assumptions(const Phone& phone, bool with_handshake) {
  std::vector<std::string> out;
  if (const auto built_in = built_in_words(phone); !built_in.empty()) {
    const auto& note = phone.what.built_in_known.origin.note;
    out.push_back(fmt::format("Built-in certificates: {}{}.", built_in,
                              note.empty() ? "" : " (" + note + ")"));
  }
  std::string words;
  for (const auto& row : assumed(phone, with_handshake)) {
    words += (words.empty() ? "" : "; ") + row.words;
  }
  if (!words.empty()) out.push_back("Assumed: " + words + ".");
  return out;
}

nlohmann::json assumptions_json(const Phone& phone, bool with_handshake) {
  auto rows = nlohmann::json::array();
  for (const auto& row : assumed(phone, with_handshake)) {
    rows.push_back({{"value", row.key}, {"says", row.words}, {"note", row.origin->note}});
  }
  const auto built_in = built_in_words(phone);
  return {{"built_in", built_in.empty() ? nlohmann::json(nullptr) : nlohmann::json(built_in)},
          {"assumed", std::move(rows)}};
}

}  // namespace sealtone::app
