// SPDX-License-Identifier: Apache-2.0
//
// admin/api: the REST API and the page's files; one handler for HTTPS and for admin.sock.
//
// Documented in docs/api.md.  Remote callers need a session (POST /api/session) and, for every
// change, its CSRF token in X-CSRF-Token; the Host must be one of the phone's own names.  The local
// socket's callers are the admin already (file mode 0600).  Strict CSP and Trusted Types on every
// answer.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "admin/control.h"
#include "base/clock.h"
#include "base/random.h"
#include "http/http.h"

namespace sealtone::admin {

struct Caller {
  bool local = false;   // over admin.sock, or in the same process
  std::string address;  // of a remote caller
};

struct ApiOptions {
  std::vector<std::string> own_names;  // further names the Host field may hold, besides IP literals
                                       // of the listener and localhost
  std::chrono::minutes relog{5};       // idle time after which a session ends
};

class Api {
 public:
  Api(PhoneControl& phone, base::Random& random, const base::Clock& clock, ApiOptions options);
  ~Api();
  // For http::Gate: nobody's body is read who would be turned away anyway, and none is longer than
  // the route takes.
  [[nodiscard]] http::Admission admit(const http::Request& header, const Caller& caller);
  // By value: the coroutine outlives the caller's request.
  [[nodiscard]] net::Task<http::Response> handle(http::Request request, Caller caller);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sealtone::admin
