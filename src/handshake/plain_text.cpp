// SPDX-License-Identifier: Apache-2.0
#include "handshake/plain_text.h"

#include <array>
#include <string_view>

#include "base/text.h"

namespace sealtone::handshake {
namespace {

struct Greeting {
  std::string_view begins, contains, protocol;  // all in lower case but the last
};

// The first that fits counts: what says more stands before what says less.
constexpr auto kGreetings = std::to_array<Greeting>({
    {"sip/2.0", "", "SIP"},
    {"register ", "sip/2.0", "SIP"},
    {"options ", "sip/2.0", "SIP"},
    {"options sip:", "", "SIP"},
    {"invite ", "", "SIP"},
    {"register sip:", "", "SIP"},
    {"http/", "", "HTTP"},
    {"get ", "", "HTTP"},
    {"post ", "", "HTTP"},
    {"head ", "", "HTTP"},
    {"put ", "", "HTTP"},
    {"options ", "", "HTTP"},
    {"connect ", "", "HTTP"},
    {"<!doctype", "", "HTTP"},
    {"<html", "", "HTTP"},
    {"ssh-", "", "SSH"},
    {"220", "ftp", "FTP"},
    {"220", "", "SMTP"},
    {"554", "", "SMTP"},
    {"421", "", "SMTP"},
    {"* ok", "", "IMAP"},
    {"+ok", "", "POP3"},
    {"<?xml", "", "XMPP"},
    {"<stream", "", "XMPP"},
    {"rfb ", "", "RFB"},
});

}  // namespace

bool looks_like_tls(base::ByteView first) {
  if (first.empty()) return true;
  if (first.size() >= 4 && (first[0] & 0x80) != 0 && first[2] == 1 && first[3] == 3) return true;
  if (first[0] < 20 || first[0] > 23) return false;
  if (first.size() >= 2 && first[1] != 3) return false;
  return first.size() < 3 || first[2] <= 4;
}

std::string plain_protocol(base::ByteView first) {
  const std::string said = base::lower_ascii(base::text(first));
  for (const auto& greeting : kGreetings) {
    if (said.starts_with(greeting.begins) && said.find(greeting.contains) != std::string::npos) {
      return std::string(greeting.protocol);
    }
  }
  return {};
}

}  // namespace sealtone::handshake
