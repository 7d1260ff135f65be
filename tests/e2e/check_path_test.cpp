// SPDX-License-Identifier: Apache-2.0
//
// sealtone check against servers whose chain breaks a rule for authorities; certificates made by
// the openssl tool, served by openssl s_server.
#include <gmock/gmock.h>

#include "e2e/check_fixture.h"

namespace sealtone::test {
namespace {

class CheckPath : public Check {
 protected:
  static Wish authority(const std::string& name, std::vector<std::string> extensions) {
    Wish wish;
    wish.common_name = name;
    wish.ca = true;
    wish.extensions = std::move(extensions);
    return wish;
  }

  // A server whose certificate was issued by an authority with these extensions, which the root
  // issued.
  Answer below(std::vector<std::string> extensions) {
    const auto issuing =
        certificates_.issue("issuing", authority("Issuing CA", std::move(extensions)), root_);
    const auto leaf = certificates_.issue("leaf", server_wish(), issuing);
    const OpensslServer server(leaf, {"-cert_chain", issuing.certificate.string()});
    return check(server.port(), root_.certificate);
  }
};

TEST_F(CheckPath, AuthorityWithoutSuchLimitsIsTrusted) { expect(below({}), "trusted", "", 0); }

TEST_F(CheckPath, AuthorityThatMayNotSignCertificatesIsFound) {
  expect(below({"keyUsage=critical,cRLSign"}), "untrusted", "key-usage", 1);
}

// RFC 8446 §4.4.2.2.  OpenSSL shows such a certificate in TLS 1.3, and with RSA before, too; other
// clients than OpenSSL's refuse it.
TEST_F(CheckPath, ServerWhoseKeyMayNotSignIsFound) {
  const auto live = [&](const std::string& key, const std::string& usages, Arguments further = {}) {
    auto wish = server_wish();
    wish.key = key;
    wish.extensions = {"keyUsage=critical," + usages};
    const OpensslServer server(certificates_.issue("usages", wish, root_));
    return check(server.port(), root_.certificate, std::move(further));
  };
  expect(live("ec", "digitalSignature"), "trusted", "", 0);
  expect(live("ec", "keyEncipherment"), "untrusted", "key-usage", 1);
  expect(live("ec", "keyAgreement"), "untrusted", "key-usage", 1);
  for (const char* version : {"1.2", "1.3"}) {
    expect(live("rsa:2048", "keyAgreement", {"--tls", version}), "untrusted", "key-usage", 1);
    const auto transport = live("rsa:2048", "keyEncipherment", {"--tls", version});
    expect(transport, "trusted", "", 0);
    EXPECT_THAT(transport.all["verdict"]["weak"].dump(),
                testing::HasSubstr("may be used for keyEncipherment only, which goes with RSA key "
                                   "transport up to TLS 1.2 and nothing else"));
  }
  // Before TLS 1.3 the server itself has no cipher for it, and its certificate is not seen.
  const auto unseen = live("ec", "keyEncipherment", {"--tls", "1.2"});
  expect(unseen, "not-established", "cipher-gap", 1);
  EXPECT_THAT(unseen.all["verdict"]["findings"][0]["hint"].dump(),
              testing::HasSubstr("key usages that do not let it sign"));
}

TEST_F(CheckPath, AuthorityBelowOneThatAllowsNoneIsFound) {
  const auto upper = certificates_.issue(
      "upper", authority("Upper CA", {"basicConstraints=critical,CA:TRUE,pathlen:0"}), root_);
  const auto lower = certificates_.issue("lower", authority("Lower CA", {}), upper);
  const auto chain = certificates_.bundle("chain.pem", {lower, upper});
  const auto direct = certificates_.issue("direct", server_wish(), upper);
  const OpensslServer allowed(direct, {"-cert_chain", upper.certificate.string()});
  expect(check(allowed.port(), root_.certificate), "trusted", "", 0);
  const auto leaf = certificates_.issue("leaf", server_wish(), lower);
  const OpensslServer server(leaf, {"-cert_chain", chain.string()});
  expect(check(server.port(), root_.certificate), "untrusted", "path-length", 1);
}

TEST_F(CheckPath, NameOutsideTheLimitsOfItsAuthorityIsFound) {
  expect(
      below({"nameConstraints=critical,permitted;DNS:localhost,permitted;IP:127.0.0.0/255.0.0.0"}),
      "trusted", "", 0);
  expect(below({"nameConstraints=critical,permitted;DNS:example.com"}), "untrusted",
         "name-constraint", 1);
}

TEST_F(CheckPath, PolicyThatIsDemandedAndNotCarriedThroughIsFound) {
  expect(below({"policyConstraints=critical,requireExplicitPolicy:0"}), "untrusted", "policy", 1);
}

// As it stood with Let's Encrypt in 2021: an authority that is trusted by itself was certified by
// an older one, too, and that certificate has run out.
TEST_F(CheckPath, ExpiredCrossCertificateBesideATrustedAuthorityIsFoundAndPassedBy) {
  const auto old = certificates_.root("old");
  Wish cross = authority("Sealtone test " + root_.name, {});
  cross.key = "of:" + root_.key.string();
  cross.not_after = "20210930140115Z";
  const auto crossed = certificates_.issue("cross", cross, old);
  const auto leaf = certificates_.server(root_, "leaf");
  const OpensslServer server(leaf, {"-cert_chain", crossed.certificate.string()});
  const auto good = check(server.port(), root_.certificate);
  expect(good, "trusted", "better-path-exists", 1);
  // With the old root alone there is that path and no other.
  expect(check(server.port(), old.certificate), "untrusted", "expired", 1);
}

TEST_F(CheckPath, CriticalExtensionThatNobodyKnowsIsFound) {
  expect(below({"1.3.6.1.4.1.99999.1=critical,ASN1:UTF8String:made for the test"}), "untrusted",
         "unknown-critical-extension", 1);
  expect(below({"1.3.6.1.4.1.99999.1=ASN1:UTF8String:made for the test"}), "trusted", "", 0);
}

// RFC 5280 §4.2.1.4: "If this extension is critical, the path validation software MUST be able to
// interpret this extension (including the optional qualifier), or MUST reject the certificate."
TEST_F(CheckPath, CriticalPolicyWithAQualifierThatNobodyKnowsIsFound) {
  // SEQUENCE { SEQUENCE { 1.2.3, SEQUENCE { SEQUENCE { 1.2.3.4, UTF8String "x" } } } }
  const std::string policies = "DER:30:12:30:10:06:02:2A:03:30:0A:30:08:06:03:2A:03:04:0C:01:78";
  const auto answer = below({"certificatePolicies=critical," + policies});
  expect(answer, "untrusted", "unknown-critical-extension", 1);
  const auto details = answer.all["verdict"]["findings"].dump();
  EXPECT_NE(details.find("with the qualifier 1.2.3.4"), std::string::npos) << details;
  expect(below({"certificatePolicies=" + policies}), "trusted", "", 0);
}

// Authorities of one name, each issued by the one before it: nobody can tell by the names which of
// them issued which, and none leads to a trusted certificate.
TEST_F(CheckPath, MeshThatTakesTooLongIsFound) {
  constexpr int kAuthorities = 20;
  std::vector<Identity> mesh{certificates_.self_signed("mesh-0", authority("Mesh CA", {}))};
  while (mesh.size() < kAuthorities) {
    const auto name = "mesh-" + std::to_string(mesh.size());
    mesh.push_back(certificates_.issue(name, authority("Mesh CA", {}), mesh.back()));
  }
  const auto chain = certificates_.bundle("mesh.pem", mesh);
  const auto leaf = certificates_.issue("leaf", server_wish(), mesh.back());
  const OpensslServer server(leaf, {"-cert_chain", chain.string()});
  const auto answer = check(server.port(), root_.certificate);
  EXPECT_EQ(answer.decision, "untrusted");
  EXPECT_EQ(answer.status, 1);
  EXPECT_NE((" " + answer.codes + " ").find(" path-budget "), std::string::npos) << answer.codes;
  // With a way through it that is short, it does no harm.
  const OpensslServer direct(certificates_.issue("direct", server_wish(), root_),
                             {"-cert_chain", chain.string()});
  expect(check(direct.port(), root_.certificate), "trusted", "", 0);
}

// RFC 5480 §2.1.1: "specifiedCurve […] MUST NOT be used in PKIX."
TEST_F(CheckPath, CurveThatIsSpelledOutIsFoundUnderNoCodeOfItsOwn) {
  Wish wish = authority("Explicit CA", {});
  wish.key = "ec-explicit";
  const auto explicit_root = certificates_.self_signed("explicit", wish);
  const OpensslServer server(certificates_.server(explicit_root));
  const auto answer = check(server.port(), explicit_root.certificate);
  EXPECT_EQ(answer.decision, "untrusted");
  EXPECT_NE((" " + answer.codes + " ").find(" path-refused "), std::string::npos) << answer.codes;
  const auto details = answer.all["verdict"]["findings"].dump();
  EXPECT_NE(details.find("spells out its elliptic curve"), std::string::npos) << details;
}

// What every DSA key of 2048 bits may share; to find such numbers takes seconds.
constexpr const char* kDsaParameters =
    "-----BEGIN DSA PARAMETERS-----\n"
    "MIICKAKCAQEAoNOCfPuO6kOfOeKwl1cGvGfeihltBVi+HOMlqOKImbqlj9G86qPo\n"
    "MNxw0k51UTLAgBdw17eZO1ABXnxn8i5BQF543jcOknEO+zlbVNcunEb8Y33Gcdxn\n"
    "o+nG2tmS0PuDW7PD+G/0Y+YX9j/Ymb8l3RsQOl59nSbL3en8TK/v1XRR4wNBOv5V\n"
    "NLtsT39IUqWH1rs8sCve4F12h8XHV3lmftaTuzxDK+RXsBeyazUosHlCEm98/bAn\n"
    "ixkOjS7UOCRqVegFKciVyDtBx1riMUllNYP/+gLDQRp3NQiNynfFfHH8TaLfJmMU\n"
    "sA8kbbXM5avqgRBi8NmWw7vRfhCHcnIVjwIdANLn14uNwe0yhEXb+ICdm0h55IzR\n"
    "trpIZ5ZFK/8CggEAXAc0Qhd/EALROxKSVrF+Cy81UnPbL+U8PBAFbyIradhp0uRK\n"
    "qIPWz3i3cjyAfft7y3oggbom0hXmWWCTC9NrXB8+vQ843pUAaf9r3TPI/8aCWqNU\n"
    "u3Oh+m57zmkWv7+8sQ9IJjcbOWc7cQrnTMrsRD6kx6AfxgcRHKeBFoHptxRaxHjS\n"
    "dIYEn5f1Bu+rdrFSjT4hYTT8G/T/vqzE0gcChhOI/cM29+HIjlzYZHvZOQsVZ/su\n"
    "q9o4jj8/0mY/gT9IAkaRA8jVQUkoD7/kBLfOSLU6XQVoyb0ws9X+C5SCI4LvR6Sc\n"
    "kyKQFiNScRWPtP7PFPwOW2Buey4RRCNXyePnUw==\n"
    "-----END DSA PARAMETERS-----\n";

// RFC 8446 §4.4.2.2 knows keys for RSA, ECDSA and EdDSA; TLS 1.2 can still show one for DSA.
TEST_F(CheckPath, KeyOfAKindThatIsNotUsedIsFound) {
  const auto parameters = folder_.write("dsa.pem", kDsaParameters);
  const auto key = folder_.path() / "dsa-key.pem";
  run_ok({"openssl", "genpkey", "-paramfile", parameters.string(), "-out", key.string()});
  auto wish = server_wish();
  wish.key = "of:" + key.string();
  const OpensslServer server(issued(wish), {"-tls1_2", "-cipher", "ALL:@SECLEVEL=0"});
  const auto answer = check(server.port(), root_.certificate);
  expect(answer, "untrusted", "key-type-not-supported", 1);
  const auto& finding = answer.all["verdict"]["findings"][0];
  EXPECT_EQ(finding["evidence"]["wanted"], "RSA, EC, Ed25519 or Ed448");
  EXPECT_EQ(finding["evidence"]["found"][0], "DSA 2048");
  EXPECT_EQ(finding["fix"]["kind"], "replace-certificate");
  // What the next step says: a key of RSA 2048 or EC P-256.
  for (const char* sound : {"rsa:2048", "ec"}) {
    wish.key = sound;
    const OpensslServer mended(certificates_.issue(sound[0] == 'r' ? "rsa" : "ec", wish, root_),
                               {"-tls1_2"});
    expect(check(mended.port(), root_.certificate), "trusted", "", 0);
  }
}

// Between openssl's server and us somebody damages the certificate on its way, in TLS 1.2, which
// sends it in the clear.
TEST_F(CheckPath, CertificateThatCannotBeDecodedIsFound) {
  const auto identity = certificates_.server(root_);
  const auto der = read_text(identity.der);
  const OpensslServer server(identity, {"-tls1_2"});
  std::atomic<bool> met = false;
  const Relay relay(server.port(), [&](std::string from_server, bool&) {
    const auto at = from_server.find(der);
    if (at == std::string::npos) return from_server;
    met = true;
    from_server[at + 4] = 0x04;  // what should be a SEQUENCE says it is an OCTET STRING
    return from_server;
  });
  const auto answer = check(relay.port(), root_.certificate);
  EXPECT_TRUE(met);
  expect(answer, "untrusted", "certificate-unreadable", 1);
}

}  // namespace
}  // namespace sealtone::test
