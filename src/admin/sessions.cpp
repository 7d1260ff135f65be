// SPDX-License-Identifier: Apache-2.0
#include "admin/sessions.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace sealtone::admin {

using std::chrono::seconds;

namespace {

// "192.0.2.9" as it is, also where a socket for both families calls it ::ffff:192.0.2.9; of an IPv6
// address the first 64 bits, in hexadecimal.  A link's name ("fe80::1%eth0") makes no difference:
// a host has the addresses of a link to itself as well.
std::string network_of(const std::string& address) {
  std::array<std::uint8_t, sizeof(in6_addr)> octets{};
  const auto bare = address.substr(0, address.find('%'));
  if (inet_pton(AF_INET6, bare.c_str(), octets.data()) != 1) return address;
  constexpr std::size_t kPrefix = 8, kMappedPrefix = 12;
  constexpr std::array<std::uint8_t, kMappedPrefix> kMapped{0, 0, 0, 0, 0,    0,
                                                            0, 0, 0, 0, 0xFF, 0xFF};
  if (std::equal(kMapped.begin(), kMapped.end(), octets.begin())) {
    std::array<char, INET_ADDRSTRLEN> text{};
    inet_ntop(AF_INET, octets.data() + kMappedPrefix, text.data(), text.size());
    return text.data();
  }
  return base::hex(base::ByteView(octets).first(kPrefix));
}

}  // namespace

std::string Sessions::token() {
  std::array<std::uint8_t, 32> octets{};
  random_.fill(octets);
  return base::hex(octets);
}

Sessions::Opened Sessions::open(Moment now) {
  if (sessions_.size() >= kMaxSessions) {
    const auto idlest = std::ranges::min_element(
        sessions_, {}, [](const auto& entry) { return entry.second.last_seen; });
    sessions_.erase(idlest);
  }
  Opened opened{token(), token()};
  sessions_[crypto::sha256(base::view(opened.id))] = {opened.csrf, now};
  return opened;
}

std::optional<std::string> Sessions::csrf_of(std::string_view id, Moment now) {
  const auto found = sessions_.find(crypto::sha256(base::view(id)));
  if (found == sessions_.end()) return std::nullopt;
  if (now - found->second.last_seen > idle_) {
    sessions_.erase(found);
    return std::nullopt;
  }
  found->second.last_seen = now;
  return found->second.csrf;
}

void Sessions::close(std::string_view id) { sessions_.erase(crypto::sha256(base::view(id))); }

seconds Attempts::wait(const std::string& address, Moment now) const {
  auto not_before = all_wait_from_ - kEach * (kFreeInAll - 1);
  const auto found = tries_.find(network_of(address));
  if (found != tries_.end()) not_before = std::max(not_before, found->second.not_before);
  return std::max(seconds(0), std::chrono::ceil<seconds>(not_before - now));
}

void Attempts::wrong(const std::string& address, Moment now) {
  all_wait_from_ = std::max(all_wait_from_, now) + kEach;
  const auto network = network_of(address);
  if (!tries_.contains(network) && tries_.size() >= kMaxAddresses) {
    const auto oldest =
        std::ranges::min_element(tries_, {}, [](const auto& entry) { return entry.second.last; });
    tries_.erase(oldest);
  }
  auto& tries = tries_[network];
  tries.last = now;
  ++tries.count;
  if (tries.count < kFree) return;
  constexpr int kMostDoublings = 10;
  const int doublings = std::min(tries.count - kFree, kMostDoublings);
  const seconds delay = std::min(seconds(1) * (1 << doublings), seconds(900));
  tries.not_before = now + delay;
}

void Attempts::right(const std::string& address) {
  all_wait_from_ -= kEach;
  tries_.erase(network_of(address));
}

void Attempts::unjudged(const std::string& address) {
  all_wait_from_ -= kEach;
  const auto found = tries_.find(network_of(address));
  if (found != tries_.end() && --found->second.count == 0) tries_.erase(found);
}

}  // namespace sealtone::admin
