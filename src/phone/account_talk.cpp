// SPDX-License-Identifier: Apache-2.0
#include "phone/account_talk.h"

#include <fmt/format.h>

#include "base/text.h"
#include "sip/shown.h"
#include "tls/recording.h"

namespace sealtone::phone {
namespace {

constexpr std::chrono::minutes kLineTime{1};

std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) c == '\n' ? line += " | " : line += c;
  return line;
}

// RFC 3261 §8.1.1.5: a response has the method of its request there.
bool is_of_registration(const sip::Message& message) {
  const auto cseq = sip::parse_cseq(message.field("CSeq"));
  return cseq && cseq->method == "REGISTER";
}

}  // namespace

AccountTalk::AccountTalk(int number, const base::Clock& clock, base::Log& log)
    : number_(number), clock_(clock), log_(log), began_(clock.steady()), minute_(clock.steady()) {}

void AccountTalk::connected(const sip::Attempt& attempt) {
  said_.clear();
  recording_ = attempt.recording;
  encrypted_ = attempt.verdict.has_value();
  began_ = clock_.steady();
  if (attempt.record) began_ -= attempt.record->duration;  // as in its ladder
}

void AccountTalk::seen(bool sent, const sip::Message& message) {
  auto text = base::cut(sip::shown(message), kLongestMessage);
  auto line = sip::one_line(message);
  log_.write(
      base::LogLevel::debug, "sip",
      fmt::format("account {} {}: {}", number_, sent ? "sends" : "hears", on_one_line(text)));
  write_line(sent, message, line);
  if (recording_) {
    recording_->said(sent ? handshake::Direction::sent : handshake::Direction::received, line,
                     text);
  }
  said_.add({.from_client = sent,
             .at = std::chrono::duration_cast<std::chrono::microseconds>(clock_.steady() - began_),
             .line = std::move(line),
             .text = std::move(text)});
}

// A server that asks for another registration each second shall not fill the log.
void AccountTalk::write_line(bool sent, const sip::Message& message, const std::string& line) {
  if (!is_of_registration(message)) return;
  if (clock_.steady() - minute_ >= kLineTime) {
    minute_ = clock_.steady();
    lines_ = 0;
    if (not_logged_ > 0) {
      log_.write(base::LogLevel::info, "sip",
                 fmt::format("account {}: {} SIP messages were not logged, as there were too many",
                             number_, std::exchange(not_logged_, 0)));
    }
  }
  if (++lines_ > kMostLines) {
    ++not_logged_;
    return;
  }
  log_.write(base::LogLevel::info, "sip",
             fmt::format("account {}: {} {}", number_, sent ? "sent" : "received", line));
}

explain::Conversation AccountTalk::conversation() const {
  return {.encrypted = encrypted_,
          .said = said_.all(),
          .left_out = said_.left_out(),
          .left_out_before = said_.first_size()};
}

}  // namespace sealtone::phone
