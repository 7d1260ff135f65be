// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/fresh_cases: the faults that are planted (see fresh_cases.h).
#include <array>

#include "suites/fresh_cases.h"

namespace sealtone::test {
namespace {

using std::chrono::days;

constexpr auto kCa = "critical,CA:TRUE";
constexpr auto kPolicy = "1.3.6.1.4.1.99999.7";
constexpr auto kOtherPolicy = "1.3.6.1.4.1.99999.8";
constexpr auto kNobodyKnows = "1.3.6.1.4.1.99999.1";

Wanted& authority(Plan& plan, Chance& chance) { return plan.path[plan.any_authority(chance)]; }

// Any authority above the peer's certificate: whichever it is, what it may not name is the peer's.
void limit_names(Plan& plan, Chance& chance, const std::string& limits) {
  authority(plan, chance).set("nameConstraints", "critical," + limits);
}

void expire(Wanted& one) { one.not_after = one.not_before + days(20); }
void postpone(Wanted& one) { one.not_before = one.not_after - days(20); }

void carry_policy(Plan& plan, const char* policy) {
  for (auto& one : plan.path) {
    if (&one != &plan.root()) one.set("certificatePolicies", policy);
  }
}

using Keys = const KeyPool&;

// Every fault is planted alone.  P: the plan, K: keys, C: chance.
constexpr auto kKinds = std::to_array<Kind>({
    // What is in order.
    {"none", true, "", true, 0, [](Plan&, Keys, Chance&) {}},
    {"none-by-address", true, "", true, 0,
     [](Plan& p, Keys, Chance& c) {
       p.by_address = true;
       p.host = one_in(c, 2) ? "192.0.2.7" : "2001:db8::7";
       p.names.push_back("IP:" + p.host);
     }},
    {"none-by-wildcard", true, "", true, 0,
     [](Plan& p, Keys, Chance&) {
       p.names = {"DNS:*" + p.host.substr(p.host.find('.'))};
     }},
    {"none-no-key-ids", true, "", true, 0,
     [](Plan& p, Keys, Chance&) {
       for (auto& one : p.path) one.key_ids = false;
     }},
    {"none-no-usages", true, "", true, 0,
     [](Plan& p, Keys, Chance&) {
       p.leaf().remove("keyUsage");
       p.leaf().remove("extendedKeyUsage");
     }},
    {"none-path-length", true, "", true, 1,
     [](Plan& p, Keys, Chance&) {
       for (std::size_t at = 1; at < p.path.size(); ++at) {
         p.path[at].set("basicConstraints", std::string(kCa) + ",pathlen:" + std::to_string(at - 1));
       }
     }},
    {"none-sha1-root", true, "", true, 0,
     [](Plan& p, Keys k, Chance& c) {
       p.root().digest = "SHA1";
       p.root().key = k.any("P-256", c);  // Ed25519 has no hash to choose
     }},
    {"none-trusted-authority", true, "", true, 1,
     [](Plan& p, Keys, Chance& c) { p.trusted = p.any_authority(c); }},
    {"none-trusted-leaf", true, "", true, 0, [](Plan& p, Keys, Chance&) { p.trusted = 0; }},
    {"none-with-lists", true, "", true, 0, [](Plan& p, Keys, Chance&) { p.with_lists = true; }},
    {"none-within-dns", true, "", true, 1,
     [](Plan& p, Keys, Chance& c) {
       limit_names(p, c, "permitted;DNS:example.com,excluded;DNS:bad.example.com");
     }},
    {"none-within-ip", true, "", true, 1,
     [](Plan& p, Keys, Chance& c) {
       p.names.push_back("IP:192.0.2.7");
       limit_names(p, c, "permitted;IP:192.0.2.0/255.255.255.0");
     }},
    {"none-within-email", true, "", true, 1,
     [](Plan& p, Keys, Chance& c) {
       p.names.push_back("email:phone@example.com");
       limit_names(p, c, "permitted;email:example.com");
     }},
    {"none-within-uri", true, "", true, 1,
     [](Plan& p, Keys, Chance& c) {
       p.names.push_back("URI:https://" + p.host + "/x");
       limit_names(p, c, "permitted;URI:.example.com");
     }},
    {"none-within-directory", true, "", true, 1,
     [](Plan& p, Keys, Chance& c) { limit_names(p, c, "permitted;dirName:ours"); }},
    {"none-with-policy", true, "", true, 1,
     [](Plan& p, Keys, Chance&) {
       carry_policy(p, kPolicy);
       p.explicit_policy = true;
     }},
    {"none-policy-constraints", true, "", true, 1,
     [](Plan& p, Keys, Chance&) {
       carry_policy(p, kPolicy);
       p.path[p.path.size() - 2].set("policyConstraints", "critical,requireExplicitPolicy:0");
     }},
    // Dates.
    {"expired-leaf", false, "expired", true, 0, [](Plan& p, Keys, Chance&) { expire(p.leaf()); }},
    {"expired-authority", false, "expired", false, 1,
     [](Plan& p, Keys, Chance& c) { expire(authority(p, c)); }},
    {"expired-root", false, "expired", false, 0,
     [](Plan& p, Keys, Chance&) { expire(p.root()); }},
    {"early-leaf", false, "not-yet-valid", true, 0,
     [](Plan& p, Keys, Chance&) { postpone(p.leaf()); }},
    {"early-authority", false, "not-yet-valid", false, 1,
     [](Plan& p, Keys, Chance& c) { postpone(authority(p, c)); }},
    // The name.
    {"other-name", false, "name-mismatch", true, 0,
     [](Plan& p, Keys, Chance&) { p.host = "other." + p.host; }},
    {"other-address", false, "name-mismatch", true, 0,
     [](Plan& p, Keys, Chance&) {
       p.names.push_back("IP:192.0.2.8");
       p.by_address = true;
       p.host = "192.0.2.7";
     }},
    {"wildcard-two-labels", false, "name-mismatch", true, 0,
     [](Plan& p, Keys, Chance&) {
       p.names = {"DNS:*.example.com"};
       p.host = "a.b.example.com";
     }},
    {"name-in-common-name-only", false, "name-mismatch", true, 0,
     [](Plan& p, Keys, Chance&) {
       p.leaf().common_name = p.host;
       p.names = {"DNS:other." + p.host};
     }},
    // Authorities.
    {"not-a-ca", false, "not-a-ca", false, 1,
     [](Plan& p, Keys, Chance& c) { authority(p, c).set("basicConstraints", "CA:FALSE"); }},
    {"no-basic-constraints", false, "not-a-ca", false, 1,
     [](Plan& p, Keys, Chance& c) { authority(p, c).remove("basicConstraints"); }},
    {"no-cert-sign", false, "key-usage", false, 1,
     [](Plan& p, Keys, Chance& c) {
       authority(p, c).set("keyUsage", "critical,digitalSignature,cRLSign");
     }},
    {"path-length", false, "path-length", false, 2,
     [](Plan& p, Keys, Chance& c) {
       const auto at = 2 + below(c, p.path.size() - 3);
       p.path[at].set("basicConstraints",
                      std::string(kCa) + ",pathlen:" + std::to_string(below(c, at - 1)));
     }},
    {"dns-not-permitted", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) { limit_names(p, c, "permitted;DNS:example.org"); }},
    {"dns-excluded", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) { limit_names(p, c, "excluded;DNS:example.com"); }},
    {"ip-not-permitted", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) {
       p.names.push_back("IP:192.0.2.7");
       limit_names(p, c, "permitted;IP:198.51.100.0/255.255.255.0");
     }},
    {"ip-excluded", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) {
       p.names.push_back("IP:192.0.2.7");
       limit_names(p, c, "excluded;IP:192.0.2.0/255.255.255.0");
     }},
    {"email-not-permitted", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) {
       p.names.push_back("email:phone@example.com");
       limit_names(p, c, "permitted;email:example.org");
     }},
    {"email-excluded", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) {
       p.names.push_back("email:phone@example.com");
       limit_names(p, c, "excluded;email:example.com");
     }},
    {"uri-not-permitted", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) {
       p.names.push_back("URI:https://" + p.host + "/x");
       limit_names(p, c, "permitted;URI:.example.org");
     }},
    {"uri-excluded", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) {
       p.names.push_back("URI:https://" + p.host + "/x");
       limit_names(p, c, "excluded;URI:.example.com");
     }},
    {"directory-not-permitted", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) { limit_names(p, c, "permitted;dirName:others"); }},
    {"directory-excluded", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) { limit_names(p, c, "excluded;dirName:ours"); }},
    {"other-kind-constrained", false, "name-constraint", false, 1,
     [](Plan& p, Keys, Chance& c) {
       p.names.push_back("RID:1.2.3.4");
       limit_names(p, c, "permitted;RID:1.2.3.4");
     }},
    {"clients-only-leaf", false, "eku-missing", true, 0,
     [](Plan& p, Keys, Chance&) { p.leaf().set("extendedKeyUsage", "clientAuth"); }},
    {"clients-only-authority", false, "eku-missing", false, 1,
     [](Plan& p, Keys, Chance& c) { authority(p, c).set("extendedKeyUsage", "clientAuth"); }},
    {"key-signs-lists-only", false, "key-usage", true, 0,
     [](Plan& p, Keys, Chance&) { p.leaf().set("keyUsage", "critical,cRLSign"); }},
    {"unknown-critical-leaf", false, "unknown-critical-extension", true, 0,
     [](Plan& p, Keys, Chance&) { p.leaf().set(kNobodyKnows, "critical,ASN1:UTF8String:x"); }},
    {"unknown-critical-authority", false, "unknown-critical-extension", false, 1,
     [](Plan& p, Keys, Chance& c) {
       authority(p, c).set(kNobodyKnows, "critical,ASN1:UTF8String:x");
     }},
    {"policy-missing", false, "policy", false, 1,
     [](Plan& p, Keys, Chance& c) {
       authority(p, c).set("policyConstraints", "critical,requireExplicitPolicy:0");
     }},
    {"policy-of-another-name", false, "policy", true, 1,
     [](Plan& p, Keys, Chance&) {
       carry_policy(p, kPolicy);
       p.leaf().set("certificatePolicies", kOtherPolicy);
       p.explicit_policy = true;
     }},
    // Signatures and keys.
    {"damaged-leaf", false, "bad-signature", true, 0,
     [](Plan& p, Keys, Chance&) { p.damaged = 0; }},
    {"damaged-authority", false, "bad-signature", false, 1,
     [](Plan& p, Keys, Chance& c) { p.damaged = p.any_authority(c); }},
    {"sha1-leaf", false, "weak-signature", true, 0,
     [](Plan& p, Keys k, Chance& c) {
       p.leaf().digest = "SHA1";
       p.path[1].key = k.any("P-256", c);
     }},
    {"sha1-authority", false, "weak-signature", false, 1,
     [](Plan& p, Keys k, Chance& c) {
       const auto at = p.any_authority(c);
       p.path[at].digest = "SHA1";
       p.path[at + 1].key = k.any("P-256", c);
     }},
    {"md5-leaf", false, "weak-signature", true, 0,
     [](Plan& p, Keys k, Chance& c) {
       p.leaf().digest = "MD5";
       p.path[1].key = k.any("RSA 2048", c);
     }},
    {"rsa-1024-leaf", false, "weak-key", true, 0,
     [](Plan& p, Keys k, Chance& c) { p.leaf().key = k.any("RSA 1024", c); }},
    {"rsa-1024-authority", false, "weak-key", false, 1,
     [](Plan& p, Keys k, Chance& c) { authority(p, c).key = k.any("RSA 1024", c); }},
    {"rsa-1024-root", false, "weak-key", false, 0,
     [](Plan& p, Keys k, Chance& c) { p.root().key = k.any("RSA 1024", c); }},
    {"p-192-leaf", false, "weak-key", true, 0,
     [](Plan& p, Keys k, Chance& c) { p.leaf().key = k.any("P-192", c); }},
    {"explicit-curve-leaf", false, "path-refused", true, 0,
     [](Plan& p, Keys k, Chance& c) { p.leaf().key = k.any("explicit", c); }},
    // Revocation.
    {"revoked-leaf", false, "revoked", true, 0,
     [](Plan& p, Keys, Chance&) {
       p.with_lists = true;
       p.revoked = 0;
     }},
    {"revoked-authority", false, "revoked", false, 1,
     [](Plan& p, Keys, Chance& c) {
       p.with_lists = true;
       p.revoked = p.any_authority(c);
     }},
    // Paths that end nowhere.
    {"authority-not-sent", false, "issuer-unknown", false, 1,
     [](Plan& p, Keys, Chance& c) { p.left_out = p.any_authority(c); }},
    {"self-signed", false, "self-signed-leaf", true, 0,
     [](Plan& p, Keys, Chance&) {
       p.self_signed = true;
       p.another_root = true;
     }},
    {"untrusted-root", false, "issuer-unknown", false, 0,
     [](Plan& p, Keys, Chance&) { p.another_root = true; }},
    {"root-of-that-name", false, "", false, 0,
     [](Plan& p, Keys, Chance&) {
       p.another_root = true;
       p.root_of_that_name = true;
       for (auto& one : p.path) one.key_ids = false;
     }},
});

}  // namespace

std::span<const Kind> all_kinds() { return kKinds; }

}  // namespace sealtone::test
