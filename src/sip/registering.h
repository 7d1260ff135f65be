// SPDX-License-Identifier: Apache-2.0
//
// sip/registering: for tests, one registration and the answers it gets.
#pragma once

#include "sip/registrar.h"
#include "sip/registration.h"

namespace sealtone::sip::tests {

inline constexpr const char* kInstance = "urn:uuid:00000000-0000-1000-8000-000a95a0e128";

class Registering : public ::testing::Test {
 protected:
  Registering() { registration.begin(whom()); }
  static Identity identity() { return {"alice", "", "secret", "", kInstance}; }
  static Whom whom(std::chrono::seconds expires = 3'600s) {
    return {"example.com", {"example.com"}, {}, {}, expires};
  }
  Message next() {
    request = registration.next({"192.0.2.5", 40'112, Transport::tls}, "z9hG4bK1", "c0").value();
    return request;
  }
  Answer take(const Message& response) { return registration.take(response); }
  Refused refused(const Message& response) {
    auto answer = take(response);
    if (!std::holds_alternative<Refused>(answer)) {
      ADD_FAILURE() << "not refused: " << answer.index();
      return {};
    }
    return std::get<Refused>(answer);
  }
  [[nodiscard]] bool again(const Message& response) {
    return std::holds_alternative<Again>(take(response));
  }
  Registration registration{identity(), "call", "tag"};
  Message request;
};

}  // namespace sealtone::sip::tests
