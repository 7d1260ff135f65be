// SPDX-License-Identifier: Apache-2.0
//
// digest/session: the hashes and the field of RFC 7616 §3.4, in its own names (A1, A2, KD).
#include <algorithm>
#include <array>

#include "base/text.h"
#include "crypto/crypto.h"
#include "crypto/hash.h"
#include "digest/digest.h"
#include "digest/offers.h"

namespace sealtone::digest {
namespace {

using base::ErrorCode;
using base::Result;

crypto::Hash hash_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::md5:
    case Algorithm::md5_sess: return crypto::Hash::md5;
    case Algorithm::sha256:
    case Algorithm::sha256_sess: return crypto::Hash::sha256;
    case Algorithm::sha512_256:
    case Algorithm::sha512_256_sess: return crypto::Hash::sha512_256;
  }
  return crypto::Hash::sha256;
}

bool is_session(Algorithm algorithm) { return word(algorithm).ends_with("-sess"); }

// RFC 8187 §3.2.1, of which every octet but letters, digits and these is escaped.
std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    const auto octet = static_cast<std::uint8_t>(c);
    out += plain ? std::string(1, c) : "%" + base::hex_colons({&octet, 1});
  }
  return out;
}

bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

// RFC 7616 §3.4: username, or username* "if the userhash parameter value is not set true and the
// user name cannot be encoded inside the ABNF quoted-string".
Result<std::string> user_parameter(const Challenge& challenge, std::string_view user) {
  if (challenge.utf8 && !is_printable_ascii(user)) {
    return "username*=UTF-8''" + percent_encoded(user);
  }
  auto spelled = quoted(user);
  if (!spelled) {
    return base::fail(ErrorCode::bad_input, "user name",
                      "it holds control characters, which cannot be sent; check it");
  }
  return "username=" + *spelled;
}

bool is_same(const std::string* said, std::string_view ours) {
  return said == nullptr || base::equal_ignoring_ascii_case(*said, ours);
}

}  // namespace

Result<std::string> Session::hash(const std::string& text) const {
  const auto octets = crypto::hash(hash_of(challenge_.algorithm), base::view(text));
  if (!octets) return std::unexpected(octets.error());
  return base::hex(*octets);
}

Result<Session> Session::begin(Challenge challenge, std::string_view user,
                               std::string_view password, std::string client_nonce) {
  Session session(std::move(challenge), std::move(client_nonce));
  const auto& asked = session.challenge_;
  const auto name = std::string(user) + ":" + asked.realm;
  if (asked.userhash) {
    const auto hashed = session.hash(name);
    if (!hashed) return std::unexpected(hashed.error());
    session.user_ = "username=\"" + *hashed + "\", userhash=true";
  } else {
    auto spelled = user_parameter(asked, user);
    if (!spelled) return std::unexpected(spelled.error());
    session.user_ = *std::move(spelled);
  }
  auto ha1 = session.hash(name + ":" + std::string(password));
  if (ha1 && is_session(asked.algorithm)) {
    ha1 = session.hash(*ha1 + ":" + asked.nonce + ":" + session.client_nonce_);
  }
  if (!ha1) return std::unexpected(ha1.error());
  session.ha1_ = *std::move(ha1);
  return session;
}

std::string Session::nonce_count() const {
  const std::array<std::uint8_t, 4> octets{
      static_cast<std::uint8_t>(count_ >> 24U), static_cast<std::uint8_t>(count_ >> 16U),
      static_cast<std::uint8_t>(count_ >> 8U), static_cast<std::uint8_t>(count_)};
  return base::hex(octets);
}

// KD(H(A1), …), with the middle part where there is a qop.
Result<std::string> Session::response(const std::string& a2) const {
  const auto ha2 = hash(a2);
  if (!ha2) return ha2;
  const auto middle =
      challenge_.qop_auth ? nonce_count() + ":" + client_nonce_ + ":auth:" : std::string();
  return hash(ha1_ + ":" + challenge_.nonce + ":" + middle + *ha2);
}

Result<std::string> Session::authorization(std::string_view method, std::string_view uri) {
  ++count_;
  last_uri_ = uri;
  const auto answer = response(std::string(method) + ":" + last_uri_);
  if (!answer) return answer;
  std::string field = "Digest " + user_;
  for (const auto& [name, value] :
       {std::pair<std::string_view, const std::string*>{"realm", &challenge_.realm},
        {"uri", &last_uri_},
        {"nonce", &challenge_.nonce},
        {"opaque", challenge_.opaque ? &*challenge_.opaque : nullptr}}) {
    if (value == nullptr) continue;
    const auto spelled = quoted(*value);
    if (!spelled) return spelled;
    field += ", " + std::string(name) + "=" + *spelled;
  }
  if (challenge_.names_algorithm) field += ", algorithm=" + std::string(word(challenge_.algorithm));
  if (challenge_.qop_auth) {
    field += ", nc=" + nonce_count() + ", cnonce=\"" + client_nonce_ + "\", qop=auth";
  }
  return field + ", response=\"" + *answer + "\"";
}

Result<void> Session::confirm(std::string_view authentication_info) {
  const auto info = read_parameters(authentication_info);
  if (!info) return std::unexpected(info.error());
  if (const auto* proof = find(*info, "rspauth")) {
    const auto expected = response(":" + last_uri_);
    if (!expected) return std::unexpected(expected.error());
    const bool ours = is_same(find(*info, "qop"), "auth") &&
                      is_same(find(*info, "cnonce"), client_nonce_) &&
                      is_same(find(*info, "nc"), nonce_count());
    if (!ours || !crypto::equal_in_constant_time(base::view(base::lower_ascii(*proof)),
                                                 base::view(*expected))) {
      return base::fail(ErrorCode::mismatch, "",
                        "the answer does not prove that the server knows the password (rspauth), "
                        "so that somebody else may have given it; nothing of it is used");
    }
  }
  if (const auto* next = find(*info, "nextnonce")) {
    challenge_.nonce = *next;
    count_ = 0;
  }
  return {};
}

}  // namespace sealtone::digest
