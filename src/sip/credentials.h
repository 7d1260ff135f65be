// SPDX-License-Identifier: Apache-2.0
//
// sip/credentials: answers to a server's questions for a password (401, 407).
//
// Source: RFC 3261 §22, RFC 7616, RFC 8760 (of several challenges the strongest known is answered;
// Basic never is).  Quiet: the client nonce is an argument.
//
// Whom the password is for: a challenge names its realm itself, and what answers it can be guessed
// at by whoever asked.  So only the configured server may choose a realm; its certificate, where
// there is TLS, was judged by its name.  A server that the configured one redirected to gets an
// answer for a realm that the configured server asked for before, or for the configured domain, and
// for no other.  Nonces are never carried from one server to another: an answer made for one could
// be used at the other, for a digest does not cover Contact.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "digest/digest.h"
#include "sip/message.h"

namespace sealtone::sip {

class Credentials {
 public:
  Credentials(std::string user, std::string password);
  // A new round of requests to that server ("sip.example.com:5061"); its nonces may be used on.
  // domain: of the address of record.  configured: it is the admin's own server and not one that
  // was redirected to.
  void begin(const std::string& server, const std::string& domain, bool configured);
  // What is to be sent along now.  client_nonce: random.
  [[nodiscard]] base::Result<void> add_to(Message& request, std::string_view client_nonce);
  // Of a 401 or 407: nothing if it is answered by sending the request again, or why not.
  struct NotAnswered {
    std::string why;
    bool by_password = false;  // another user name or password may do
  };
  [[nodiscard]] std::optional<NotAnswered> challenged(const Message& response);
  // Authentication-Info of a success; mismatch: the server does not know the password.
  [[nodiscard]] base::Result<void> confirm(const Message& response);
  // A success: what is asked next is asked for another reason.
  void succeeded();

 private:
  // 401 is the registrar's, 407 a proxy's; both may ask for one request.
  struct Side {
    const char* asks;     // WWW-Authenticate
    const char* answers;  // Authorization
    const char* info;     // Authentication-Info
    std::optional<digest::Challenge> asked = {};
    std::optional<digest::Session> session = {};
    std::vector<std::string> realms = {};  // that the configured server asked for
    int answered = 0;                      // in this round
  };
  [[nodiscard]] bool may_answer(const Side& side, const std::string& realm) const;

  std::string user_, password_, domain_, server_;
  bool configured_ = true;
  Side registrar_{"WWW-Authenticate", "Authorization", "Authentication-Info"};
  Side proxy_{"Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info"};
};

}  // namespace sealtone::sip
