// SPDX-License-Identifier: Apache-2.0
//
// explain/doctor_steps: the next step behind each of the doctor's remarks (step_for of
// doctor_words.h).  For explain's own use.
#pragma once

#include "explain/doctor_words.h"

namespace sealtone::explain {

[[nodiscard]] std::string quoted_name(const x509::Certificate& certificate);
// A server's own certificate, uploaded as such or as a trusted one.
[[nodiscard]] bool is_leaf(const trust::Remark& remark, const trust::Diagnosis& diagnosis);

}  // namespace sealtone::explain
