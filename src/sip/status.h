// SPDX-License-Identifier: Apache-2.0
//
// sip/status: how an account is doing, and why.
//
// Values only.  Texts hold what servers said, made visible (base/text.h).  Units: UTC seconds.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "sip/server.h"
#include "trust/trust.h"

namespace sealtone::sip {

// Where an attempt ended, in the order in which they come.
enum class Stage { settings, dns, tcp, tls, sip, authentication };
[[nodiscard]] const char* word(Stage stage);

struct Cause {
  Stage stage = Stage::settings;
  std::string text = {};                       // what happened: a sentence's end, "it answered …"
  std::optional<trust::Verdict> verdict = {};  // of a TLS connection
  int status = 0;                              // of a SIP response; 0: none came
  bool lost = false;                           // it was registered, and the connection ended
  bool lapsed = false;                         // it was registered, and that has run out
  bool by_password = false;  // authentication: another user name or password may do
};

enum class State { off, waiting_for_permission, registering, registered, refused, failed };
[[nodiscard]] const char* word(State state);  // "waiting-for-permission"

// refused: a server said no, or we refused its certificate; failed: nobody answered, or what the
// settings say cannot be done.
[[nodiscard]] State state_after(const Cause& cause);

struct Status {
  State state = State::off;
  std::optional<Cause> cause = {};  // refused, failed; registering again: why it has to
  std::optional<std::chrono::sys_seconds> until = {};     // registered
  std::optional<std::chrono::sys_seconds> next_try = {};  // refused, failed; registering: waits
  std::string server = {};  // "sip.example.com:5061 (192.0.2.1:5061)", of this try
  std::optional<Transport> transport = {};
  std::string tls_version = {};                // "TLS 1.3"; empty without
  std::optional<trust::Verdict> verdict = {};  // of the connection that is open
  int waiting_messages = 0;
};

}  // namespace sealtone::sip
