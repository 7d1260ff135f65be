// SPDX-License-Identifier: Apache-2.0
//
// admin/sessions: who is logged in, and how often somebody may try.
//
// Session ids are 256 random bits, kept only as their SHA-256; a session ends after the idle time.
// At most kMaxSessions: the one idle longest goes first.  Quiet but for the randomness given.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "base/random.h"
#include "crypto/crypto.h"

namespace sealtone::admin {

using Moment = std::chrono::steady_clock::time_point;

class Sessions {
 public:
  static constexpr std::size_t kMaxSessions = 64;

  struct Opened {
    std::string id, csrf;
  };

  Sessions(base::Random& random, std::chrono::minutes idle) : random_(random), idle_(idle) {}

  [[nodiscard]] Opened open(Moment now);
  // The CSRF token of a live session, whose idle time starts anew.
  [[nodiscard]] std::optional<std::string> csrf_of(std::string_view id, Moment now);
  void close(std::string_view id);
  void close_all() { sessions_.clear(); }

 private:
  struct Session {
    std::string csrf;
    Moment last_seen;
  };
  [[nodiscard]] std::string token();

  base::Random& random_;
  std::chrono::minutes idle_;
  std::map<crypto::Sha256, Session> sessions_;
};

// After kFree wrong passwords an address waits, 1 s at first, twice as long each time, at most 15
// minutes; IPv6 addresses count by their /64, which one host has to itself.  All addresses together
// may be wrong kFreeInAll times at once, then once every kEach.  A log-in counts as wrong from its
// beginning until it proves right, so that guesses side by side count too.  At most kMaxAddresses
// are remembered: the oldest goes first.  In memory alone: a wrong guess writes nothing to the
// disk.
class Attempts {
 public:
  static constexpr int kFree = 4;
  static constexpr int kFreeInAll = 30;
  static constexpr std::chrono::seconds kEach{2};
  static constexpr std::size_t kMaxAddresses = 1'024;

  // How long the address still has to wait; zero: it may try.
  [[nodiscard]] std::chrono::seconds wait(const std::string& address, Moment now) const;
  void wrong(const std::string& address, Moment now);
  void right(const std::string& address);
  // It was neither right nor wrong: the phone could not judge it.
  void unjudged(const std::string& address);

 private:
  struct Tries {
    int count = 0;
    Moment not_before{};
    Moment last{};
  };
  std::map<std::string, Tries> tries_;
  Moment all_wait_from_{};  // when those of all addresses are worked off, one every kEach
};

}  // namespace sealtone::admin
