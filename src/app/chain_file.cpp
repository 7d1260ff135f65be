// SPDX-License-Identifier: Apache-2.0
#include "app/chain_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "explain/wording.h"
#include "tls/tls.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;
using Certificates = std::vector<x509::Certificate>;
using Keys = std::vector<crypto::PrivateKey>;

constexpr std::size_t kMostRemarks = 5;

std::string called(const x509::Certificate& certificate) {
  return explain::in_quotes(certificate.subject().short_name());
}

bool fits_any(const x509::Certificate& certificate, const Keys& keys) {
  return std::ranges::any_of(
      keys, [&](const crypto::PrivateKey& key) { return certificate.matches(key); });
}

// A server shows the first certificate, and proves with the key that it is its own.
Result<void> check_key(const Certificates& certificates, const Keys& keys, const std::string& file,
                       const std::string& key_file) {
  const auto& first = certificates.front();
  if (fits_any(first, keys)) {
    x509::Contents both;
    both.certificates = {first};
    both.keys = keys;
    const auto usable = x509::device_credential(both, key_file);  // a damaged key is found here
    if (!usable) return std::unexpected(usable.error());
    return {};
  }
  const auto kind = keys.front().description();
  const auto other = std::ranges::find_if(
      certificates, [&](const x509::Certificate& each) { return fits_any(each, keys); });
  if (other == certificates.end()) {
    return base::fail(
        ErrorCode::mismatch, key_file,
        fmt::format("this private key ({}) does not belong to {} ({}), the certificate that a "
                    "server would show, nor to any other one in {}: no server can use the two "
                    "together; take the key that the certificate was issued for",
                    kind, called(first), first.public_key().description(), file));
  }
  return base::fail(
      ErrorCode::mismatch, key_file,
      fmt::format("this private key ({}) belongs to certificate {} of {}, {}, and a server shows "
                  "the first one, {}: put the server's own certificate first",
                  kind, other - certificates.begin() + 1, file, called(*other), called(first)));
}

// The first that no other one of the file was issued by, where the first of all is an authority's
// that issued another.
std::string own_behind(const Certificates& all) {
  const auto issued_one = [&](const x509::Certificate& each) {
    return std::ranges::any_of(all, [&](const x509::Certificate& other) {
      return other != each && other.issuer() == each.subject();
    });
  };
  if (!all.front().is_ca() || !issued_one(all.front())) return {};
  const auto own = std::ranges::find_if(
      all, [&](const x509::Certificate& each) { return !each.is_ca() && !issued_one(each); });
  return own == all.end() ? std::string() : own->subject().short_name();
}

// RFC 5246 §7.4.2: "Each following certificate MUST directly certify the one preceding it."
std::vector<std::string> remarks_on(const Certificates& all, const std::string& file) {
  std::vector<std::string> remarks;
  if (all.front().is_ca() && all.size() > 1) {
    remarks.push_back(
        fmt::format("The first certificate of {}, {}, is an authority's, and a server shows the "
                    "first one as its own: put the server's certificate first.",
                    base::visible(file), called(all.front())));
  }
  for (std::size_t i = 1; i < all.size() && remarks.size() < kMostRemarks; ++i) {
    const auto earlier = std::ranges::find(all, all[i]) - all.begin();
    if (static_cast<std::size_t>(earlier) < i) {
      remarks.push_back(fmt::format("Certificate {} of {}, {}, is the same as certificate {}.",
                                    i + 1, base::visible(file), called(all[i]), earlier + 1));
      continue;
    }
    const bool issued_it =
        all[i].subject() == all[i - 1].issuer() && x509::signed_by(all[i - 1], all[i]);
    if (issued_it) continue;
    remarks.push_back(fmt::format(
        "Certificate {} of {}, {}, did not issue certificate {}, {}. A server sends them in the "
        "order of the file, and not every phone puts them in order: behind each certificate put "
        "its issuer's, and nothing else.",
        i + 1, base::visible(file), called(all[i]), i, called(all[i - 1])));
  }
  return remarks;
}

}  // namespace

Result<ChainFile> read_chain(const std::string& file, const std::string& key_file,
                             CertificateFiles& files) {
  auto read = files.read(file);
  if (!read) return std::unexpected(read.error());
  ChainFile chain{.certificates = std::move(read->contents.certificates), .remarks = {}};
  if (chain.certificates.empty()) {
    return base::fail(ErrorCode::wrong_kind, file,
                      "this is a private key; --chain takes the certificates that a server is to "
                      "show, and --key its private key");
  }
  std::size_t octets = 0;
  for (const auto& each : chain.certificates) octets += each.der().size();
  if (octets > tls::kMaxChainOctets) {
    return base::fail(ErrorCode::too_large, file,
                      fmt::format("its certificates have {} octets, and of a server's no more than "
                                  "{} are read: a server is to send its own certificate and those "
                                  "that lead to its issuer, and nothing else",
                                  octets, tls::kMaxChainOctets));
  }
  auto keys = std::move(read->contents.keys);
  if (!key_file.empty()) {
    auto key = files.read(key_file);
    if (!key) return std::unexpected(key.error());
    keys = std::move(key->contents.keys);
    if (keys.empty()) {
      return base::fail(ErrorCode::wrong_kind, key_file,
                        "this is a certificate, not a private key");
    }
  }
  if (!keys.empty()) {
    auto fits = check_key(chain.certificates, keys, file, key_file.empty() ? file : key_file);
    if (!fits) return std::unexpected(fits.error());
  }
  chain.remarks = remarks_on(chain.certificates, file);
  chain.own_stands_behind = own_behind(chain.certificates);
  return chain;
}

}  // namespace sealtone::app
