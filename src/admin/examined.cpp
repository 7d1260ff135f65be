// SPDX-License-Identifier: Apache-2.0
#include "admin/examined.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "admin/answers.h"
#include "admin/routes.h"
#include "base/text.h"
#include "explain/doctor_words.h"
#include "explain/wording.h"
#include "trust/clock.h"
#include "x509/look.h"

namespace sealtone::admin {
namespace {

using base::ErrorCode;
using nlohmann::json;
using trust::DoctorCode;
using trust::FindingCode;

explain::DoctorScene scene_of(const Examined& examined) {
  return {.diagnosis = examined.diagnosis, .now = examined.now};
}

// Of a kind or a strength that the phone does not show.
bool is_not_shown(const trust::Remark& remark) {
  const auto* const code = std::get_if<FindingCode>(&remark.code);
  return remark.weight == trust::Weight::refuses && code != nullptr &&
         (*code == FindingCode::key_type_not_supported || *code == FindingCode::weak_key ||
          *code == FindingCode::weak_signature);
}

// The word for programs, of what refuses first.
ErrorCode code_of(const trust::Diagnosis& diagnosis) {
  for (const auto& remark : diagnosis.remarks) {
    if (is_not_shown(remark)) return ErrorCode::unsupported;
    if (remark.code == trust::RemarkCode(DoctorCode::key_in_list)) return ErrorCode::wrong_kind;
    if (remark.code == trust::RemarkCode(DoctorCode::unreadable) ||
        remark.code == trust::RemarkCode(DoctorCode::key_damaged)) {
      return ErrorCode::bad_input;
    }
    if (remark.code == trust::RemarkCode(trust::FindingCode::path_budget)) {
      return ErrorCode::too_large;
    }
  }
  return diagnosis.use == trust::Use::trusted ? ErrorCode::wrong_kind : ErrorCode::mismatch;
}

enum class Outcome { added, already_there, not_added };

std::set<crypto::Sha256> digests_of(std::span<const store::TrustedCertificate> listed) {
  std::set<crypto::Sha256> digests;
  for (const auto& row : listed) digests.insert(row.certificate.sha256());
  return digests;
}

json row_of(const x509::Certificate& certificate, trust::Part role, Outcome became) {
  const auto name = explain::in_quotes(certificate.subject().short_name());
  const char* outcome = "not added";
  std::string says = name + " was not added: all of a file are, or none.";
  if (role == trust::Part::duplicate) {
    outcome = "repeated";
    says = name + " stands in the file more than once.";
  } else if (became == Outcome::already_there) {
    outcome = "already there";
    says = name + " is in the list already.";
  } else if (became == Outcome::added) {
    outcome = "added";
    says = name + " was added.";
  }
  return {{"issued_to", base::visible(certificate.subject().short_name())},
          {"issued_by", base::visible(certificate.issuer().short_name())},
          {"expires", base::utc(certificate.validity().not_after)},
          {"sha256", certificate.fingerprint()},
          {"is", trust::word(role)},
          {"outcome", outcome},
          {"says", std::move(says)}};
}

// A row for each certificate, and one for each piece that cannot be read: no more than
// x509::kMaxCertificates and x509::kMaxDamaged.
template <typename Became>
json rows(const Examined& examined, Became became) {
  auto all = json::array();
  const auto& certificates = examined.upload.certificates;
  for (std::size_t at = 0; at < certificates.size(); ++at) {
    all.push_back(
        row_of(certificates[at], examined.diagnosis.roles[at], became(certificates[at].sha256())));
  }
  for (const auto& piece : examined.upload.unreadable) {
    all.push_back({{"issued_to", ""},
                   {"issued_by", ""},
                   {"expires", nullptr},
                   {"sha256", ""},
                   {"is", "unreadable"},
                   {"outcome", "refused"},
                   {"says", base::visible(piece) + "."}});
  }
  return all;
}

json rows_of_refused(const Examined& examined, const store::Snapshot& before) {
  const auto there = digests_of(before.trusted);
  return rows(examined, [&](const crypto::Sha256& digest) {
    return there.contains(digest) ? Outcome::already_there : Outcome::not_added;
  });
}

http::Response refuse_with(ErrorCode code, std::string says, json more) {
  constexpr std::size_t most = 4'000;
  more["code"] = base::word(code);
  more["says"] = base::visible(says, most);
  return answer_json(status_for(code), more);
}

}  // namespace

base::Result<Examined> examine(const http::Request& request, const std::string& name,
                               const trust::DoctorOptions& options) {
  const auto passphrase = passphrase_of(request);
  auto read = x509::salvage(base::view(request.body), name,
                            passphrase ? crypto::Password(passphrase->text()) : std::nullopt);
  if (!read) return std::unexpected(read.error());
  Examined examined{.name = name,
                    .contents = std::move(read->contents),
                    .upload = {},
                    .diagnosis = {},
                    .now = options.now};
  // As the doctor has it, dates are told at the floor while the clock is unset.
  if (trust::is_unset(options.clock, options.now)) examined.now = options.clock->floor;
  examined.upload = {examined.contents.certificates, examined.contents.keys, {}};
  for (auto& piece : read->damaged) {
    examined.upload.unreadable.push_back(explain::capital(std::move(piece)));
  }
  examined.diagnosis = trust::examine(examined.upload, options);
  return examined;
}

json remarks_of(const Examined& examined) { return explain::remarks_json(scene_of(examined)); }

std::string notes_of(const Examined& examined) {
  std::string notes;
  for (const auto& note : examined.contents.notes) {
    notes += fmt::format(" {}.", explain::capital(base::visible(note)));
  }
  return notes;
}

http::Response refuse_unread(const base::Error& error) {
  const auto says = base::to_string(error) + ".";
  if (error.code == ErrorCode::not_allowed) return refuse(422, "passphrase-needed", says);
  if (error.code == ErrorCode::mismatch) return refuse(422, "passphrase-wrong", says);
  return refuse(error);
}

http::Response refuse_examined(const Examined& examined) {
  const bool list = examined.diagnosis.use == trust::Use::trusted;
  json more{{"remarks", remarks_of(examined)}};
  if (list) more["certificates"] = rows_of_refused(examined, {});
  return refuse_with(code_of(examined.diagnosis),
                     fmt::format("{}: nothing was {}. {}", examined.name,
                                 list ? "added" : "replaced", explain::refusal(scene_of(examined))),
                     std::move(more));
}

http::Response refuse_rows(const base::Error& error, const Examined& examined,
                           const store::Snapshot& before) {
  json more{{"remarks", remarks_of(examined)}, {"certificates", rows_of_refused(examined, before)}};
  return refuse_with(error.code,
                     fmt::format("{}: nothing was added. {}.", examined.name,
                                 explain::capital(base::to_string(error))),
                     std::move(more));
}

json rows_of(const Examined& examined, std::span<const store::TrustedCertificate> added) {
  const auto now_there = digests_of(added);
  return rows(examined, [&](const crypto::Sha256& digest) {
    return now_there.contains(digest) ? Outcome::added : Outcome::already_there;
  });
}

}  // namespace sealtone::admin
