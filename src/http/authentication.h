// SPDX-License-Identifier: Apache-2.0
//
// http/authentication: how a client answers a server that asks for user and password.
//
// Source: RFC 9110 §11, RFC 7616 (Digest), RFC 7617 (Basic).  Nothing is sent before the server has
// asked (401), so that one which takes Digest never sees the password.  The strongest Digest goes
// before Basic, and a refused Digest is never tried again as Basic.  Errors: unsupported (a scheme
// that is not known here), mismatch (the server did not prove that it knows the password).
#pragma once

#include <optional>
#include <string>

#include "base/random.h"
#include "digest/digest.h"
#include "http/http.h"

namespace sealtone::http {

// For one origin; the caller asks it for no other.
class Authentication {
 public:
  // random: for Digest's client nonce; without it Digest is an internal error.
  Authentication(std::string user, std::string password, base::Random* random)
      : user_(std::move(user)), password_(std::move(password)), random_(random) {}

  // Whether the server has not asked yet, and would be answered.
  [[nodiscard]] bool may_be_asked() const { return !user_.empty() && !digest_ && !basic_; }
  void begin_target() { answers_ = 0; }  // each target may be refused anew
  [[nodiscard]] base::Result<void> add_to(Request& request);
  // Whether the request is to be sent once more, with what add_to() adds now.
  [[nodiscard]] base::Result<bool> ask_again(const Response& response);

 private:
  [[nodiscard]] base::Result<bool> answer(const digest::Offered& offered);

  std::string user_, password_;
  base::Random* random_;
  std::optional<digest::Session> digest_;
  bool basic_ = false;
  int answers_ = 0;  // to this target's 401
};

}  // namespace sealtone::http
