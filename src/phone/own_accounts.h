// SPDX-License-Identifier: Apache-2.0
//
// phone/own_accounts: which accounts the owner typed in, and which came with a fetched file.
//
// A server gives an account's calls to the phone that registered last, so that an account which
// came with a fetched file, and which a desk phone uses, must not register by itself
// (sealtone.register allows it).  What was typed in is known by user and server: another of either
// is another account.  Quiet: values in, values out.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "settings/accounts.h"

namespace sealtone::phone {

// Account number -> "user@server" as it was typed in.
using OwnAccounts = std::map<int, std::string>;

[[nodiscard]] std::string to_text(const OwnAccounts& own);
[[nodiscard]] OwnAccounts own_accounts_from(std::string_view text);  // what cannot be read is none

// After the owner changed these keys: the accounts whose user or first server is among them are
// theirs as they stand now.  A label, a password or the switch makes no account the owner's.
[[nodiscard]] OwnAccounts typed_in(OwnAccounts own,
                                   const std::map<std::string, std::optional<std::string>>& changes,
                                   const settings::SipSettings& now);

[[nodiscard]] bool may_register(const settings::SipAccount& account, const OwnAccounts& own,
                                bool register_fetched);

}  // namespace sealtone::phone
