// SPDX-License-Identifier: Apache-2.0
#include "app/as_phone.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "base/text.h"
#include "tls/offer.h"
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

// Anchors that a phone never gets to: it goes by the certificate of the same name and key that was
// sent, whoever issued that one.
std::vector<x509::Certificate> passed_over(const x509::AnchorSet& anchors,
                                           std::span<const x509::Certificate> presented,
                                           const x509::Certificate** instead) {
  std::vector<x509::Certificate> out;
  for (const auto& anchor : anchors.anchors()) {
    for (const auto& sent : presented.subspan(1)) {
      const bool other = sent.subject() == anchor.subject() && sent != anchor &&
                         !sent.self_issued() && sent.public_key_pem() == anchor.public_key_pem();
      if (!other) continue;
      out.push_back(anchor);
      *instead = &sent;
      break;
    }
  }
  return out;
}

}  // namespace

Result<profile::Profile> profile_named(const std::string& name) {
  if (const auto* const known = profile::find(name)) return *known;
  const bool is_file = name.find('/') != std::string::npos || name.ends_with(".toml");
  if (!is_file) {
    std::string names;
    for (const auto& each : profile::all()) names += (names.empty() ? "" : ", ") + each.name;
    return base::fail(ErrorCode::bad_input, "profile " + name,
                      fmt::format("there is no such profile, only {}, or a file of your own "
                                  "(./mine.toml)",
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
    Phone phone{
        .what = *std::move(read), .context = {}, .anchors = {}, .list_name = {}, .remarks = {}};
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
    }
    phones.push_back(std::move(phone));
    if (phones.size() > kMostProfiles) {
      return base::fail(ErrorCode::too_large, "--as",
                        fmt::format("at most {} profiles at a time", kMostProfiles));
    }
  }
  return phones;
}

tls::PeerCheck check_of(const Phone& phone, tls::PeerCheck check) {
  const auto& it = phone.what;
  check.anchors = phone.anchors;
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
  const bool done = phone.what.other_paths.is || presented.empty() ||
                    verdict.decision != Decision::trusted || verdict.path.path.size() < 2;
  if (done) return verdict;
  const x509::Certificate* instead = nullptr;
  const auto without = passed_over(*phone.anchors, presented, &instead);
  if (instead == nullptr) return verdict;
  auto left = phone.anchors->anchors();
  std::erase_if(left, [&](const x509::Certificate& each) {
    return std::ranges::find(without, each) != without.end();
  });
  const auto followed = trust::judge(presented, x509::AnchorSet(std::move(left)), check.reference,
                                     check.policy, check.now);
  if (followed.decision == Decision::trusted) return verdict;

  trust::Finding finding{.code = trust::FindingCode::better_path_exists,
                         .certificate = verdict.path.path.size() - 1};
  finding.evidence.found = {instead->issuer().short_name()};
  finding.evidence.now = check.now;
  if (instead->validity().not_after < check.now) {
    finding.evidence.bound = instead->validity().not_after;
  }
  std::erase_if(verdict.findings, [](const trust::Finding& each) {
    return each.code == trust::FindingCode::better_path_exists;
  });
  verdict.findings.insert(verdict.findings.begin(), std::move(finding));
  verdict.decision =
      check.policy.only_accept_trusted ? Decision::untrusted : Decision::accepted_untrusted;
  return verdict;
}

trust::Verdict with_its_ciphers(const Phone& phone, trust::Verdict verdict) {
  if (verdict.path.path.empty() || verdict.has(trust::FindingCode::key_type_not_supported)) {
    return verdict;
  }
  const auto& key = verdict.path.path.front().public_key();
  const auto kinds = tls::server_key_kinds(*phone.context);
  const auto fits = [&](const std::string& kind) { return key.kind.starts_with(kind); };
  if (std::ranges::any_of(kinds, fits)) return verdict;
  trust::Finding finding{.code = trust::FindingCode::key_type_not_supported, .certificate = 0};
  finding.evidence.wanted = fmt::format("{}", fmt::join(kinds, ", "));
  finding.evidence.found = {key.description()};
  finding.evidence.detail = "no cipher that is offered goes with such a key";
  verdict.findings.push_back(std::move(finding));
  verdict.decision = trust::Decision::untrusted;  // no switch makes a cipher
  return verdict;
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

std::vector<profile::Said> assumed(const Phone& phone, bool with_handshake) {
  auto rows = profile::said(phone.what);
  std::erase_if(rows, [&](const profile::Said& row) {
    const bool bears =
        with_handshake || row.about != profile::Said::About::offer || row.key == "ciphers";
    return !row.origin->assumed || !bears;
  });
  return rows;
}

}  // namespace sealtone::app
