// SPDX-License-Identifier: Apache-2.0
//
// trust/doctor: a server's certificate, chain and key.
#include "trust/doctor_fixture.h"
#include "x509/slow_keys.h"

namespace sealtone::trust {
namespace {

using std::chrono::days;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::examined;
using testing::family;
using ::testing::IsEmpty;
using testing::key_of;
using testing::kThen;
using ::testing::Not;
using ::testing::UnorderedElementsAre;
using testing::words;
using x509::Certificate;
using x509::test::ca;
using x509::test::made;
using x509::test::rsa_public_key;
using x509::test::with_key;
namespace test = x509::test;

const std::string kNamed = "subjectAltName=DNS:one.example\n";

Diagnosis at_home(const Upload& upload) {
  const std::vector<Certificate> held{family().root};
  return examined(upload, {.at_hand = held, .now = kThen});
}

const Remark& the_one(const Diagnosis& diagnosis) {
  EXPECT_EQ(diagnosis.remarks.size(), 1U);
  return diagnosis.remarks.at(0);
}

TEST(DoctorServer, FindsNothingWrongWithALeafItsIssuerAndItsKey) {
  const auto& it = family();
  const auto diagnosis = at_home({{it.leaf, it.middle}, {it.key}, {}});
  EXPECT_EQ(diagnosis.use, Use::server);
  EXPECT_EQ(diagnosis.because, Because::key);
  EXPECT_THAT(words(diagnosis), IsEmpty());
  EXPECT_FALSE(diagnosis.found());
  EXPECT_THAT(diagnosis.chain, ElementsAre(it.leaf, it.middle));
  EXPECT_THAT(diagnosis.roles, ElementsAre(Part::leaf, Part::issuer));
  EXPECT_EQ(diagnosis.key, 0U);
}

TEST(DoctorServer, OnlyNotesARootThatIsNotAtHand) {
  const auto& it = family();
  const auto diagnosis = examined({{it.leaf, it.middle}, {it.key}, {}});
  EXPECT_THAT(words(diagnosis), ElementsAre("issuer-unknown"));
  EXPECT_EQ(the_one(diagnosis).weight, Weight::note);
  EXPECT_EQ(the_one(diagnosis).about, it.middle);
  EXPECT_FALSE(diagnosis.found());
}

TEST(DoctorServer, PutsAnyOrderRightAndLeavesOutTheRootAndWhatIsThereTwice) {
  const auto& it = family();
  const auto diagnosis = examined({{it.root, it.middle, it.leaf, it.middle}, {it.key}, {}});
  EXPECT_THAT(words(diagnosis), UnorderedElementsAre("order", "root-in-chain", "duplicate"));
  EXPECT_THAT(diagnosis.chain, ElementsAre(it.leaf, it.middle));
  EXPECT_THAT(diagnosis.roles, ElementsAre(Part::root, Part::issuer, Part::leaf, Part::duplicate));
  for (const auto& remark : diagnosis.remarks) EXPECT_TRUE(remark.mends);
}

TEST(DoctorServer, SaysInWhichOrderTheyStand) {
  const auto& it = family();
  const auto diagnosis = at_home({{it.middle, it.leaf}, {it.key}, {}});
  EXPECT_THAT(words(diagnosis), ElementsAre("order"));
  EXPECT_THAT(the_one(diagnosis).evidence.found, ElementsAre("Middle", "Leaf"));
}

TEST(DoctorServer, NamesAMissingIntermediateAndFindsItAmongThoseAtHand) {
  const auto& it = family();
  const auto without = examined({{it.leaf}, {it.key}, {}});
  EXPECT_THAT(words(without), ElementsAre("chain-incomplete"));
  EXPECT_TRUE(without.found());
  EXPECT_FALSE(the_one(without).missing);
  EXPECT_EQ(the_one(without).evidence.wanted, "CN=Middle");
  const std::vector<Certificate> held{it.root, it.middle};
  const auto with = examined({{it.leaf}, {it.key}, {}}, {.at_hand = held, .now = kThen});
  EXPECT_THAT(words(with), ElementsAre("chain-incomplete"));
  EXPECT_EQ(the_one(with).missing, it.middle);
  EXPECT_TRUE(the_one(with).mends);
  EXPECT_THAT(with.chain, ElementsAre(it.leaf, it.middle));
}

TEST(DoctorServer, MissesNothingOfALeafIssuedByARootAtHand) {
  const auto& it = family();
  const auto direct = made({.subject = "/CN=Direct", .extensions = kNamed, .issuer = &it.root});
  EXPECT_THAT(words(at_home({{direct}, {key_of("/CN=Direct")}, {}})), IsEmpty());
}

TEST(DoctorServer, RefusesAKeyThatFitsNothingOneThatIsAbsentAndCertificatesThatAre) {
  const auto& it = family();
  const auto wrong = at_home({{it.leaf, it.middle}, {key_of("/CN=Another")}, {}});
  EXPECT_THAT(words(wrong), ElementsAre("key-mismatch"));
  EXPECT_TRUE(wrong.refuses());
  const auto none = at_home({{it.leaf, it.middle}, {}, {}});
  EXPECT_THAT(words(none), ElementsAre("key-missing"));
  EXPECT_TRUE(none.refuses());
  EXPECT_EQ(none.because, Because::leaf);
  const auto alone = at_home({{}, {it.key}, {}});
  EXPECT_THAT(words(alone), ElementsAre("certificate-missing"));
  EXPECT_TRUE(alone.refuses());
}

TEST(DoctorServer, RefusesAPieceThatCannotBeRead) {
  const auto& it = family();
  const auto diagnosis =
      at_home({{it.leaf, it.middle}, {it.key}, {"x.pem: PEM block 2 is broken"}});
  EXPECT_THAT(words(diagnosis), ElementsAre("unreadable"));
  EXPECT_TRUE(diagnosis.refuses());
}

TEST(DoctorServer, TellsOtherLeavesOtherKeysAndStrays) {
  const auto& it = family();
  const auto other = made({.subject = "/CN=Other", .issuer = &it.middle});
  const auto stray = made({.subject = "/CN=Stray CA", .extensions = ca()});
  const auto diagnosis =
      at_home({{it.leaf, other, it.middle, stray}, {it.key, key_of("/CN=Nobody")}, {}});
  EXPECT_THAT(words(diagnosis), UnorderedElementsAre("several-leaves", "unrelated", "key-unused"));
  EXPECT_THAT(diagnosis.roles,
              ElementsAre(Part::leaf, Part::other_leaf, Part::issuer, Part::unrelated));
  EXPECT_FALSE(diagnosis.refuses());
}

TEST(DoctorServer, IsSignedByItselfAndAnAuthorityAsOpensslMakesThem) {
  const auto own =
      made({.subject = "/CN=Own", .extensions = "basicConstraints=critical,CA:TRUE\n"});
  EXPECT_THAT(words(examined({{own}, {key_of("/CN=Own")}, {}})),
              UnorderedElementsAre("self-signed-leaf", "leaf-is-ca", "name-mismatch"));
}

TEST(DoctorServer, MissesNothingOfOneThatIsTrustedByItself) {
  const auto own = made({.subject = "/CN=Own", .extensions = "subjectAltName=DNS:own.example\n"});
  const std::vector<Certificate> held{own};
  const Upload upload{{own}, {key_of("/CN=Own")}, {}};
  EXPECT_THAT(words(examined(upload)), ElementsAre("self-signed-leaf"));
  EXPECT_THAT(words(examined(upload, {.at_hand = held, .now = kThen})), IsEmpty());
  // One that another issued needs its issuer all the same.
  const auto& it = family();
  const std::vector<Certificate> pinned{it.leaf};
  EXPECT_THAT(words(examined({{it.leaf}, {it.key}, {}}, {.at_hand = pinned, .now = kThen})),
              ElementsAre("chain-incomplete"));
}

TEST(DoctorServer, SaysWhichKeyFitsNothing) {
  const auto& it = family();
  const auto diagnosis = at_home({{it.leaf, it.middle}, {key_of("/CN=Nobody"), it.key}, {}});
  ASSERT_THAT(words(diagnosis), ElementsAre("key-unused"));
  EXPECT_EQ(the_one(diagnosis).key, 0U);
  EXPECT_EQ(diagnosis.key, 1U);
}

TEST(DoctorServer, TellsUsesByTheExtendedKeyUsage) {
  const auto& it = family();
  const auto for_servers = made({.subject = "/CN=Server only",
                                 .extensions = kNamed + "extendedKeyUsage=serverAuth\n",
                                 .issuer = &it.middle});
  EXPECT_THAT(words(at_home({{for_servers, it.middle}, {key_of("/CN=Server only")}, {}})),
              ElementsAre("own-certificate-lacks-client-use"));
  const auto for_clients = made({.subject = "/CN=Client only",
                                 .extensions = "extendedKeyUsage=clientAuth\n",
                                 .issuer = &it.middle});
  EXPECT_THAT(words(at_home({{for_clients, it.middle}, {key_of("/CN=Client only")}, {}})),
              ElementsAre("eku-missing"));
}

TEST(DoctorServer, TellsAnIssuerWithoutTheBitOfAnAuthority) {
  const auto& it = family();
  const auto no_bit = made(
      {.subject = "/CN=No bit", .extensions = "basicConstraints=CA:FALSE\n", .issuer = &it.root});
  const auto below = made({.subject = "/CN=Below", .issuer = &no_bit});
  const auto diagnosis = at_home({{below, no_bit}, {key_of("/CN=Below")}, {}});
  EXPECT_THAT(words(diagnosis), Contains("not-a-ca"));
}

TEST(DoctorServer, TellsDatesWithTheirBounds) {
  const auto& it = family();
  const auto ends = [&](std::chrono::seconds from_now) {
    const auto leaf = made({.subject = "/CN=Dated",
                            .extensions = kNamed,
                            .issuer = &it.middle,
                            .validity = {kThen - days(30), kThen + from_now}});
    return words(at_home({{leaf, it.middle}, {key_of("/CN=Dated")}, {}}));
  };
  EXPECT_THAT(ends(std::chrono::seconds(-1)), ElementsAre("expired"));
  EXPECT_THAT(ends(std::chrono::seconds(0)), ElementsAre("expires-soon"));
  EXPECT_THAT(ends(kSoon - std::chrono::seconds(1)), ElementsAre("expires-soon"));
  EXPECT_THAT(ends(kSoon), IsEmpty());
  const auto future = made({.subject = "/CN=Dated",
                            .extensions = kNamed,
                            .issuer = &it.middle,
                            .validity = {kThen + days(1), kThen + days(300)}});
  EXPECT_THAT(words(at_home({{future, it.middle}, {key_of("/CN=Dated")}, {}})),
              ElementsAre("not-yet-valid"));
}

TEST(DoctorServer, ComparesTheNameIfThereIsOne) {
  const auto& it = family();
  const std::vector<Certificate> held{it.root};
  const auto named = [&](const char* name) {
    return words(
        examined({{it.leaf, it.middle}, {it.key}, {}},
                 {.name = ReferenceIdentifier::from_host(name), .at_hand = held, .now = kThen}));
  };
  EXPECT_THAT(named("leaf.example"), IsEmpty());
  EXPECT_THAT(named("other.example"), ElementsAre("name-mismatch"));
}

TEST(DoctorServer, DoesNotTakeANamesakeForTheIssuer) {
  const auto& it = family();
  const auto namesake = made({.subject = "/CN=Middle",
                              .extensions = ca(),
                              .issuer = &it.root,
                              .key = "/CN=Another middle"});
  const auto diagnosis = at_home({{it.leaf, namesake}, {it.key}, {}});
  EXPECT_THAT(words(diagnosis), Contains("bad-signature"));
  EXPECT_THAT(words(diagnosis), Contains("chain-incomplete"));
  EXPECT_THAT(diagnosis.chain, ElementsAre(it.leaf));
}

// Its authority key identifier is that of the issuer that is there: somebody changed it.
TEST(DoctorServer, TakesTheIssuerWhoseKeyIsNamedForTheIssuerOfADamagedOne) {
  const auto& it = family();
  const auto damaged = made({.subject = "/CN=Damaged",
                             .extensions = kNamed + "authorityKeyIdentifier=keyid:always\n",
                             .issuer = &it.middle,
                             .issuer_key = "/CN=Another middle"});
  const auto diagnosis = at_home({{damaged, it.middle}, {key_of("/CN=Damaged")}, {}});
  EXPECT_THAT(words(diagnosis), ElementsAre("bad-signature"));
  EXPECT_FALSE(the_one(diagnosis).mends);
  EXPECT_THAT(diagnosis.chain, ElementsAre(damaged, it.middle));
  EXPECT_THAT(diagnosis.roles, ElementsAre(Part::leaf, Part::issuer));
}

TEST(DoctorServer, RefusesWhatThePhoneDoesNotShow) {
  const auto& it = family();
  const auto refused = [&](const test::Key& key, bool weak_is_shown = false) {
    const auto leaf = with_key(it.leaf, key);
    const auto diagnosis =
        examined({{leaf, it.middle}, {}, {}}, {.now = kThen, .weak_is_shown = weak_is_shown});
    std::vector<std::string> codes;
    for (const auto& remark : diagnosis.remarks) {
      if (remark.weight == Weight::refuses) codes.emplace_back(word(remark.code));
    }
    std::erase(codes, "key-missing");
    return codes;
  };
  EXPECT_THAT(refused(rsa_public_key(2'048, 17)), IsEmpty());
  EXPECT_THAT(refused(rsa_public_key(8'192, 17)), IsEmpty());
  EXPECT_THAT(refused(rsa_public_key(8'193, 17)), ElementsAre("key-type-not-supported"));
  EXPECT_THAT(refused(rsa_public_key(2'047, 17)), ElementsAre("weak-key"));
  EXPECT_THAT(refused(rsa_public_key(2'047, 17), true), IsEmpty());
  for (const char* curve : {"P-256", "P-384", "P-521"}) {
    EXPECT_THAT(refused(test::Key(EVP_EC_gen(curve))), IsEmpty()) << curve;
  }
  for (const char* curve : {"secp256k1", "brainpoolP256r1", "P-224"}) {
    EXPECT_THAT(refused(test::Key(EVP_EC_gen(curve)), true), ElementsAre("key-type-not-supported"))
        << curve;
  }
}

TEST(DoctorServer, WarnsOfACertificateWithoutAName) {
  const auto& it = family();
  const auto told = [&](const std::string& extensions) {
    const auto leaf = made({.subject = "/CN=Leaf", .extensions = extensions, .issuer = &it.middle});
    return at_home({{leaf, it.middle}, {it.key}, {}});
  };
  EXPECT_THAT(words(told("")), ElementsAre("name-mismatch"));
  EXPECT_EQ(the_one(told("")).evidence.detail, "Leaf");
  EXPECT_THAT(words(told("subjectAltName=email:a@example.com")), ElementsAre("name-mismatch"));
  for (const char* name : {"DNS:a.example", "IP:192.0.2.1", "URI:sip:a.example"}) {
    EXPECT_THAT(words(told(std::string("subjectAltName=") + name)), IsEmpty()) << name;
  }
  // No server's.
  EXPECT_THAT(words(told("extendedKeyUsage=clientAuth")), ElementsAre("eku-missing"));
}

// RFC 7633; the phone sends no answer of OCSP along.
TEST(DoctorServer, WarnsOfACertificateThatDemandsAnAnswerOfOcsp) {
  const auto& it = family();
  const auto told = [&](const std::string& feature) {
    const auto leaf =
        made({.subject = "/CN=Leaf",
              .extensions = "subjectAltName=DNS:leaf.example\ntlsfeature=" + feature + "\n",
              .issuer = &it.middle});
    return at_home({{leaf, it.middle}, {it.key}, {}});
  };
  EXPECT_THAT(words(told("status_request")), ElementsAre("revocation-unknown"));
  EXPECT_EQ(the_one(told("status_request")).evidence.wanted, kStapledAnswer);
  EXPECT_EQ(the_one(told("status_request")).weight, Weight::warns);
  EXPECT_THAT(words(told("status_request_v2")), IsEmpty());
}

// Nobody can tell what has begun since; what had run out at the floor has run out.
TEST(DoctorServer, JudgesByTheFloorWhileTheClockIsUnset) {
  const auto& it = family();
  const std::vector<Certificate> held{it.root};
  const Upload upload{{it.leaf, it.middle}, {it.key}, {}};
  const auto at = [&](std::chrono::sys_seconds floor) {
    return examine(
        upload, {.at_hand = held, .now = kThen - days(2'000), .clock = ClockFloor{.floor = floor}});
  };
  EXPECT_THAT(words(at(kThen)), ElementsAre("clock-unset"));
  EXPECT_EQ(the_one(at(kThen)).evidence.bound, kThen);
  EXPECT_THAT(words(at(kThen - days(1'000))), ElementsAre("clock-unset"));
  EXPECT_THAT(words(at(kThen + days(1'000))), Contains("expired"));
  EXPECT_THAT(
      words(examine(upload, {.at_hand = held, .now = kThen, .clock = ClockFloor{.floor = kThen}})),
      IsEmpty());
}

TEST(DoctorServer, CountsForTheOrderWhatBelongsThere) {
  const auto& it = family();
  const auto other = made({.subject = "/CN=Other", .issuer = &it.middle});
  const auto in_order = at_home({{other, it.leaf, it.middle}, {it.key}, {}});
  EXPECT_THAT(words(in_order), ElementsAre("several-leaves"));
  EXPECT_THAT(words(examined({{other, it.leaf}, {it.key}, {}})), Not(Contains("order")));
  EXPECT_THAT(words(at_home({{other, it.middle, it.leaf}, {it.key}, {}})), Contains("order"));
}

TEST(DoctorServer, KeepsACrossSignatureAndDropsOneThatExpired) {
  const auto& it = family();
  const auto old_root = made({.subject = "/CN=Old root", .extensions = ca()});
  const auto cross = made(
      {.subject = "/CN=Root", .extensions = testing::Family::with_ids("ca"), .issuer = &old_root});
  const auto good = at_home({{it.leaf, it.middle, cross}, {it.key}, {}});
  EXPECT_THAT(words(good), IsEmpty());
  EXPECT_THAT(good.chain, ElementsAre(it.leaf, it.middle, cross));
  const auto expired = made({.subject = "/CN=Root",
                             .extensions = testing::Family::with_ids("ca"),
                             .issuer = &old_root,
                             .validity = {kThen - days(90), kThen - days(1)}});
  const auto late = at_home({{it.leaf, it.middle, expired}, {it.key}, {}});
  EXPECT_THAT(words(late), ElementsAre("better-path-exists"));
  EXPECT_THAT(late.chain, ElementsAre(it.leaf, it.middle));
}

TEST(DoctorServer, ChoosesWithoutAKeyWhoIssuedNoOther) {
  const auto& it = family();
  const auto other = made({.subject = "/CN=Other", .issuer = &it.middle});
  const auto diagnosis = at_home({{it.middle, it.leaf, other}, {}, {}});
  EXPECT_EQ(diagnosis.because, Because::leaf);
  EXPECT_THAT(diagnosis.roles, ElementsAre(Part::issuer, Part::leaf, Part::other_leaf));
  EXPECT_THAT(words(diagnosis), UnorderedElementsAre("key-missing", "several-leaves", "order"));
}

TEST(Doctor, HasAWordOfItsOwnForEachCode) {
  std::set<std::string> seen;
  for (const auto code : all_doctor_codes()) EXPECT_TRUE(seen.insert(word(code)).second);
  EXPECT_EQ(seen.size(), 15U);
  for (const auto code : all_finding_codes()) EXPECT_FALSE(seen.contains(word(code)));
}

}  // namespace
}  // namespace sealtone::trust
