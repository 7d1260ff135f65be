// SPDX-License-Identifier: Apache-2.0
//
// digest/challenge: which of a server's challenges is answered.
//
// RFC 7616 §3.7 leaves the choice to the client's policy; ours is the strongest.
#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

#include "base/text.h"
#include "digest/digest.h"
#include "digest/offers.h"

namespace sealtone::digest {
namespace {

using base::equal_ignoring_ascii_case;

constexpr std::array kAlgorithms{
    std::pair{Algorithm::md5, std::string_view("MD5")},
    std::pair{Algorithm::md5_sess, std::string_view("MD5-sess")},
    std::pair{Algorithm::sha256, std::string_view("SHA-256")},
    std::pair{Algorithm::sha256_sess, std::string_view("SHA-256-sess")},
    std::pair{Algorithm::sha512_256, std::string_view("SHA-512-256")},
    std::pair{Algorithm::sha512_256_sess, std::string_view("SHA-512-256-sess")},
};

std::optional<Algorithm> algorithm_of(std::string_view spelled) {
  for (const auto& [algorithm, name] : kAlgorithms) {
    if (equal_ignoring_ascii_case(name, spelled)) return algorithm;
  }
  return std::nullopt;
}

bool says(const Parameters& parameters, std::string_view name, std::string_view value) {
  const auto* found = find(parameters, name);
  return found != nullptr && equal_ignoring_ascii_case(*found, value);
}

bool lists_auth(const std::string& qop) {
  const auto options = base::split(qop, ',');
  return std::ranges::any_of(options, [](std::string_view option) {
    return equal_ignoring_ascii_case(base::trim(option), "auth");
  });
}

// Nothing for a challenge that cannot be answered here.
std::optional<Challenge> challenge_of(const Parameters& parameters) {
  const auto* realm = find(parameters, "realm");
  const auto* nonce = find(parameters, "nonce");
  if (realm == nullptr || nonce == nullptr) return std::nullopt;
  Challenge challenge{.realm = *realm, .nonce = *nonce, .opaque = {}};
  if (const auto* opaque = find(parameters, "opaque")) challenge.opaque = *opaque;
  if (const auto* spelled = find(parameters, "algorithm")) {
    const auto known = algorithm_of(*spelled);
    if (!known) return std::nullopt;
    challenge.algorithm = *known;
    challenge.names_algorithm = true;
  }
  if (const auto* qop = find(parameters, "qop")) {
    challenge.qop_auth = lists_auth(*qop);
    if (!challenge.qop_auth) return std::nullopt;  // auth-int alone
  } else if (word(challenge.algorithm).ends_with("-sess")) {
    return std::nullopt;  // its hash needs a client nonce, which only goes along with a qop
  }
  challenge.stale = says(parameters, "stale", "true");
  challenge.utf8 = says(parameters, "charset", "UTF-8");
  challenge.userhash = says(parameters, "userhash", "true");
  return challenge;
}

}  // namespace

std::string_view word(Algorithm algorithm) {
  return std::ranges::find(kAlgorithms, algorithm, [](const auto& each) { return each.first; })
      ->second;
}

Offered offered(std::span<const std::string_view> fields) {
  Offered offered;
  for (const auto field : fields) {
    const auto offers = read_offers(field);
    if (!offers) continue;
    for (const auto& offer : *offers) {
      offered.schemes.push_back(offer.scheme);
      if (offer.scheme == "basic") offered.basic = true;
      if (offer.scheme != "digest") continue;
      auto challenge = challenge_of(offer.parameters);
      const bool stronger =
          challenge && (!offered.digest || offered.digest->algorithm < challenge->algorithm);
      if (stronger) offered.digest = std::move(challenge);
    }
  }
  return offered;
}

std::string ways(const Offered& offered) {
  constexpr std::size_t kMostNamed = 5, kMostOfAName = 40;
  std::string words;
  for (const auto& scheme : offered.schemes | std::views::take(kMostNamed)) {
    words += (words.empty() ? "" : ", ") + base::visible(scheme, kMostOfAName);
  }
  return words.empty() ? std::string("a way that cannot be read") : words;
}

}  // namespace sealtone::digest
