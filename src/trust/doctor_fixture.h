// SPDX-License-Identifier: Apache-2.0
//
// trust/doctor_fixture: for tests, a root, an intermediate and a server's certificate with its key,
// made by OpenSSL; and uploads of them.
//
// Units: judged at 2026-06-01; all are valid from 2026-01-01 until 2027-01-01.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trust/doctor.h"
#include "x509/made.h"

namespace sealtone::trust::testing {

inline constexpr auto kThen = x509::test::kNow;

inline crypto::PrivateKey key_of(const std::string& subject) {
  auto* const key = x509::test::key(subject);
  EVP_PKEY_up_ref(key);
  return crypto::PrivateKey(key);
}

struct Family {
  x509::Certificate root = x509::test::made({.subject = "/CN=Root", .extensions = with_ids("ca")});
  x509::Certificate middle =
      x509::test::made({.subject = "/CN=Middle", .extensions = with_ids("ca"), .issuer = &root});
  x509::Certificate leaf =
      x509::test::made({.subject = "/CN=Leaf", .extensions = with_ids(""), .issuer = &middle});
  crypto::PrivateKey key = key_of("/CN=Leaf");

  // Subject key identifier, and what a CA has.
  static std::string with_ids(std::string_view kind) {
    const std::string id = "subjectKeyIdentifier=hash\n";
    return kind == "ca" ? x509::test::ca(id) : id + "subjectAltName=DNS:leaf.example\n";
  }
};

inline const Family& family() {
  static const Family made;
  return made;
}

inline std::vector<std::string> words(const Diagnosis& diagnosis) {
  std::vector<std::string> out;
  for (const auto& remark : diagnosis.remarks) out.emplace_back(word(remark.code));
  return out;
}

inline Diagnosis examined(const Upload& upload, DoctorOptions options = {.now = kThen}) {
  return examine(upload, options);
}

}  // namespace sealtone::trust::testing
