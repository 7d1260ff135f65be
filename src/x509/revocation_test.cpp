// SPDX-License-Identifier: Apache-2.0
//
// x509/revocation: whether a certificate of a path is revoked, by each kind of list.
#include "x509/revocation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/made.h"
#include "x509/slow_keys.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using test::ca;
using test::kBegin;
using test::kEnd;
using test::kNow;
using test::list;
using test::ListDraft;
using test::made;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Options {
  bool required = true;
  std::chrono::sys_seconds now = kNow;
  bool allow_sha1 = false;
};

// A root, what it issued, and what lists say of that.
class Revocation : public testing::Test {
 protected:
  Certificate issued(const std::string& extensions = "", const std::string& subject = "/CN=leaf") {
    return made({.subject = subject, .extensions = extensions, .issuer = &root_});
  }
  std::vector<Fault> check(const Certificate& leaf, std::vector<Crl> lists,
                           const Options& how = {}) {
    std::vector<Certificate> sent{leaf};
    sent.insert(sent.end(), sent_.begin(), sent_.end());
    PathOptions options{
        .purpose = Purpose::any, .allow_sha1 = how.allow_sha1, .revocation_required = how.required};
    options.crls = std::make_shared<const std::vector<Crl>>(std::move(lists));
    return check_path(sent, AnchorSet({root_}), how.now, options).faults;
  }
  // "good", "revoked", "unknown", or that more is wrong.
  std::string said(const Certificate& leaf, std::vector<Crl> lists, const Options& how = {}) {
    const auto faults = check(leaf, std::move(lists), how);
    if (faults.empty()) return "good";
    if (faults.size() > 1) return "more";
    detail_ = faults[0].detail;
    if (faults[0].code == PathFault::revoked) return "revoked";
    return faults[0].code == PathFault::revocation_unknown ? "unknown" : "another";
  }

  Certificate root_ = made({.subject = "/CN=root", .extensions = ca("subjectKeyIdentifier=hash")});
  Certificate leaf_ = issued();
  std::vector<Certificate> sent_ = {};  // besides
  std::string detail_;
};

TEST_F(Revocation, TellsRevokedFromGoodAndUnknown) {
  const auto naming = list({.issuer = &root_, .entries = {{&leaf_}}});
  const auto empty = list({.issuer = &root_});
  EXPECT_EQ(said(leaf_, {naming}), "revoked");
  EXPECT_EQ(said(leaf_, {naming}, {.required = false}), "revoked");
  EXPECT_THAT(detail_, HasSubstr(leaf_.serial_hex()));
  EXPECT_EQ(said(leaf_, {empty}), "good");
  EXPECT_EQ(said(leaf_, {empty}, {.required = false}), "good");
  const auto stranger = made({.subject = "/CN=stranger"});
  EXPECT_EQ(said(leaf_, {list({.issuer = &stranger})}), "unknown");
  EXPECT_THAT(detail_, HasSubstr("no list covers it"));
  EXPECT_EQ(said(leaf_, {list({.issuer = &stranger})}, {.required = false}), "good");
}

TEST_F(Revocation, TellsTheReason) {
  const auto naming =
      list({.issuer = &root_, .entries = {{&leaf_, "CRLReason=ASN1:ENUMERATED:5"}}});
  const auto faults = check(leaf_, {naming});
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].found, "cessationOfOperation");
  EXPECT_THAT(faults[0].detail, HasSubstr("(cessationOfOperation)"));
  const auto without = check(leaf_, {list({.issuer = &root_, .entries = {{&leaf_}}})});
  ASSERT_EQ(without.size(), 1U);
  EXPECT_EQ(without[0].found, "");
}

// §5.2.4: what was on hold in the complete list is released, or revoked for good, in the delta.
TEST_F(Revocation, TellsTheReasonOfTheNewerList) {
  const auto hold = list({.issuer = &root_,
                          .extensions = "crlNumber=ASN1:INTEGER:1",
                          .entries = {{&leaf_, "CRLReason=ASN1:ENUMERATED:6"}}});
  const auto delta = [&](const std::string& reason) {
    return list({.issuer = &root_,
                 .extensions = "crlNumber=ASN1:INTEGER:2\ndeltaCRL=critical,ASN1:INTEGER:1",
                 .entries = {{&leaf_, "CRLReason=ASN1:ENUMERATED:" + reason}}});
  };
  EXPECT_EQ(check(leaf_, {hold}).at(0).found, "certificateHold");
  EXPECT_EQ(check(leaf_, {hold, delta("1")}).at(0).found, "keyCompromise");
  EXPECT_THAT(check(leaf_, {hold, delta("8")}), IsEmpty());  // removeFromCRL
}

TEST_F(Revocation, LooksForEachCertificateOfThePath) {
  const auto middle = made({.subject = "/CN=int", .extensions = ca(), .issuer = &root_});
  const auto leaf = made({.subject = "/CN=leaf", .issuer = &middle});
  sent_ = {middle};
  const auto by_root = list({.issuer = &root_, .entries = {{&middle}}});
  const auto by_middle = list({.issuer = &middle});
  EXPECT_THAT(check(leaf, {by_root, by_middle}),
              ElementsAre(testing::AllOf(Field(&Fault::code, PathFault::revoked),
                                         Field(&Fault::index, 1U))));
  EXPECT_THAT(check(leaf, {by_middle, list({.issuer = &root_})}), IsEmpty());
  EXPECT_THAT(check(leaf, {list({.issuer = &root_})}),
              ElementsAre(testing::AllOf(Field(&Fault::code, PathFault::revocation_unknown),
                                         Field(&Fault::index, 0U))));
}

TEST_F(Revocation, GoesByAListFromItsFirstSecondToItsLast) {
  const auto old =
      made({.subject = "/CN=leaf", .issuer = &root_, .validity = {kBegin - 24h, kEnd + 24h}});
  root_ = made({.subject = "/CN=root", .extensions = ca(), .validity = {kBegin - 24h, kEnd + 24h}});
  const auto crl = list({.issuer = &root_});
  EXPECT_EQ(said(old, {crl}, {.now = kBegin}), "good");
  EXPECT_EQ(said(old, {crl}, {.now = kBegin - 1s}), "unknown");
  EXPECT_THAT(detail_, HasSubstr("its list is of 2026-01-01 00:00:00 UTC"));
  EXPECT_EQ(said(old, {crl}, {.now = kEnd}), "good");
  EXPECT_EQ(said(old, {crl}, {.now = kEnd + 1s}), "unknown");
  EXPECT_THAT(detail_, HasSubstr("ran out at 2027-01-01 00:00:00 UTC"));
  const auto endless = list({.issuer = &root_, .next_update = std::nullopt});
  EXPECT_EQ(said(old, {endless}, {.now = kEnd + 1s}), "good");
}

TEST_F(Revocation, GoesByTheNewestOfSeveral) {
  const auto older = list({.issuer = &root_});
  const auto newer = list({.issuer = &root_, .entries = {{&leaf_}}, .this_update = kBegin + 24h});
  EXPECT_EQ(said(leaf_, {older, newer}), "revoked");
  EXPECT_EQ(said(leaf_, {newer, older}), "revoked");
}

TEST_F(Revocation, TakesNoListThatAnotherKeySigned) {
  EXPECT_EQ(said(leaf_, {list({.issuer = &root_, .entries = {{&leaf_}}, .key = "other"})}),
            "unknown");
  EXPECT_THAT(detail_, HasSubstr("signed by nobody who may"));
}

// As of certificates and of answers: whoever finds a second list of that hash has it signed.
TEST_F(Revocation, TakesNoListSignedWithAWeakHashUnlessThePolicySaysSo) {
  const auto crl = list({.issuer = &root_, .entries = {{&leaf_}}, .hash = EVP_sha1});
  EXPECT_EQ(crl.facts().signature_hash, "SHA-1");
  EXPECT_EQ(said(leaf_, {crl}), "unknown");
  EXPECT_EQ(detail_, "its list is signed with SHA-1");
  EXPECT_EQ(said(leaf_, {crl}, {.required = false}), "good");
  EXPECT_EQ(said(leaf_, {crl}, {.allow_sha1 = true}), "revoked");
  EXPECT_EQ(list({.issuer = &root_, .hash = EVP_sha384}).facts().signature_hash, "SHA-384");
}

TEST(WeakHash, IsSha1ByThePolicyAndEveryOlderOne) {
  const PathOptions usual, old{.allow_sha1 = true};
  for (const char* hash : {"MD2", "MD4", "MD5", "MDC2", "MD5-SHA1", "RIPEMD160"}) {
    EXPECT_TRUE(is_weak_hash(hash, usual) && is_weak_hash(hash, old)) << hash;
  }
  EXPECT_TRUE(is_weak_hash("SHA-1", usual));
  EXPECT_FALSE(is_weak_hash("SHA-1", old));
  for (const char* hash : {"", "SHA-224", "SHA-256"}) EXPECT_FALSE(is_weak_hash(hash, usual));
}

TEST_F(Revocation, TakesNoListOfASignerWithoutCrlSign) {
  const std::string usage = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign";
  const auto crl = list({.issuer = &root_, .entries = {{&leaf_}}});
  root_ = made({.subject = "/CN=root", .extensions = usage});
  EXPECT_EQ(said(leaf_, {crl}), "unknown");
  root_ = made({.subject = "/CN=root", .extensions = usage + ",cRLSign"});
  EXPECT_EQ(said(leaf_, {crl}), "revoked");
  root_ = made({.subject = "/CN=root", .extensions = "basicConstraints=critical,CA:TRUE"});
  EXPECT_EQ(said(leaf_, {crl}), "revoked");  // "If a key usage extension is present"
}

TEST_F(Revocation, TakesAListOfAnotherKeyThatTheSameAnchorCertified) {
  // The root's own name, and a key for nothing but lists.
  const auto signer = made({.subject = "/CN=root",
                            .extensions = "keyUsage=critical,cRLSign",
                            .issuer = &root_,
                            .key = "list key"});
  const auto crl = list({.issuer = &root_, .entries = {{&leaf_}}, .key = "list key"});
  EXPECT_EQ(said(leaf_, {crl}), "unknown");  // the signer's certificate is not at hand
  sent_ = {signer};
  EXPECT_EQ(said(leaf_, {crl}), "revoked");
  // The same from somebody whom nobody trusts.
  sent_ = {
      made({.subject = "/CN=root", .extensions = "keyUsage=critical,cRLSign", .key = "list key"})};
  EXPECT_EQ(said(leaf_, {crl}), "unknown");
}

TEST_F(Revocation, TakesNoListWithWhatNobodyKnows) {
  EXPECT_EQ(said(leaf_, {list({.issuer = &root_, .extensions = "1.2.3=critical,ASN1:NULL"})}),
            "unknown");
  EXPECT_THAT(detail_, HasSubstr("1.2.3"));
  EXPECT_EQ(
      said(leaf_, {list({.issuer = &root_, .entries = {{&leaf_, "1.2.3=critical,ASN1:NULL"}}})}),
      "unknown");
  EXPECT_EQ(said(leaf_, {list({.issuer = &root_, .extensions = "1.2.3=ASN1:NULL"})}), "good");
}

TEST_F(Revocation, AsksAListForWhatItIsAbout) {
  const auto authority = made({.subject = "/CN=int", .extensions = ca(), .issuer = &root_});
  const auto scoped = [&](const std::string& scope) {
    return list({.issuer = &root_,
                 .extensions = "issuingDistributionPoint=critical,@scope\n[scope]\n" + scope});
  };
  EXPECT_EQ(said(leaf_, {scoped("onlyuser=TRUE")}), "good");
  EXPECT_EQ(said(leaf_, {scoped("onlyCA=TRUE")}), "unknown");
  EXPECT_EQ(said(leaf_, {scoped("onlyAA=TRUE")}), "unknown");
  EXPECT_EQ(said(authority, {scoped("onlyuser=TRUE")}), "unknown");
  EXPECT_EQ(said(authority, {scoped("onlyCA=TRUE")}), "good");
  // One of the addresses has to be the certificate's.
  const auto pointed =
      issued("crlDistributionPoints=URI:http://a.example/1,URI:http://a.example/2");
  EXPECT_EQ(said(pointed, {scoped("fullname=URI:http://a.example/2")}), "good");
  EXPECT_EQ(said(pointed, {scoped("fullname=URI:http://a.example/3")}), "unknown");
  EXPECT_EQ(said(leaf_, {scoped("fullname=URI:http://a.example/2")}), "unknown");
  EXPECT_EQ(said(pointed, {list({.issuer = &root_})}), "good");  // a list about everything
  // A relative name is the issuer's with one part more.
  const auto relative = issued("crlDistributionPoints=p\n[p]\nrelativename=n\n[n]\nOU=1\n");
  EXPECT_EQ(said(relative, {scoped("relativename=n\n[n]\nOU=1")}), "good");
  EXPECT_EQ(said(relative, {scoped("fullname=dirName:n\n[n]\nCN=root\nOU=1")}), "good");
  EXPECT_EQ(said(relative, {scoped("relativename=n\n[n]\nOU=2")}), "unknown");
}

TEST_F(Revocation, WantsEveryReasonCovered) {
  const auto some = [&](const std::string& reasons, std::vector<ListDraft::Entry> entries = {}) {
    return list({.issuer = &root_,
                 .extensions = "issuingDistributionPoint=critical,@scope\n[scope]\n"
                               "onlysomereasons=" +
                               reasons,
                 .entries = std::move(entries)});
  };
  const std::string first = "keyCompromise,CACompromise";
  const std::string rest =
      "affiliationChanged,superseded,cessationOfOperation,certificateHold,privilegeWithdrawn,"
      "AACompromise";
  EXPECT_EQ(said(leaf_, {some(first)}), "unknown");
  EXPECT_THAT(detail_, HasSubstr("for every reason"));
  EXPECT_EQ(said(leaf_, {some(first), some(rest)}), "good");
  EXPECT_EQ(said(leaf_, {some(first), some(rest, {{&leaf_}})}), "revoked");
  EXPECT_EQ(said(leaf_, {some(first, {{&leaf_}})}, {.required = false}), "revoked");
  // The same of the certificate's own points.
  const auto pointed = issued(
      "crlDistributionPoints=p\n[p]\nfullname=URI:http://a.example/1\n"
      "reasons=" +
      first);
  EXPECT_EQ(said(pointed, {list({.issuer = &root_})}), "good");  // as if no point named it
}

TEST_F(Revocation, AsksAnIndirectListOnlyWhereTheCertificateNamesItsIssuer) {
  const auto lister =
      made({.subject = "/CN=lister", .extensions = "keyUsage=critical,cRLSign", .issuer = &root_});
  sent_ = {lister};
  const std::string indirect =
      "issuingDistributionPoint=critical,@scope\n[scope]\nindirectCRL=TRUE";
  const auto pointed =
      issued("crlDistributionPoints=p\n[p]\nCRLissuer=dirName:n\n[n]\nCN=lister\n");
  const ListDraft naming{.issuer = &lister,
                         .extensions = indirect,
                         .entries = {{&pointed, test::entry_of_issuer(pointed)}}};
  // Of the lister's own certificate the root's list has to speak.
  const auto of_root = list({.issuer = &root_,
                             .extensions = "issuingDistributionPoint=critical,@scope\n[scope]\n"
                                           "fullname=dirName:n\n[n]\nCN=root\n"});
  EXPECT_EQ(said(pointed, {of_root, list(naming)}), "revoked");
  EXPECT_EQ(said(leaf_, {list(naming)}), "unknown");  // which names no other issuer of lists
  // Not indirect; or of a lister that is revoked, or whose own status nobody tells.
  auto direct = naming;
  direct.extensions = "";
  EXPECT_NE(said(pointed, {of_root, list(direct)}), "revoked");
  EXPECT_EQ(said(pointed, {list(naming)}), "unknown");
  const auto against = list({.issuer = &root_, .entries = {{&lister}}});
  EXPECT_NE(said(pointed, {against, list(naming)}), "revoked");
  // An entry without the issuer is about the lister's own.
  auto own = naming;
  own.entries = {{&pointed}};
  EXPECT_EQ(said(pointed, {of_root, list(own)}), "good");
}

TEST_F(Revocation, PutsDeltasOnTopOfTheirCompleteList) {
  const auto complete = [&](int number, std::vector<ListDraft::Entry> entries = {}) {
    return list({.issuer = &root_,
                 .extensions = "crlNumber=ASN1:INTEGER:" + std::to_string(number),
                 .entries = std::move(entries)});
  };
  const auto delta = [&](int base, int number, std::vector<ListDraft::Entry> entries = {},
                         const std::string& more = "") {
    return list({.issuer = &root_,
                 .extensions = "crlNumber=ASN1:INTEGER:" + std::to_string(number) +
                               "\ndeltaCRL=critical,ASN1:INTEGER:" + std::to_string(base) + "\n" +
                               more,
                 .entries = std::move(entries)});
  };
  const ListDraft::Entry on{&leaf_, "CRLReason=ASN1:ENUMERATED:6"};
  const ListDraft::Entry off{&leaf_, "CRLReason=ASN1:ENUMERATED:8"};
  EXPECT_EQ(said(leaf_, {complete(5), delta(5, 6, {on})}), "revoked");
  EXPECT_EQ(said(leaf_, {complete(5, {on}), delta(5, 6, {off})}), "good");
  EXPECT_EQ(said(leaf_, {complete(5, {on}), delta(5, 6)}), "revoked");
  EXPECT_EQ(said(leaf_, {delta(5, 6)}), "unknown");  // it says nothing alone
  // Based on a later list, at its number, and one before; of no later number than the list.
  EXPECT_EQ(said(leaf_, {complete(5, {on}), delta(6, 7, {off})}), "revoked");
  EXPECT_EQ(said(leaf_, {complete(5, {on}), delta(4, 6, {off})}), "good");
  EXPECT_EQ(said(leaf_, {complete(5, {on}), delta(4, 5, {off})}), "revoked");
  // Numbers of more octets; the newest of several.
  EXPECT_EQ(said(leaf_, {complete(255, {on}), delta(255, 256, {off})}), "good");
  EXPECT_EQ(said(leaf_, {complete(5), delta(5, 7, {on}), delta(5, 6, {off})}), "revoked");
  EXPECT_EQ(said(leaf_, {complete(5), delta(5, 6, {on}), delta(5, 7, {off})}), "good");
  // Of another scope.
  const std::string scope = "issuingDistributionPoint=critical,@s\n[s]\nonlyuser=TRUE\n";
  EXPECT_EQ(said(leaf_, {complete(5, {on}), delta(5, 6, {off}, scope)}), "revoked");
}

TEST_F(Revocation, LooksForNoMoreSignersThanItHasTimeFor) {
  const auto crl = list({.issuer = &root_, .entries = {{&leaf_}}, .key = "list key"});
  const auto impostors = [&](std::size_t count) {
    std::vector<Certificate> out;
    for (std::size_t at = 0; at < count; ++at) {  // the right name and key, and nobody's
      out.push_back(made({.subject = "/CN=root", .key = "list key", .issuer_key = "nobody"}));
    }
    return out;
  };
  sent_ = impostors(kMaxCrlSigners);
  EXPECT_EQ(said(leaf_, {crl}), "unknown");
  EXPECT_EQ(said(leaf_, {crl}, {.required = false}), "good");
  sent_ = impostors(kMaxCrlSigners + 1);
  for (const bool required : {true, false}) {
    EXPECT_THAT(check(leaf_, {crl}, {.required = required}),
                Contains(Field(&Fault::code, PathFault::path_budget)));
  }
}

TEST_F(Revocation, ChecksNoListWithAKeyThatTakesTooLong) {
  const auto crl = list({.issuer = &root_, .key = "list key"});
  const auto impostor = made({.subject = "/CN=root", .key = "any"});
  sent_ = {test::with_key(impostor, test::rsa_public_key(3'072, 3'000))};
  EXPECT_THAT(check(leaf_, {crl}, {.required = false}),
              Contains(Field(&Fault::code, PathFault::path_budget)));
  // Where the list is its issuer's nobody else is asked.
  EXPECT_EQ(said(leaf_, {list({.issuer = &root_})}), "good");
}

}  // namespace
}  // namespace sealtone::x509
