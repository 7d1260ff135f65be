// SPDX-License-Identifier: Apache-2.0
//
// x509/backstop: name constraints are compared with names, as long as it takes no more than its
// time.
#include "x509/backstop.h"

#include <gmock/gmock.h>

#include "crypto/crypto.h"
#include "x509/slow_keys.h"

namespace sealtone::x509 {
namespace {

using ::testing::ElementsAre;

// An authority that may name hosts of that many domains; all of one length, "0000.example".
Certificate constrained(const Certificate& original, int domains) {
  std::string permitted;
  for (int i = 0; i < domains; ++i) {
    permitted +=
        (i > 0 ? ",permitted;DNS:" : "permitted;DNS:") + std::to_string(1'000 + i) + ".example";
  }
  const Owned<X509, X509_free> changed(X509_dup(original.native()));
  const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_name_constraints, permitted.c_str()));
  X509_add_ext(changed.get(), extension.get(), -1);
  return test::written_anew(*changed);
}

// The faults of a server with that many names under such an authority.
std::vector<PathFault> faults(int names, int domains) {
  crypto::SystemRandom random;
  const auto issuer = issue_self_signed(test::authority("Constrained"), random).value();
  auto request = test::authority("leaf");
  request.ca = false;
  for (int i = 0; i < names; ++i) {
    request.names.push_back({SubjectAltName::Kind::dns, std::to_string(1'000 + i) + ".example"});
  }
  const auto leaf = issue(request, issuer, random).value().certificate;
  CheckedPath checked{{leaf, constrained(issuer.certificate, domains)}, true, {}};
  add_openssl_faults(checked);
  std::vector<PathFault> codes;
  for (const auto& fault : checked.faults) codes.push_back(fault.code);
  return codes;
}

TEST(Backstop, ComparesNamesWithConstraints) {
  EXPECT_THAT(faults(10, 10), ElementsAre());
  EXPECT_THAT(faults(11, 10), ElementsAre(PathFault::name_constraint));
}

TEST(Backstop, ComparesNoMoreThanItHasTimeFor) {
  EXPECT_THAT(faults(100, 1'000), ElementsAre());
  EXPECT_THAT(faults(1'000, 1'000), ElementsAre(PathFault::other));
}

}  // namespace
}  // namespace sealtone::x509
