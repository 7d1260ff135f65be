// SPDX-License-Identifier: Apache-2.0
//
// phone/account_talk: what an account and its server say to each other in SIP, kept and logged.
//
// Of the newest connection the first kFirst and the last kLast messages are kept; those of a
// connection whose octets are recorded stand in its recording, too.  Credentials are blanked
// (sip/shown.h).  The log has a line for each message of a registration, at most kMostLines a
// minute, and with --verbose every message whole.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/ends.h"
#include "base/log.h"
#include "explain/spoken.h"
#include "sip/dial.h"
#include "sip/message.h"

namespace sealtone::phone {

class AccountTalk {
 public:
  static constexpr std::size_t kFirst = 8, kLast = 8;
  static constexpr std::size_t kLongestMessage = 4'096;
  static constexpr int kMostLines = 20;

  AccountTalk(int number, const base::Clock& clock, base::Log& log);
  // Another connection: what was said over the one before is no longer kept here.
  void connected(const sip::Attempt& attempt);
  void seen(bool sent, const sip::Message& message);
  [[nodiscard]] explain::Conversation conversation() const;

 private:
  void write_line(bool sent, const sip::Message& message, const std::string& line);

  int number_;
  const base::Clock& clock_;
  base::Log& log_;
  base::Ends<explain::Saying> said_{kFirst, kLast};
  std::shared_ptr<tls::Recording> recording_;
  bool encrypted_ = false;
  std::chrono::steady_clock::time_point began_, minute_;
  int lines_ = 0;
  std::size_t not_logged_ = 0;
};

}  // namespace sealtone::phone
