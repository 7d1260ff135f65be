// SPDX-License-Identifier: Apache-2.0
//
// app/doctor_report: what `sealtone doctor` tells, as text and as JSON (docs/json.md).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "explain/doctor_words.h"
#include "trust/doctor.h"

namespace sealtone::app {

// One of the files, with its part of the upload.
struct DoctorFile {
  std::string name;
  std::string form = {};                  // "PEM"; empty: nothing in it can be read
  std::vector<std::size_t> numbers = {};  // of its certificates, as x509::Salvaged has them
  std::size_t certificates = 0, keys = 0;
  std::vector<std::string> notes = {};
};

// What came of --fix.
struct DoctorFix {
  std::string file;
  std::string refused = {};               // why it cannot be mended; empty if it was
  std::vector<std::string> changes = {};  // a sentence each
  trust::Upload upload = {};              // as it was written
  trust::Diagnosis remaining = {};        // of that
};

struct DoctorReport {
  std::vector<DoctorFile> files = {};
  trust::Upload upload = {};
  trust::Diagnosis diagnosis = {};
  std::optional<DoctorFix> fix = {};
  std::chrono::sys_seconds now;
  bool now_is_given = false;
};

[[nodiscard]] std::string doctor_text(const DoctorReport& report);
[[nodiscard]] nlohmann::json doctor_json(const DoctorReport& report);

}  // namespace sealtone::app
