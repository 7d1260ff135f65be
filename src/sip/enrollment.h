// SPDX-License-Identifier: Apache-2.0
//
// sip/enrollment: the question where a phone's configuration is, and which answer to it counts.
//
// Source: RFC 6080 §5 (the event package ua-profile), RFC 6665 §4.4.3 (Expires: 0, to be told
// once), as desk phones ask it: of everybody around, for their MAC, answered by a NOTIFY whose body
// is the URL.  Nobody vouches for who answers: only a URL of https is taken, whose server is judged
// as any.  Quiet: datagrams in, messages and the URL out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/url.h"
#include "sip/message.h"

namespace sealtone::sip {

inline constexpr std::size_t kMaxProfileUrl = 2 * 1024;

class Enrollment {
 public:
  struct Who {
    std::string mac;  // "001565000001"
    std::string user_agent;
    std::string asked;      // address that is asked
    bool everybody = true;  // it is one of many: who answers first is asked alone from then on
    std::string here;       // this end's address and port
    std::uint16_t port = 0;
  };
  // call_id, tag, branch: random.
  Enrollment(Who who, std::string call_id, std::string tag, std::string branch);

  [[nodiscard]] Message subscribe() const;
  struct Heard {
    std::optional<Message> answer = {};  // to where it came from; none to what is not for us
    std::optional<base::Url> url = {};
  };
  [[nodiscard]] Heard take(std::string_view datagram, const std::string& from_address,
                           std::uint16_t from_port);
  // Why the last answer that was for us has no URL that can be taken; empty: none came.
  [[nodiscard]] const std::string& refused() const { return refused_; }

 private:
  [[nodiscard]] bool is_of_ours(const Message& message, std::string_view our_tag_in) const;
  [[nodiscard]] bool may_come_from(const std::string& address) const;
  [[nodiscard]] base::Result<base::Url> url_of(const Message& notify) const;

  Who who_;
  std::string call_id_, tag_, branch_;
  std::string server_;  // the address that answered
  std::string refused_;
};

}  // namespace sealtone::sip
