// SPDX-License-Identifier: Apache-2.0
//
// admin/examined: an uploaded file as the doctor finds it, before anything is replaced.
//
// What a certificate is and what is wrong with it is trust/doctor's; here is what the answer says
// of it.  docs/api.md describes REMARK and ROW.  Errors: x509::salvage's, where nothing can be
// read.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "http/http.h"
#include "store/store.h"
#include "trust/doctor.h"
#include "x509/parse.h"

namespace sealtone::admin {

struct Examined {
  std::string name;  // of the file
  x509::Contents contents;
  trust::Upload upload;
  trust::Diagnosis diagnosis;
  std::chrono::sys_seconds now;
};

[[nodiscard]] base::Result<Examined> examine(const http::Request& request, const std::string& name,
                                             const trust::DoctorOptions& options);

// What speaks for no refusal, in the order of the doctor.
[[nodiscard]] nlohmann::json remarks_of(const Examined& examined);
// What was left out of the file, a sentence each.
[[nodiscard]] std::string notes_of(const Examined& examined);

// Nothing can be read: a program has to tell what a passphrase could change from what it could not.
[[nodiscard]] http::Response refuse_unread(const base::Error& error);
// The doctor refuses it: with the remarks, and of a list a row for each certificate.
[[nodiscard]] http::Response refuse_examined(const Examined& examined);
// The list does not take it (it is full, or has all of them): with a row for each certificate.
[[nodiscard]] http::Response refuse_rows(const base::Error& error, const Examined& examined,
                                         const store::Snapshot& before);

// What became of each certificate of a list that was taken: added are those that are new in it.
[[nodiscard]] nlohmann::json rows_of(const Examined& examined,
                                     std::span<const store::TrustedCertificate> added);

}  // namespace sealtone::admin
