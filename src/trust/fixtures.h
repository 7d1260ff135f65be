// SPDX-License-Identifier: Apache-2.0
//
// trust/fixtures: for tests, the certificates of tests/data/trust and one chain with up to two
// faults of choice, so that every pair of findings can be asked for.
//
// Units: judged at 2026-06-01.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "trust/trust.h"
#include "x509/parse.h"

namespace sealtone::trust::testing {

using Codes = std::set<FindingCode>;

inline constexpr auto kNow = std::chrono::sys_seconds{
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::June / 1}};

inline x509::Certificate certificate(const std::string& name) {
  std::ifstream file(std::string(SEALTONE_TEST_DATA) + "/trust/" + name + ".pem", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return x509::parse(base::view(text), name).value().certificates.at(0);
}

// The last octet of the signature is another one.
inline x509::Certificate with_broken_signature(const x509::Certificate& good) {
  auto der = good.der();
  der.back() ^= 1;
  return x509::Certificate::from_der(der).value();
}

// What a server with exactly these faults shows, and what it is judged by.
struct Case {
  std::vector<x509::Certificate> presented;
  std::vector<x509::Certificate> anchors;
  ReferenceIdentifier reference{ReferenceIdentifier::Kind::dns, "prov.example.com"};
};

inline Case with_faults(const Codes& codes) {
  const auto has = [&](FindingCode code) { return codes.contains(code); };
  const bool self = has(FindingCode::self_signed_leaf);
  const bool both_dates = has(FindingCode::expired) && has(FindingCode::not_yet_valid);
  std::string leaf = self ? "self" : "leaf";
  if (has(FindingCode::expired)) leaf += "-expired";
  if (has(FindingCode::not_yet_valid) && !both_dates) leaf += "-future";
  if (has(FindingCode::weak_signature)) leaf += "-sha1";
  if (has(FindingCode::weak_key)) leaf += "-weak";
  if (has(FindingCode::eku_missing)) leaf += "-client";

  Case made;
  made.presented.push_back(certificate(leaf));
  if (has(FindingCode::bad_signature)) {
    made.presented.front() = with_broken_signature(made.presented.front());
  }
  std::string issuer = "int";
  if (has(FindingCode::not_a_ca)) issuer += "-not-ca";
  if (both_dates) issuer += "-future";
  if (!self && !has(FindingCode::chain_incomplete)) made.presented.push_back(certificate(issuer));
  const bool unknown = has(FindingCode::issuer_unknown) && !has(FindingCode::chain_incomplete);
  made.anchors.push_back(certificate(unknown ? "other" : "root"));
  if (has(FindingCode::name_mismatch)) made.reference.value = "www.example.net";
  return made;
}

inline Verdict judge_case(const Case& made, const Policy& policy = {}) {
  return judge(made.presented, x509::AnchorSet(made.anchors), made.reference, policy, kNow);
}

inline Codes codes_of(const Verdict& verdict) {
  Codes codes;
  for (const auto& finding : verdict.findings) codes.insert(finding.code);
  return codes;
}

inline std::string words(const Codes& codes) {
  std::string text;
  for (const auto code : codes) text += (text.empty() ? "" : " ") + std::string(word(code));
  return text;
}

}  // namespace sealtone::trust::testing
