// SPDX-License-Identifier: Apache-2.0
//
// provision/taking_up: what a delivered file of certificates is taken up as.
//
// Examined by the rules of every upload (trust/doctor.h).  Errors: as the doctor words them; the
// file is then taken up in no part.
#pragma once

#include <span>
#include <string_view>

#include "provision/safety.h"

namespace sealtone::provision {

struct TakenAs {
  bool for_list = false;  // else the server certificate
  std::span<const x509::Certificate> at_hand;
  std::chrono::sys_seconds now;
  std::optional<trust::ClockFloor> clock = {};  // absent: any time is believed
};

// Puts what is to be said of it besides into the report.  How it came is for the caller to fill in.
[[nodiscard]] base::Result<DeliveredCertificates> take_up(FileReport& report, std::string_view body,
                                                          const TakenAs& as);

}  // namespace sealtone::provision
