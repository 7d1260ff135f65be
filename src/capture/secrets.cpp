// SPDX-License-Identifier: Apache-2.0
//
// capture/secrets: see secrets.h.
#include "capture/secrets.h"

#include <algorithm>
#include <optional>

namespace sealtone::capture {
namespace {

struct Label {
  std::string_view name;
  std::size_t shortest, longest;  // its secret: as long as the hash of the cipher suite
  bool kept = true;
};
constexpr Label kLabels[] = {
    {"CLIENT_RANDOM", 48, 48},
    {"CLIENT_EARLY_TRAFFIC_SECRET", 32, 64},
    {"CLIENT_HANDSHAKE_TRAFFIC_SECRET", 32, 64},
    {"SERVER_HANDSHAKE_TRAFFIC_SECRET", 32, 64},
    {"CLIENT_TRAFFIC_SECRET_0", 32, 64},
    {"SERVER_TRAFFIC_SECRET_0", 32, 64},
    {"EXPORTER_SECRET", 32, 64, false},
    {"EARLY_EXPORTER_SECRET", 32, 64, false},
};

const Label* label_named(std::string_view name) {
  const auto* const found = std::ranges::find(kLabels, name, &Label::name);
  return found == std::end(kLabels) ? nullptr : found;
}

std::array<std::uint8_t, 1 + kRandomSize> key_of(const Label& label, base::ByteView random) {
  std::array<std::uint8_t, 1 + kRandomSize> key{};
  key[0] = static_cast<std::uint8_t>(&label - kLabels);
  std::ranges::copy(random, key.begin() + 1);
  return key;
}

std::string_view take_word(std::string_view& line) {
  const auto word = line.substr(0, line.find(' '));
  line.remove_prefix(std::min(line.size(), word.size() + 1));
  return word;
}

std::optional<std::uint8_t> digit(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return std::nullopt;
}

// Into octets that are wiped when they go, as base::from_hex's are not.
bool read_hex(std::string_view text, std::span<std::uint8_t> into) {
  if (text.size() != 2 * into.size()) return false;
  for (std::size_t i = 0; i < into.size(); ++i) {
    const auto high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
    if (!high || !low) return false;
    into[i] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return true;
}

}  // namespace

Secrets::Line Secrets::add_line(std::string_view line, From from) {
  const auto* const label = label_named(take_word(line));
  std::array<std::uint8_t, kRandomSize> random{};
  if (label == nullptr || !read_hex(take_word(line), random)) return Line::none;
  const auto size = line.size() / 2;
  if (size < label->shortest || size > label->longest) return Line::none;
  crypto::Secret secret(size);
  if (!read_hex(line, secret.octets())) return Line::none;
  if (!label->kept) return Line::kept;
  const auto key = key_of(*label, random);
  const auto before = secrets_.find(key);
  if (secrets_.size() >= most_ && before == secrets_.end()) {
    left_out_ = true;
    return Line::left_out;
  }
  const bool given = from == From::key_log || (before != secrets_.end() && before->second.given);
  secrets_.insert_or_assign(key, Kept{std::move(secret), given});
  return Line::kept;
}

KeyLogLines Secrets::add(std::string_view key_log, From from) {
  KeyLogLines lines;
  while (!key_log.empty()) {
    auto line = key_log.substr(0, key_log.find('\n'));
    key_log.remove_prefix(std::min(key_log.size(), line.size() + 1));
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    // "Lines starting with an octothorpe '#' character are ignored."
    if (line.empty() || line.front() == '#') continue;
    const auto read = add_line(line, from);
    if (read != Line::kept) ++not_read_;
    ++(read == Line::none ? lines.others : lines.secrets);
  }
  return lines;
}

const Secrets::Kept* Secrets::kept(std::string_view label, base::ByteView client_random) const {
  const auto* const known = label_named(label);
  if (known == nullptr || client_random.size() != kRandomSize) return nullptr;
  const auto found = secrets_.find(key_of(*known, client_random));
  return found == secrets_.end() ? nullptr : &found->second;
}

const crypto::Secret* Secrets::find(std::string_view label, base::ByteView client_random) const {
  const auto* const found = kept(label, client_random);
  return found == nullptr ? nullptr : &found->secret;
}

bool Secrets::given_of(base::ByteView client_random) const {
  return std::ranges::any_of(kLabels, [&](const Label& label) {
    const auto* const found = kept(label.name, client_random);
    return found != nullptr && found->given;
  });
}

std::size_t Secrets::of(base::ByteView client_random) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      kLabels, [&](const Label& label) { return find(label.name, client_random) != nullptr; }));
}

}  // namespace sealtone::capture
