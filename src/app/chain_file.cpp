// SPDX-License-Identifier: Apache-2.0
#include "app/chain_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "explain/wording.h"
#include "tls/tls.h"
#include "x509/credential.h"
#include "x509/ocsp.h"

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
std::optional<trust::Finding> wrong_key(const Certificates& certificates, const Keys& keys,
                                        const std::string& key_file) {
  const auto& first = certificates.front();
  trust::Finding finding{.code = trust::FindingCode::wrong_key, .certificate = 0};
  finding.evidence.wanted = first.public_key().description();
  finding.evidence.detail = "key: " + base::visible(key_file);
  const auto fitting =
      std::ranges::find_if(keys, [&](const crypto::PrivateKey& key) { return first.matches(key); });
  if (fitting != keys.end()) {
    // Its public part may be sound, and the rest damaged.
    return x509::key_works(*fitting) ? std::nullopt : std::optional(std::move(finding));
  }
  finding.evidence.found = {keys.front().description()};
  const auto other = std::ranges::find_if(
      certificates, [&](const x509::Certificate& each) { return fits_any(each, keys); });
  if (other != certificates.end()) {
    finding.evidence.found.push_back(other->subject().short_name());
    // Behind a server's own, an authority's stands where it has to.
    if (other->is_ca() && !first.is_ca()) finding.evidence.found.emplace_back("CA");
  }
  return finding;
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

// RFC 7633: what no file tells is whether the server will do so.
std::optional<std::string> remark_on_stapling(const x509::Certificate& own) {
  if (!x509::demands_ocsp(own)) return std::nullopt;
  return fmt::format(
      "The certificate of {} demands that an answer of OCSP is sent along (RFC 7633, must-staple): "
      "the server has to do so (nginx: ssl_stapling on), or clients that ask for one refuse it.",
      called(own));
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
  chain.too_large = octets > tls::kMaxChainOctets;
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
    chain.wrong_key = wrong_key(chain.certificates, keys, key_file.empty() ? file : key_file);
  }
  chain.remarks = remarks_on(chain.certificates, file);
  if (auto stapling = remark_on_stapling(chain.certificates.front())) {
    chain.remarks.push_back(*std::move(stapling));
  }
  chain.own_stands_behind = own_behind(chain.certificates);
  return chain;
}

std::optional<trust::Verdict> not_read(const ChainFile& chain) {
  if (!chain.too_large) return std::nullopt;
  trust::Finding finding{.code = trust::FindingCode::chain_too_large};
  finding.evidence.wanted = fmt::format("{} octets", tls::kMaxChainOctets);
  return trust::Verdict{.decision = trust::Decision::not_established,
                        .findings = {std::move(finding)}};
}

trust::Verdict with_key(const ChainFile& chain, trust::Verdict verdict) {
  if (!chain.wrong_key) return verdict;
  verdict.findings.push_back(*chain.wrong_key);
  // It is of no certificate where none was looked at.
  if (verdict.path.path.empty()) verdict.findings.back().certificate.reset();
  if (verdict.decision != trust::Decision::not_established) {
    verdict.decision = trust::Decision::untrusted;
  }
  return verdict;
}

}  // namespace sealtone::app
