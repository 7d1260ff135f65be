// SPDX-License-Identifier: Apache-2.0
//
// phone/password: see password.h.
#include "phone/password.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "crypto/crypto.h"

namespace sealtone::phone {
namespace {

using base::ErrorCode;

// Without i, l, o, 0 and 1.
constexpr std::string_view kAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
constexpr std::size_t kSaltBytes = 16;

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string make_one_time_password(base::Random& random) {
  // Octets past the last whole multiple are drawn again: each character is as likely as any other.
  constexpr std::size_t kFair = 256 / kAlphabet.size() * kAlphabet.size();
  std::string password;
  while (password.size() < kOneTimeLength) {
    std::array<std::uint8_t, kOneTimeLength> octets{};
    random.fill(octets);
    for (const auto octet : octets) {
      if (octet < kFair && password.size() < kOneTimeLength) {
        password += kAlphabet[octet % kAlphabet.size()];
      }
    }
  }
  return password;
}

base::Bytes make_salt(base::Random& random) {
  base::Bytes salt(kSaltBytes);
  random.fill(salt);
  return salt;
}

base::Result<PasswordRecord> hash_password(std::string_view password, base::Bytes salt,
                                           bool one_time) {
  auto hash = crypto::scrypt(password, salt);
  if (!hash) return std::unexpected(hash.error());
  return PasswordRecord{one_time, std::move(salt), *std::move(hash)};
}

base::Result<bool> matches(const PasswordRecord& record, std::string_view password) {
  if (password.size() > kMaxPasswordBytes) return false;
  const auto hash = crypto::scrypt(password, record.salt);
  if (!hash) return std::unexpected(hash.error());
  return crypto::equal_in_constant_time(*hash, record.hash);
}

base::Result<void> check_new_password(std::string_view password) {
  if (characters(password) < kMinPassword) {
    return base::fail(ErrorCode::bad_input, "",
                      fmt::format("choose a password of {} characters or more", kMinPassword));
  }
  if (password.size() > kMaxPasswordBytes) {
    return base::fail(ErrorCode::bad_input, "",
                      fmt::format("choose a password of {} bytes or less", kMaxPasswordBytes));
  }
  return {};
}

std::string to_text(const PasswordRecord& record) {
  const nlohmann::json json = {{"one_time", record.one_time},
                               {"salt", base::hex(record.salt)},
                               {"hash", base::hex(record.hash)}};
  return json.dump();
}

base::Result<PasswordRecord> password_from_text(std::string_view text) {
  const auto bad = base::fail(ErrorCode::bad_input, "admin password",
                              "what is stored is no password; make a new one with `sealtone admin "
                              "reset-password`");
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("one_time") || !json["one_time"].is_boolean()) return bad;
  PasswordRecord record{json["one_time"].get<bool>(), {}, {}};
  for (const auto& [name, into] : {std::pair{"salt", &record.salt}, {"hash", &record.hash}}) {
    if (!json.contains(name) || !json[name].is_string()) return bad;
    auto octets = base::from_hex(json[name].get_ref<const std::string&>());
    if (!octets || octets->empty()) return bad;
    *into = *std::move(octets);
  }
  return record;
}

}  // namespace sealtone::phone
