// SPDX-License-Identifier: Apache-2.0
//
// phone/account_words: what an account is doing, and why, in sentences.
//
// Everything that a server said is made visible.  Quiet: values in, values out.
#pragma once

#include "admin/control.h"
#include "settings/accounts.h"
#include "sip/account.h"

namespace sealtone::phone {

// What the words go by besides.
struct AccountGround {
  std::chrono::sys_seconds now;
  std::string list_name;  // "trusted certificates", as explain::Context has it
};

[[nodiscard]] admin::SipAccount described(const settings::SipAccount& account,
                                          const sip::Status& status, const AccountGround& ground);

}  // namespace sealtone::phone
