// SPDX-License-Identifier: Apache-2.0
//
// fuzz/digest_challenge: any octets as what a server says when it asks for a password.
//
// Each line is one WWW-Authenticate field; the last one is Authentication-Info, too.  What must
// hold besides "no crash": what is answered is one line of a header, reads back as one Digest with
// the server's own realm and nonce, and holds no password.
#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "digest/digest.h"
#include "digest/offers.h"

namespace {

using namespace sealtone;

constexpr std::string_view kPassword = "hidden-made-for-the-test";

void require(bool holds) {
  if (!holds) std::abort();
}

void require_value(const digest::Parameters& parameters, std::string_view name,
                   const std::string& expected) {
  const auto* value = digest::find(parameters, name);
  require(value != nullptr && *value == expected);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto fields = base::split(base::text({data, size}), '\n');
  const auto offered = digest::offered(fields);
  require(offered.schemes.size() <= fields.size() * digest::kMaxOffers);
  if (!offered.digest) return 0;
  // A server that guessed the password gets back its own words.
  if (base::text({data, size}).find(kPassword) != std::string::npos) return 0;
  for (const std::string_view user : {"phone", "J\xC3\xA4s\xC3\xB8n \"Doe\"", "a\r\nb"}) {
    auto session = digest::Session::begin(*offered.digest, user, kPassword, "0a4f113b");
    if (!session) continue;
    const auto answer = session->authorization("GET", "/y000000000000.cfg?a=\"b\\\"");
    require(answer.has_value());
    require(answer->find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    require(answer->find(kPassword) == std::string::npos);
    const auto back = digest::read_offers(*answer);
    if (answer->size() <= digest::kMaxFieldBytes) {
      require(back && back->size() == 1 && back->front().scheme == "digest");
      require_value(back->front().parameters, "realm", offered.digest->realm);
      require_value(back->front().parameters, "nonce", offered.digest->nonce);
      require_value(back->front().parameters, "uri", "/y000000000000.cfg?a=\"b\\\"");
    }
    (void)session->confirm(fields.back());
    require(session->authorization("GET", "/").has_value());
  }
  return 0;
}
