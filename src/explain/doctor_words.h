// SPDX-License-Identifier: Apache-2.0
//
// explain/doctor_words: what the doctor found in an upload, in words and as JSON.
//
// Each remark is two sentences: what, of which certificate; and the next step.  Findings that a
// peer's certificate can have, too, say what they say of a peer (explain/clauses).  Everything from
// a file goes through base::visible.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "explain/explain.h"
#include "trust/doctor.h"

namespace sealtone::explain {

struct DoctorScene {
  const trust::Diagnosis& diagnosis;
  std::chrono::sys_seconds now;
  bool now_is_given = false;
};

[[nodiscard]] std::string says(const trust::Remark& remark, const DoctorScene& scene);
// What is called a fix can be carried out to the letter, and cures
// (tests/e2e/doctor_advice_test.cpp does so for each); the rest is a hint, and its kind is none.
// `say` is empty where nothing needs to be done.
[[nodiscard]] Fix step_for(const trust::Remark& remark, const DoctorScene& scene);
[[nodiscard]] std::string next_step(const trust::Remark& remark, const DoctorScene& scene);
// {"code","weight","certificate","private_key","says","next","fix":{"kind","say","sha256","pem"},"hint"}
[[nodiscard]] nlohmann::json remark_json(const trust::Remark& remark, const DoctorScene& scene);
[[nodiscard]] nlohmann::json remarks_json(const DoctorScene& scene);
// Why the upload is not taken: both sentences of each remark that refuses, kMaxReasons of them.
[[nodiscard]] std::string refusal(const DoctorScene& scene);

// What mend() did about a remark that it mends: "the root "Acme Root R1" was left out".
[[nodiscard]] std::string mended(const trust::Remark& remark);

// What a certificate is in its upload: "the server's own certificate".
[[nodiscard]] std::string role_words(trust::Part role);
// "Judged as a server certificate, because a private key is among the files."
[[nodiscard]] std::string judged_as(const trust::Diagnosis& diagnosis);

inline constexpr std::size_t kMaxReasons = 10;

}  // namespace sealtone::explain
