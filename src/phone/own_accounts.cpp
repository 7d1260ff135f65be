// SPDX-License-Identifier: Apache-2.0
#include "phone/own_accounts.h"

#include <fmt/format.h>

#include <charconv>

namespace sealtone::phone {
namespace {

// Servers and users are no secrets; a line end in one would make two lines of it.
std::string identity_of(const settings::SipAccount& account) {
  auto text =
      account.user_name + "@" + (account.servers.empty() ? "" : account.servers.front().host);
  for (auto& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

// Whether it is one of the two keys that an account is known by.
bool says_who_it_is(std::string_view spelled) {
  const auto known = settings::find_key(spelled);
  return known && (known->canonical.ends_with(".user_name") ||
                   known->canonical.ends_with(".sip_server.1.address"));
}

}  // namespace

std::string to_text(const OwnAccounts& own) {
  std::string text;
  for (const auto& [number, identity] : own) text += fmt::format("{} {}\n", number, identity);
  return text;
}

OwnAccounts own_accounts_from(std::string_view text) {
  OwnAccounts own;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    int number = 0;
    const auto read = std::from_chars(line.data(), line.data() + line.size(), number);
    const auto used = static_cast<std::size_t>(read.ptr - line.data());
    if (read.ec != std::errc() || used == line.size() || line[used] != ' ') continue;
    own[number] = std::string(line.substr(used + 1));
  }
  return own;
}

OwnAccounts typed_in(OwnAccounts own,
                     const std::map<std::string, std::optional<std::string>>& changes,
                     const settings::SipSettings& now) {
  for (const auto& [key, value] : changes) {
    const auto number = settings::account_of(key);
    if (!number || !says_who_it_is(key)) continue;
    own.erase(*number);
    for (const auto& account : now.accounts) {
      if (account.number == *number) own[*number] = identity_of(account);
    }
  }
  return own;
}

bool may_register(const settings::SipAccount& account, const OwnAccounts& own,
                  bool register_fetched) {
  if (register_fetched) return true;
  const auto typed = own.find(account.number);
  return typed != own.end() && typed->second == identity_of(account);
}

}  // namespace sealtone::phone
