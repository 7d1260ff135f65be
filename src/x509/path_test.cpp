// SPDX-License-Identifier: Apache-2.0
//
// x509/path: every fault alone, every pair of faults, and that none hides another.
//
// tests/data/x509/path holds one chain of three (leaf, int, root) and each of its certificates
// again with one fault; all `int*` of that chain have one name and one key, so that each leaf fits
// each of them.
#include "x509/path.h"

#include <algorithm>
#include <set>

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/made.h"
#include "x509/parse.h"
#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::sys_seconds;
using test::certificate;
using test::file;
using test::kNow;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Said = std::set<std::pair<PathFault, std::size_t>>;

// A certificate whose signature was changed after it was made.
Certificate forged(const std::string& name) {
  auto der = file("path/" + name + ".cer");
  der.back() ^= 1;
  return Certificate::from_der(der).value();
}

Certificate named(const std::string& name) {
  return name.starts_with("forged ") ? forged(name.substr(7)) : certificate(name);
}

CheckedPath check(const std::vector<std::string>& presented,
                  const std::vector<std::string>& trusted, sys_seconds now = kNow,
                  const PathOptions& options = {}) {
  std::vector<Certificate> sent;
  for (const auto& name : presented) sent.push_back(named(name));
  std::vector<Certificate> anchors;
  for (const auto& name : trusted) anchors.push_back(named(name));
  return check_path(sent, AnchorSet(anchors), now, options);
}

Said said(const CheckedPath& checked) {
  Said out;
  for (const auto& fault : checked.faults) out.emplace(fault.code, fault.index);
  return out;
}

std::string words(const CheckedPath& checked) {
  std::string out;
  for (const auto& fault : checked.faults) {
    out += "(" + std::to_string(static_cast<int>(fault.code)) + " at " +
           std::to_string(fault.index) + ": " + fault.detail + ") ";
  }
  return out;
}

struct OneFault {
  const char* name;
  std::optional<PathFault> fault;
};

const OneFault kLeaves[] = {
    {"leaf", {}},
    {"leaf_expired", PathFault::expired},
    {"leaf_future", PathFault::not_yet_valid},
    {"leaf_sha1", PathFault::weak_signature},
    {"leaf_weak_key", PathFault::weak_key},
    {"leaf_client", PathFault::eku_missing},
    {"leaf_key_usage", PathFault::key_usage},
    {"leaf_critical", PathFault::unknown_critical_extension},
    {"forged leaf", PathFault::bad_signature},
};

const OneFault kIntermediates[] = {
    {"int", {}},
    {"int_expired", PathFault::expired},
    {"int_future", PathFault::not_yet_valid},
    {"int_sha1", PathFault::weak_signature},
    {"int_client_only", PathFault::eku_missing},
    {"int_not_ca", PathFault::not_a_ca},
    {"int_no_bc", PathFault::not_a_ca},
    {"int_no_cert_sign", PathFault::key_usage},
    {"forged int", PathFault::bad_signature},
};

Said expected(const OneFault& leaf, const OneFault& intermediate) {
  Said out;
  if (leaf.fault) out.emplace(*leaf.fault, 0);
  if (intermediate.fault) out.emplace(*intermediate.fault, 1);
  return out;
}

TEST(CheckPath, FindsNothingWrongWithAGoodChain) {
  const auto checked = check({"leaf", "int"}, {"root"});
  EXPECT_TRUE(checked.reaches_anchor);
  EXPECT_THAT(checked.path,
              ElementsAre(certificate("leaf"), certificate("int"), certificate("root")));
  EXPECT_THAT(checked.faults, IsEmpty()) << words(checked);
  EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST(CheckPath, FindsEveryPairOfFaultsOnLeafAndIntermediate) {
  for (const auto& leaf : kLeaves) {
    for (const auto& intermediate : kIntermediates) {
      const auto checked = check({leaf.name, intermediate.name}, {"root"});
      EXPECT_TRUE(checked.reaches_anchor);
      EXPECT_EQ(said(checked), expected(leaf, intermediate))
          << leaf.name << " + " << intermediate.name << ": " << words(checked);
    }
  }
}

TEST(CheckPath, FindsEveryPairBesidesAnUnknownIssuer) {
  for (const auto& leaf : kLeaves) {
    for (const auto& intermediate : kIntermediates) {
      // The root is sent, and not trusted.
      auto sent = check({leaf.name, intermediate.name, "root"}, {});
      auto faults = expected(leaf, intermediate);
      faults.emplace(PathFault::issuer_unknown, 2);
      EXPECT_EQ(said(sent), faults) << leaf.name << " + " << intermediate.name << words(sent);
      ASSERT_NE(sent.sent_root(), nullptr);
      EXPECT_EQ(*sent.sent_root(), certificate("root"));

      // Neither sent nor trusted: the intermediate's signature cannot be checked.
      const auto not_sent = check({leaf.name, intermediate.name}, {"other_root"});
      faults = expected(leaf, intermediate);
      faults.erase({PathFault::bad_signature, 1});
      faults.emplace(PathFault::issuer_unknown, 1);
      EXPECT_EQ(said(not_sent), faults)
          << leaf.name << " + " << intermediate.name << words(not_sent);
      EXPECT_EQ(not_sent.sent_root(), nullptr);
    }
  }
}

TEST(CheckPath, FindsEveryFaultBesidesAnIncompleteChain) {
  for (const auto& leaf : kLeaves) {
    const auto checked = check({leaf.name}, {"root"});
    Said faults{{PathFault::issuer_unknown, 0}, {PathFault::chain_incomplete, 0}};
    // Whether the leaf's signature holds cannot be told without its issuer.
    if (leaf.fault && *leaf.fault != PathFault::bad_signature) faults.emplace(*leaf.fault, 0);
    EXPECT_EQ(said(checked), faults) << leaf.name << ": " << words(checked);
    EXPECT_FALSE(checked.reaches_anchor);
  }
}

TEST(CheckPath, FindsEveryFaultOfASelfSignedLeaf) {
  const OneFault leaves[] = {
      {"self_signed", {}},
      {"self_signed_expired", PathFault::expired},
      {"self_signed_future", PathFault::not_yet_valid},
      {"self_signed_sha1", PathFault::weak_signature},
      {"self_signed_weak_key", PathFault::weak_key},
      {"self_signed_client", PathFault::eku_missing},
      {"forged self_signed", PathFault::bad_signature},
  };
  for (const auto& leaf : leaves) {
    const auto checked = check({leaf.name}, {"root"});
    Said faults{{PathFault::self_signed_leaf, 0}};
    if (leaf.fault) faults.emplace(*leaf.fault, 0);
    EXPECT_EQ(said(checked), faults) << leaf.name << ": " << words(checked);
    EXPECT_EQ(checked.sent_root(), nullptr);
  }
}

TEST(CheckPath, FindsEveryFaultOfASelfSignedLeafThatIsTrusted) {
  const OneFault leaves[] = {
      {"self_signed", {}},
      {"self_signed_expired", PathFault::expired},
      {"self_signed_future", PathFault::not_yet_valid},
      {"self_signed_sha1", {}},  // whoever trusts it does not rely on its signature
      {"self_signed_weak_key", PathFault::weak_key},
      {"self_signed_client", PathFault::eku_missing},
      {"forged self_signed", {}},
  };
  for (const auto& leaf : leaves) {
    const auto checked = check({leaf.name}, {leaf.name});
    Said faults;
    if (leaf.fault) faults.emplace(*leaf.fault, 0);
    EXPECT_EQ(said(checked), faults) << leaf.name << ": " << words(checked);
    EXPECT_TRUE(checked.reaches_anchor);
  }
}

TEST(CheckPath, FindsFourFaultsOfOneCertificate) {
  const auto checked = check({"leaf_expired_sha1_weak_client", "int_not_ca", "root"}, {});
  EXPECT_EQ(said(checked), (Said{{PathFault::expired, 0},
                                 {PathFault::weak_signature, 0},
                                 {PathFault::weak_key, 0},
                                 {PathFault::eku_missing, 0},
                                 {PathFault::not_a_ca, 1},
                                 {PathFault::issuer_unknown, 2}}))
      << words(checked);
}

TEST(CheckPath, CountsWhatIsWrongWithATrustedRoot) {
  EXPECT_EQ(said(check({"leaf", "int"}, {"root_expired"})), (Said{{PathFault::expired, 2}}));
  EXPECT_EQ(said(check({"leaf", "int"}, {"root_future"})), (Said{{PathFault::not_yet_valid, 2}}));
  EXPECT_EQ(said(check({"leaf", "int"}, {"root_not_ca"})), (Said{{PathFault::not_a_ca, 2}}));
  EXPECT_EQ(said(check({"leaf_expired", "int"}, {"root_expired"})),
            (Said{{PathFault::expired, 0}, {PathFault::expired, 2}}));
}

TEST(CheckPath, DoesNotCountHowARootWasSigned) {
  EXPECT_THAT(check({"leaf", "int"}, {"root_sha1"}).faults, IsEmpty());
  EXPECT_THAT(check({"leaf", "int"}, {"forged root"}).faults, IsEmpty());
  // A root that was sent and is unknown: adding it to the list must be all there is to do.
  EXPECT_EQ(said(check({"leaf", "int", "root_sha1"}, {})), (Said{{PathFault::issuer_unknown, 2}}));
}

TEST(CheckPath, EndsAtATrustedIntermediate) {
  const auto checked = check({"leaf", "int", "root"}, {"int"});
  EXPECT_THAT(checked.path, ElementsAre(certificate("leaf"), certificate("int")));
  EXPECT_THAT(checked.faults, IsEmpty()) << words(checked);
  EXPECT_EQ(said(check({"leaf"}, {"int_expired"})), (Said{{PathFault::expired, 1}}));
  EXPECT_EQ(said(check({"leaf"}, {"int_not_ca"})), (Said{{PathFault::not_a_ca, 1}}));
  EXPECT_THAT(check({"leaf"}, {"int_sha1"}).faults, IsEmpty());
}

TEST(CheckPath, EndsAtATrustedLeaf) {
  EXPECT_THAT(check({"leaf"}, {"leaf"}).faults, IsEmpty());
  EXPECT_EQ(said(check({"leaf_expired"}, {"leaf_expired"})), (Said{{PathFault::expired, 0}}));
  EXPECT_EQ(said(check({"leaf_weak_key"}, {"leaf_weak_key"})), (Said{{PathFault::weak_key, 0}}));
  EXPECT_EQ(said(check({"leaf_client"}, {"leaf_client"})), (Said{{PathFault::eku_missing, 0}}));
  EXPECT_THAT(check({"forged leaf"}, {"forged leaf"}).faults, IsEmpty());
}

TEST(CheckPath, TakesTheLastSecondOfTheValidityAndNotTheNext) {
  const sys_seconds not_before = sys_days{2026y / 1 / 1};
  const sys_seconds not_after = sys_days{2027y / 1 / 1};
  EXPECT_THAT(check({"leaf"}, {"int"}, not_before).faults, IsEmpty());
  EXPECT_THAT(check({"leaf"}, {"int"}, not_after).faults, IsEmpty());
  EXPECT_EQ(said(check({"leaf"}, {"int"}, not_before - 1s)),
            (Said{{PathFault::not_yet_valid, 0}, {PathFault::not_yet_valid, 1}}));
  EXPECT_EQ(said(check({"leaf"}, {"int"}, not_after + 1s)),
            (Said{{PathFault::expired, 0}, {PathFault::expired, 1}}));
  EXPECT_EQ(check({"leaf_expired"}, {"int"}).faults.front().detail,
            "valid until 2026-01-01 00:00:00 UTC, now 2026-06-01 00:00:00 UTC");
}

TEST(CheckPath, MeasuresKeysByTheOptions) {
  EXPECT_THAT(check({"leaf_rsa"}, {"int"}).faults, IsEmpty());
  EXPECT_EQ(said(check({"leaf_rsa"}, {"int"}, kNow, {.min_rsa_bits = 2049})),
            (Said{{PathFault::weak_key, 0}}));
  EXPECT_THAT(check({"leaf_weak_key"}, {"int"}, kNow, {.min_rsa_bits = 1024}).faults, IsEmpty());
  EXPECT_EQ(said(check({"leaf"}, {"int"}, kNow, {.min_ec_bits = 257})),
            (Said{{PathFault::weak_key, 0}, {PathFault::weak_key, 1}}));
  EXPECT_EQ(check({"leaf_weak_key"}, {"int"}).faults.front().detail, "RSA 1024");
  // On an issuer it counts as well, and so it does on a trusted one.
  EXPECT_EQ(said(check({"leaf_by_weak", "int_weak_key"}, {"root"})),
            (Said{{PathFault::weak_key, 1}}));
  EXPECT_EQ(said(check({"leaf_by_weak"}, {"int_weak_key"})), (Said{{PathFault::weak_key, 1}}));
}

TEST(CheckPath, TakesSha1OnlyWhereAPolicySaysSo) {
  const auto checked = check({"leaf_sha1"}, {"int"});
  EXPECT_EQ(checked.faults.front().detail, "SHA-1");
  EXPECT_THAT(check({"leaf_sha1"}, {"int"}, kNow, {.allow_sha1 = true}).faults, IsEmpty());
  EXPECT_EQ(said(check({"leaf_md5", "int_rsa"}, {"root"}, kNow, {.allow_sha1 = true})),
            (Said{{PathFault::weak_signature, 0}}));
}

TEST(CheckPath, AsksForThePurposeGiven) {
  const PathOptions client{.purpose = Purpose::client};
  EXPECT_EQ(said(check({"leaf"}, {"int"}, kNow, client)), (Said{{PathFault::eku_missing, 0}}));
  EXPECT_THAT(check({"leaf_client"}, {"int"}, kNow, client).faults, IsEmpty());
  EXPECT_THAT(check({"leaf_both"}, {"int"}, kNow, client).faults, IsEmpty());
  EXPECT_THAT(check({"leaf_both"}, {"int"}).faults, IsEmpty());
  EXPECT_THAT(check({"leaf_any"}, {"int"}).faults, IsEmpty());
  EXPECT_THAT(check({"leaf_any"}, {"int"}, kNow, client).faults, IsEmpty());
  EXPECT_THAT(check({"leaf"}, {"int"}, kNow, client).faults.front().detail,
              HasSubstr("clientAuth is wanted, and it has serverAuth"));
}

TEST(CheckPath, LeavesAVersionOneRootToWhoeverTrustsIt) {
  EXPECT_THAT(check({"leaf_by_v1"}, {"root_v1"}).faults, IsEmpty());
  EXPECT_EQ(said(check({"leaf_by_v1", "root_v1"}, {})),
            (Said{{PathFault::issuer_unknown, 1}, {PathFault::not_a_ca, 1}}));
}

TEST(CheckPath, FindsNamesPathLengthsAndPoliciesThatAreNotAllowed) {
  EXPECT_EQ(said(check({"leaf", "int_constrained"}, {"root"})),
            (Said{{PathFault::name_constraint, 0}}));
  EXPECT_EQ(said(check({"leaf", "int"}, {"root_pathlen0"})), (Said{{PathFault::path_length, 2}}));
  const auto policy = check({"leaf", "int_policy"}, {"root"});
  EXPECT_EQ(policy.faults.size(), 1U) << words(policy);
  EXPECT_EQ(policy.faults.front().code, PathFault::policy);
  EXPECT_EQ(
      said(check({"leaf_expired", "int_constrained"}, {"root_pathlen0"})),
      (Said{
          {PathFault::expired, 0}, {PathFault::name_constraint, 0}, {PathFault::path_length, 2}}));
}

// An authority that has another key by now, or an impostor: the key that is wanted is named, and it
// is not there.
TEST(CheckPath, SaysThatTheIssuerIsNotThereWhereOnlyTheNameFits) {
  const auto root = check({"leaf", "int"}, {"root_same_name"});
  EXPECT_EQ(said(root), (Said{{PathFault::issuer_unknown, 1}})) << words(root);
  EXPECT_THAT(root.faults.front().detail, HasSubstr("of that name there is one with the key"));
  const auto intermediate = check({"leaf", "int_same_name"}, {"root"});
  EXPECT_EQ(said(intermediate),
            (Said{{PathFault::issuer_unknown, 0}, {PathFault::chain_incomplete, 0}}))
      << words(intermediate);
  const auto expired = check({"leaf_expired", "int_same_name"}, {"root"});
  EXPECT_TRUE(said(expired).contains({PathFault::expired, 0})) << words(expired);
  // The right one beside it.
  EXPECT_THAT(check({"leaf", "int_same_name", "int"}, {"root_same_name", "root"}).faults,
              IsEmpty());
}

// Where none of both names a key, the signature is all there is to go by.
TEST(CheckPath, SaysBadSignatureWhereNoKeyIsNamed) {
  const auto root = test::made({.subject = "/CN=root", .extensions = test::ca()});
  const auto other =
      test::made({.subject = "/CN=root", .extensions = test::ca(), .key = "another"});
  const auto leaf = test::made({.subject = "/CN=leaf", .issuer = &root});
  const auto checked = check_path(std::vector{leaf}, AnchorSet({other}), test::kNow, {});
  EXPECT_EQ(said(checked), (Said{{PathFault::bad_signature, 0}})) << words(checked);
}

bool openssl_accepts(const std::vector<Certificate>& presented, const AnchorSet& anchors) {
  X509_STORE_CTX* const context = X509_STORE_CTX_new();
  STACK_OF(X509)* const untrusted = sk_X509_new_null();
  for (const auto& one : presented) sk_X509_push(untrusted, one.native());
  X509_STORE* const store = X509_STORE_new();
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
  for (const auto& anchor : anchors.anchors()) X509_STORE_add_cert(store, anchor.native());
  X509_STORE_CTX_init(context, store, presented.front().native(), untrusted);
  X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context), kNow.time_since_epoch().count());
  const bool accepts = X509_verify_cert(context) == 1;
  X509_STORE_CTX_free(context);
  X509_STORE_free(store);
  sk_X509_free(untrusted);
  return accepts;
}

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(SEALTONE_TEST_DATA) / "x509/path")) {
    if (entry.path().extension() == ".cer") names.push_back(entry.path().stem().string());
  }
  return names;
}

TEST(CheckPath, NeverAcceptsWhatOpensslRefuses) {
  std::size_t accepted = 0;
  for (const auto* const trusted : {"root", "int", "root_v1"}) {
    const AnchorSet anchors({certificate(trusted)});
    for (const auto& leaf : all_names()) {
      for (const auto* const middle : {"int", "int_by_other", "int_rsa", "int_constrained",
                                       "int_no_cert_sign", "other_root_cross", "leaf"}) {
        const std::vector presented{certificate(leaf), certificate(middle)};
        if (!check_path(presented, anchors, kNow, {}).faults.empty()) continue;
        ++accepted;
        EXPECT_TRUE(openssl_accepts(presented, anchors)) << leaf << " " << middle << " " << trusted;
      }
    }
  }
  EXPECT_GT(accepted, 40U);
}

}  // namespace
}  // namespace sealtone::x509
