// SPDX-License-Identifier: Apache-2.0
//
// trust/doctor: see doctor.h.
#include "trust/doctor.h"

#include <algorithm>
#include <array>
#include <map>

#include "trust/clock.h"
#include "trust/doctor_parts.h"

namespace sealtone::trust {
namespace {

constexpr auto kDoctorCodes = std::to_array<DoctorCode>({
    DoctorCode::unreadable,
    DoctorCode::certificate_missing,
    DoctorCode::key_missing,
    DoctorCode::key_mismatch,
    DoctorCode::key_damaged,
    DoctorCode::key_unused,
    DoctorCode::key_in_list,
    DoctorCode::several_leaves,
    DoctorCode::leaf_is_ca,
    DoctorCode::pin,
    DoctorCode::duplicate,
    DoctorCode::order,
    DoctorCode::root_in_chain,
    DoctorCode::unrelated,
    DoctorCode::expires_soon,
});

void choose_use(const Upload& upload, const DoctorOptions& options, Diagnosis& diagnosis) {
  const bool only_authorities =
      !upload.certificates.empty() &&
      std::ranges::all_of(upload.certificates, [](const auto& each) { return each.is_ca(); });
  if (options.use) {
    diagnosis.use = *options.use;
    diagnosis.because = Because::asked;
  } else if (!upload.keys.empty()) {
    diagnosis.use = Use::server;
    diagnosis.because = Because::key;
  } else if (only_authorities) {
    diagnosis.use = Use::trusted;
    diagnosis.because = Because::only_authorities;
  } else {
    diagnosis.use = Use::server;
    diagnosis.because = Because::leaf;
  }
}

// The first of each stays.
void find_duplicates(const Upload& upload, Diagnosis& diagnosis) {
  std::map<crypto::Sha256, std::size_t> first;
  diagnosis.roles.assign(upload.certificates.size(), Part::unrelated);
  for (std::size_t at = 0; at < upload.certificates.size(); ++at) {
    const auto& certificate = upload.certificates[at];
    const auto [known, is_new] = first.emplace(certificate.sha256(), at);
    if (is_new) continue;
    diagnosis.roles[at] = Part::duplicate;
    Remark remark{
        .code = DoctorCode::duplicate, .certificate = at, .about = certificate, .mends = true};
    remark.evidence.found = {std::to_string(known->second + 1)};
    diagnosis.remarks.push_back(std::move(remark));
  }
}

void name_unreadable(const Upload& upload, Diagnosis& diagnosis) {
  const auto& pieces = upload.unreadable;
  const auto named = std::min(pieces.size(), kMaxRemarks);
  diagnosis.left_out += pieces.size() - named;
  for (const auto& piece : std::span(pieces).first(named)) {
    Remark remark{.code = DoctorCode::unreadable, .weight = Weight::refuses, .mends = true};
    remark.evidence.detail = piece;
    diagnosis.remarks.push_back(std::move(remark));
  }
}

}  // namespace

const char* word(Use use) { return use == Use::server ? "server" : "trusted"; }

const char* word(DoctorCode code) {
  switch (code) {
    case DoctorCode::unreadable: return "unreadable";
    case DoctorCode::certificate_missing: return "certificate-missing";
    case DoctorCode::key_missing: return "key-missing";
    case DoctorCode::key_mismatch: return "key-mismatch";
    case DoctorCode::key_damaged: return "key-damaged";
    case DoctorCode::key_unused: return "key-unused";
    case DoctorCode::key_in_list: return "key-in-list";
    case DoctorCode::several_leaves: return "several-leaves";
    case DoctorCode::leaf_is_ca: return "leaf-is-ca";
    case DoctorCode::pin: return "pin";
    case DoctorCode::duplicate: return "duplicate";
    case DoctorCode::order: return "order";
    case DoctorCode::root_in_chain: return "root-in-chain";
    case DoctorCode::unrelated: return "unrelated";
    case DoctorCode::expires_soon: return "expires-soon";
  }
  return "unreadable";
}

const char* word(const RemarkCode& code) {
  return std::visit([](auto each) { return word(each); }, code);
}

std::span<const DoctorCode> all_doctor_codes() { return kDoctorCodes; }

const char* word(Weight weight) {
  switch (weight) {
    case Weight::note: return "note";
    case Weight::warns: return "warns";
    case Weight::refuses: return "refuses";
  }
  return "refuses";
}

const char* word(Part role) {
  switch (role) {
    case Part::leaf: return "leaf";
    case Part::issuer: return "issuer";
    case Part::root: return "root";
    case Part::other_leaf: return "other-leaf";
    case Part::unrelated: return "unrelated";
    case Part::duplicate: return "duplicate";
    case Part::authority: return "authority";
    case Part::pin: return "pin";
  }
  return "unrelated";
}

bool Diagnosis::refuses() const {
  return std::ranges::find(remarks, Weight::refuses, &Remark::weight) != remarks.end();
}

bool Diagnosis::found() const {
  return std::ranges::any_of(remarks,
                             [](const Remark& each) { return each.weight != Weight::note; });
}

bool Diagnosis::has(const RemarkCode& code) const {
  return std::ranges::find(remarks, code, &Remark::code) != remarks.end();
}

bool is_root(const x509::Certificate& certificate) {
  const auto& own = certificate.subject_key_id();
  const auto& issuers = certificate.authority_key_id();
  return certificate.self_issued() && (own.empty() || issuers.empty() || own == issuers);
}

std::optional<Remark> expires_soon(const x509::Certificate& certificate, std::size_t index,
                                   std::chrono::sys_seconds now) {
  const auto& validity = certificate.validity();
  if (now > validity.not_after || now < validity.not_before) return std::nullopt;
  if (validity.not_after - now >= kSoon) return std::nullopt;
  Remark remark{.code = DoctorCode::expires_soon, .certificate = index, .about = certificate};
  remark.evidence.now = now;
  remark.evidence.bound = validity.not_after;
  return remark;
}

namespace {

Diagnosis examine_at(const Upload& upload, const DoctorOptions& options) {
  Diagnosis diagnosis;
  choose_use(upload, options, diagnosis);
  name_unreadable(upload, diagnosis);
  find_duplicates(upload, diagnosis);
  if (upload.certificates.empty()) {
    diagnosis.remarks.push_back(
        {.code = DoctorCode::certificate_missing, .weight = Weight::refuses});
  }
  if (diagnosis.use == Use::trusted) {
    examine_trusted(upload, options, diagnosis);
  } else if (!upload.certificates.empty()) {
    examine_server(upload, options, diagnosis);
  }
  return diagnosis;
}

// What had run out at the floor has run out; what had not begun then may have begun since.
void judge_by_the_floor(Diagnosis& diagnosis, const DoctorOptions& options) {
  std::erase_if(diagnosis.remarks, [](const Remark& each) {
    return each.code == RemarkCode(FindingCode::not_yet_valid);
  });
  Remark remark{.code = FindingCode::clock_unset};
  remark.evidence.now = options.now;
  remark.evidence.bound = options.clock->floor;
  diagnosis.remarks.insert(diagnosis.remarks.begin(), std::move(remark));
}

}  // namespace

Diagnosis examine(const Upload& upload, const DoctorOptions& options) {
  auto at = options;
  const bool unset = is_unset(options.clock, options.now);
  if (unset) at.now = options.clock->floor;
  auto diagnosis = examine_at(upload, at);
  if (unset) judge_by_the_floor(diagnosis, options);
  auto& remarks = diagnosis.remarks;
  std::ranges::stable_sort(remarks, std::greater{}, &Remark::weight);
  if (remarks.size() > kMaxRemarks) {
    diagnosis.left_out += remarks.size() - kMaxRemarks;
    remarks.erase(remarks.begin() + kMaxRemarks, remarks.end());
  }
  return diagnosis;
}

}  // namespace sealtone::trust
