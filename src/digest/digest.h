// SPDX-License-Identifier: Apache-2.0
//
// digest: digest authentication, the client's side, for HTTP and SIP.
//
// Source: RFC 7616 (HTTP), RFC 8760 (SIP); qop "auth", and none at all as in RFC 2069.  Quiet: the
// client nonce is an argument.  User and password are octets as given: names outside ASCII are
// taken as UTF-8 in the form they were typed in.  Limits: offers.h's.  Errors: bad_input,
// unsupported (a hash that this computer's OpenSSL has switched off), mismatch (confirm).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sealtone::digest {

// Weakest first.
enum class Algorithm { md5, md5_sess, sha256, sha256_sess, sha512_256, sha512_256_sess };
[[nodiscard]] std::string_view word(Algorithm algorithm);  // "SHA-256-sess"

struct Challenge {
  std::string realm, nonce;
  std::optional<std::string> opaque;
  Algorithm algorithm = Algorithm::md5;
  bool names_algorithm = false;  // only then is it named in the answer (RFC 2069 knew none)
  bool stale = false;            // the nonce was too old; user and password were right
  bool qop_auth = false;         // false: as in RFC 2069, without client nonce and count
  bool utf8 = false;             // charset=UTF-8
  bool userhash = false;
};

// What a server that wants a password offers.
struct Offered {
  std::optional<Challenge> digest;   // the strongest that is known here
  bool basic = false;                // RFC 7617
  std::vector<std::string> schemes;  // all that were named, in lower case
};
// The values of all WWW-Authenticate (or Proxy-Authenticate) fields.  A field that is malformed is
// passed over as a whole, as is a challenge with an algorithm or a qop that is not known here.
[[nodiscard]] Offered offered(std::span<const std::string_view> fields);
// The schemes for a sentence ("negotiate, ntlm"), a few of them, as a stranger wrote them.
[[nodiscard]] std::string ways(const Offered& offered);

// The answers to one challenge, which its nonce count numbers.
class Session {
 public:
  // client_nonce: random, hexadecimal.  bad_input: a user name that no field can carry.
  [[nodiscard]] static base::Result<Session> begin(Challenge challenge, std::string_view user,
                                                   std::string_view password,
                                                   std::string client_nonce);

  // The Authorization field's value for one request; each call counts.
  [[nodiscard]] base::Result<std::string> authorization(std::string_view method,
                                                        std::string_view uri);

  // Authentication-Info in the response to that request (RFC 7616 §3.5).  mismatch: rspauth shows
  // that who answers does not know the password.  Without rspauth nothing is shown.
  [[nodiscard]] base::Result<void> confirm(std::string_view authentication_info);

 private:
  Session(Challenge challenge, std::string client_nonce)
      : challenge_(std::move(challenge)), client_nonce_(std::move(client_nonce)) {}
  [[nodiscard]] base::Result<std::string> hash(const std::string& text) const;
  [[nodiscard]] base::Result<std::string> response(const std::string& a2) const;
  [[nodiscard]] std::string nonce_count() const;

  Challenge challenge_;
  std::string client_nonce_;
  std::string user_;      // as a parameter: username="…"
  std::string ha1_;       // the hash that stands for user and password
  std::string last_uri_;  // of the last authorization()
  std::uint32_t count_ = 0;
};

}  // namespace sealtone::digest
