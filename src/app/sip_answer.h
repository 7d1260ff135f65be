// SPDX-License-Identifier: Apache-2.0
//
// app/sip_answer: what a server answered to the OPTIONS of `sealtone check sips:…`, in a sentence.
//
// Source: RFC 3261 §11.2, §21.  Says nothing about the certificate, and changes no verdict.  What
// the server says of itself is made visible and cut.  Errors: none; what is no SIP is said, too.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "sip/message.h"

namespace sealtone::app {

// What was asked.
struct SipRequest {
  std::string uri;  // "sips:pbx.example.com"
  std::chrono::seconds limit;
};

struct SipAnswer {
  std::optional<int> status = {};  // nothing: no answer came in SIP
  std::string reason = {};
  std::string server = {};              // as it names itself (Server)
  std::vector<std::string> allow = {};  // the methods it takes (Allow)
  std::string says;
};

[[nodiscard]] SipAnswer sip_answer(const SipRequest& request,
                                   const base::Result<sip::Message>& response);

}  // namespace sealtone::app
