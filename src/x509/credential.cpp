// SPDX-License-Identifier: Apache-2.0
//
// x509/parse: a certificate with its key, picked out of a file (see parse.h).
#include <algorithm>
#include <array>
#include <optional>
#include <ranges>

#include <openssl/evp.h>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/credential.h"
#include "x509/openssl.h"
#include "x509/parse.h"
#include "x509/signatures.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;

std::string quoted_names(const std::vector<Certificate>& certificates) {
  constexpr std::size_t most = 3;
  std::string out;
  for (const auto& certificate : certificates | std::views::take(most)) {
    if (!out.empty()) out += ", ";
    out += fmt::format("\"{}\" ({})", base::visible(certificate.subject().short_name(), 64),
                       certificate.public_key().description());
  }
  if (certificates.size() > most) out += " …";
  return out;
}

}  // namespace

bool can_be_shown(const PublicKey& key) {
  if (key.kind == "RSA" || key.kind == "RSA-PSS") return key.bits <= kMostRsaBits;
  if (key.kind == "EC") {
    return key.curve == "P-256" || key.curve == "P-384" || key.curve == "P-521";
  }
  return key.kind == "Ed25519" || key.kind == "Ed448";
}

bool key_works(const crypto::PrivateKey& key) {
  const ErrorsKept errors;
  static constexpr std::array<unsigned char, 32> message{};
  const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  const bool own_hash = key.description().starts_with("Ed");
  const EVP_MD* const hash = own_hash ? nullptr : EVP_sha256();
  std::size_t length = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, hash, nullptr, key.native()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &length, message.data(), message.size()) != 1) {
    return false;
  }
  base::Bytes signature(length);
  if (EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) !=
      1) {
    return false;
  }
  const Owned<EVP_MD_CTX, EVP_MD_CTX_free> check(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(check.get(), nullptr, hash, nullptr, key.native()) == 1 &&
         EVP_DigestVerify(check.get(), signature.data(), length, message.data(), message.size()) ==
             1;
}

namespace {

// From the leaf upwards. The root is left out: whoever trusts it has it.  Nothing: a file may hold
// a thousand certificates of one name with keys that are slow to verify with, and the search ends
// with its budget.
std::optional<std::vector<Certificate>> ordered(const Certificate& leaf,
                                                const std::vector<Certificate>& others) {
  Signatures signatures;
  std::vector<Certificate> chain{leaf};
  while (!signatures.self_signed(chain.back())) {
    bool all_looked_at = true;
    const auto issued_it = [&](const Certificate& other) {
      if (other.subject() != chain.back().issuer() ||
          std::ranges::find(chain, other) != chain.end() || signatures.self_signed(other)) {
        return false;
      }
      const auto answer = signatures.made_by(chain.back(), other);
      if (answer == Signatures::Answer::too_costly) all_looked_at = false;
      return answer == Signatures::Answer::yes;
    };
    const auto next = std::ranges::find_if(others, issued_it);
    if (next == others.end() && !all_looked_at) return std::nullopt;
    if (next == others.end()) break;
    chain.push_back(*next);
  }
  return chain;
}

}  // namespace

base::Result<DeviceCredential> device_credential(const Contents& contents, std::string_view name) {
  const std::string where(name);
  if (contents.keys.empty()) {
    return base::fail(ErrorCode::mismatch, where,
                      "it holds no private key: upload one file with the certificate and its "
                      "private key, one behind the other");
  }
  if (contents.certificates.empty()) {
    return base::fail(ErrorCode::mismatch, where,
                      fmt::format("it holds a private key ({}) but no certificate: upload one file "
                                  "with the certificate and its private key, one behind the other",
                                  contents.keys.front().description()));
  }
  for (const auto& certificate : contents.certificates) {
    for (const auto& key : contents.keys) {
      if (!certificate.matches(key)) continue;
      if (!key_works(key)) {
        return base::fail(ErrorCode::bad_input, where,
                          "its private key belongs to the certificate but is damaged: it makes no "
                          "valid signature");
      }
      auto chain = ordered(certificate, contents.certificates);
      if (!chain) {
        return base::fail(ErrorCode::too_large, where,
                          "which of its certificates issued which takes longer to find out than is "
                          "allowed: leave the server's certificate, its key and the intermediates "
                          "that lead to its issuer, and nothing else");
      }
      return DeviceCredential{*std::move(chain), key};
    }
  }
  return base::fail(
      ErrorCode::mismatch, where,
      fmt::format("its private key ({}) belongs to none of its certificates, {}: upload the "
                  "certificate that was issued for this key",
                  contents.keys.front().description(), quoted_names(contents.certificates)));
}

}  // namespace sealtone::x509
