// SPDX-License-Identifier: Apache-2.0
//
// x509/name_constraints: names within what an issuer may name, at its bounds, and outside.
#include "x509/name_constraints.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/made.h"

namespace sealtone::x509 {
namespace {

using test::made;
using testing::AllOf;
using testing::HasSubstr;

NameConstraints constraints(const std::string& value) {
  const auto issuer = made({.subject = "/CN=ca", .extensions = "nameConstraints=" + value});
  EXPECT_TRUE(issuer.extensions().name_constraints) << value;
  return issuer.extensions().name_constraints.value_or(NameConstraints{});
}

struct Case {
  const char* constraints;
  const char* names;  // of the subjectAltName; empty: none
  bool allowed;
};

std::optional<std::string> violation(const std::string& value, const std::string& names,
                                     const std::string& subject = "",
                                     const NameConstraintOptions& options = {},
                                     bool is_leaf = true) {
  const auto leaf = made({.subject = subject,
                          .extensions = names.empty() ? "" : "subjectAltName=" + names,
                          .key = "leaf"});
  const auto violation = name_violation(constraints(value), leaf, is_leaf, options);
  if (!violation) return std::nullopt;
  return violation->words;
}

template <std::size_t size>
void expect(const Case (&cases)[size]) {
  for (const auto& one : cases) {
    const auto found = violation(one.constraints, one.names);
    EXPECT_EQ(!found, one.allowed)
        << one.constraints << " + " << one.names << ": " << found.value_or("");
  }
}

TEST(NameViolation, ComparesHosts) {
  expect({
      {"permitted;DNS:a.example", "DNS:a.example", true},      // itself
      {"permitted;DNS:a.example", "DNS:b.a.example", true},    // a label more
      {"permitted;DNS:a.example", "DNS:c.b.a.example", true},  // two
      {"permitted;DNS:a.example", "DNS:ba.example", false},    // no label of its own
      {"permitted;DNS:a.example", "DNS:example", false},       // a label less
      {"permitted;DNS:a.example", "DNS:A.EXAMPLE", true},      // case does not count
      {"permitted;DNS:A.example", "DNS:b.a.example", true},
      {"permitted;DNS:a.example", "DNS:a.example.", true},  // nor does the root's dot
      {"permitted;DNS:a.example.", "DNS:a.example", true},
      {"permitted;DNS:a.example", "DNS:a.example,DNS:b.example", false},  // all have to be
      {"permitted;DNS:a.example,permitted;DNS:b.example", "DNS:b.example", true},
      {"excluded;DNS:a.example", "DNS:a.example", false},
      {"excluded;DNS:a.example", "DNS:b.a.example", false},
      {"excluded;DNS:a.example", "DNS:b.example", true},
      {"permitted;DNS:example,excluded;DNS:a.example", "DNS:b.a.example", false},  // no way back
      {"permitted;DNS:a.example", "", true},                   // no name of that kind
      {"permitted;DNS:a.example", "email:x@b.example", true},  // nor here
      {"DER:3006A00430028200", "DNS:a.example", true},         // everything
      {"DER:3006A10430028200", "DNS:a.example", false},
      {"DER:3006A10430028200", "email:x@b.example", true},
  });
}

TEST(NameViolation, TakesAWildcardForAllItStandsFor) {
  expect({
      {"permitted;DNS:a.example", "DNS:*.a.example", true},
      {"permitted;DNS:b.a.example", "DNS:*.a.example", false},  // stands for c.a.example as well
      {"permitted;DNS:example", "DNS:*.a.example", true},
      {"excluded;DNS:a.example", "DNS:*.a.example", false},
      {"excluded;DNS:b.a.example", "DNS:*.a.example", false},   // stands for b.a.example as well
      {"excluded;DNS:c.b.a.example", "DNS:*.a.example", true},  // and for one label only
      {"excluded;DNS:b.example", "DNS:*.a.example", true},
      {"permitted;DNS:a.example", "DNS:b*.a.example", false},  // no wildcard that anybody knows
      {"permitted;DNS:a.example", "DNS:*", false},
  });
}

TEST(NameViolation, TakesALeadingDotForTheHostsBelowWhereItMayStand) {
  expect({
      {"permitted;DNS:.a.example", "DNS:b.a.example", true},
      {"permitted;DNS:.a.example", "DNS:a.example", false},
      {"permitted;DNS:.a.example", "DNS:*.a.example", true},
      {"excluded;DNS:.a.example", "DNS:a.example", true},
      {"excluded;DNS:.a.example", "DNS:b.a.example", false},
      {"excluded;DNS:.a.example", "DNS:*.a.example", false},
      {"excluded;DNS:.b.a.example", "DNS:*.a.example", true},
  });
  const NameConstraintOptions strict{.allow_leading_dot = false};
  EXPECT_TRUE(violation("permitted;DNS:.a.example", "DNS:b.a.example", "", strict));
  EXPECT_TRUE(violation("excluded;DNS:.a.example", "DNS:b.example", "", strict));
  EXPECT_FALSE(violation("permitted;DNS:a.example", "DNS:b.a.example", "", strict));
}

TEST(NameViolation, ComparesMailboxes) {
  expect({
      {"permitted;email:x@a.example", "email:x@a.example", true},  // one mailbox
      {"permitted;email:x@a.example", "email:y@a.example", false},
      {"permitted;email:x@a.example", "email:X@a.example", false},  // RFC 5321: case counts here…
      {"permitted;email:x@a.example", "email:x@A.Example", true},   // …and not there
      {"permitted;email:a.example", "email:x@a.example", true},     // all of a host
      {"permitted;email:a.example", "email:x@b.a.example", false},
      {"permitted;email:.a.example", "email:x@b.a.example", true},  // all of the hosts below
      {"permitted;email:.a.example", "email:x@a.example", false},
      {"excluded;email:a.example", "email:x@a.example", false},
      {"excluded;email:a.example", "email:x@ba.example", true},
      {"excluded;email:a.example", "email:\"x@b.example\"@a.example", false},  // the last @ counts
      {"DER:3006A00430028100", "email:x@a.example", true},
      {"DER:3006A10430028100", "email:x@a.example", false},
  });
  // The subject's count as well.
  EXPECT_FALSE(violation("permitted;email:a.example", "", "/emailAddress=x@a.example"));
  EXPECT_TRUE(violation("permitted;email:a.example", "", "/emailAddress=x@b.example"));
}

TEST(NameViolation, ComparesTheHostsOfUris) {
  expect({
      {"permitted;URI:a.example", "URI:https://a.example/x", true},
      {"permitted;URI:a.example", "URI:https://x@a.example:443?y", true},
      {"permitted;URI:a.example", "URI:https://b.a.example", false},  // one host
      {"permitted;URI:.a.example", "URI:https://b.a.example", true},
      {"permitted;URI:.a.example", "URI:https://a.example", false},
      {"permitted;URI:a.example", "URI:https://b.example/@a.example", false},  // that is the path
      {"permitted;URI:a.example", "URI:https://a.example@b.example", false},   // that is the user
      {"excluded;URI:a.example", "URI:https://A.EXAMPLE", false},
      {"excluded;URI:a.example", "URI:https://b.example", true},
      // "…does not include an authority component in which the host name is specified as a fully
      // qualified domain name […] the application MUST reject the certificate."
      {"excluded;URI:a.example", "URI:sip:b.example", false},
      {"excluded;URI:a.example", "URI:https://192.0.2.1/", false},
      {"excluded;URI:a.example", "URI:https://[2001:db8::1]/", false},
      {"excluded;URI:a.example", "URI:https://", false},
      {"excluded;DNS:a.example", "URI:sip:b.example", true},  // nobody compares it
  });
}

TEST(NameViolation, ComparesAddressesUnderTheirMask) {
  const char* const v6 = "permitted;IP:2001:db8::/ffff:fffe::";
  expect({
      {"permitted;IP:192.0.2.0/255.255.255.0", "IP:192.0.2.0", true},
      {"permitted;IP:192.0.2.0/255.255.255.0", "IP:192.0.2.255", true},
      {"permitted;IP:192.0.2.0/255.255.255.0", "IP:192.0.3.0", false},
      {"permitted;IP:192.0.2.0/255.255.255.0", "IP:192.0.1.255", false},
      {"permitted;IP:192.0.2.128/255.255.255.128", "IP:192.0.2.127", false},  // within an octet
      {"permitted;IP:192.0.2.128/255.255.255.128", "IP:192.0.2.128", true},
      {"permitted;IP:192.0.2.7/255.255.255.255", "IP:192.0.2.7", true},
      {"permitted;IP:0.0.0.0/0.0.0.0", "IP:203.0.113.1", true},
      {"permitted;IP:0.0.0.0/0.0.0.0", "IP:2001:db8::1", false},  // of the other kind
      {"excluded;IP:0.0.0.0/0.0.0.0", "IP:2001:db8::1", true},
      {"excluded;IP:192.0.2.0/255.255.255.0", "IP:192.0.2.9", false},
      {v6, "IP:2001:db8::1", true},
      {v6, "IP:2001:db9:ffff::1", true},
      {v6, "IP:2001:dba::1", false},
      {"excluded;IP:2001:db8::/ffff:ffff::", "IP:2001:db8::1", false},
      // A mask with holes says nothing that could be relied on, either way.
      {"permitted;IP:192.0.2.0/255.0.255.0", "IP:192.0.2.1", false},
      {"excluded;IP:192.0.2.0/255.0.255.0", "IP:203.0.113.1", false},
      // An address of neither size, and a constraint of none.
      {"permitted;IP:0.0.0.0/0.0.0.0", "DER:30058703010203", false},
      {"DER:300AA00830068704C0000200", "IP:192.0.2.1", false},
  });
}

TEST(NameViolation, ComparesDirectoryNamesByTheirParts) {
  const auto within = [](const std::string& sign, const std::string& subject) {
    return !violation(sign + ";dirName:top\n[top]\nC=DE\nO=Acme", "", subject);
  };
  EXPECT_TRUE(within("permitted", "/C=DE/O=Acme"));
  EXPECT_TRUE(within("permitted", "/C=DE/O=Acme/CN=x"));
  EXPECT_TRUE(within("permitted", "/C=DE/O=ACME/CN=x"));  // RFC 5280 §7.1
  EXPECT_FALSE(within("permitted", "/C=DE"));
  EXPECT_FALSE(within("permitted", "/C=DE/O=Acme2"));
  EXPECT_FALSE(within("permitted", "/C=DE/CN=x/O=Acme"));
  EXPECT_FALSE(within("permitted", "/O=Acme/C=DE"));
  EXPECT_TRUE(within("permitted", ""));  // no name, no violation
  EXPECT_FALSE(within("excluded", "/C=DE/O=Acme/CN=x"));
  EXPECT_TRUE(within("excluded", "/C=DE"));
  EXPECT_TRUE(violation("permitted;dirName:top\n[top]\nC=DE", "dirName:x\n[x]\nC=FR"));
  EXPECT_FALSE(violation("permitted;dirName:top\n[top]\nC=DE", "dirName:x\n[x]\nC=DE\nO=y"));
}

TEST(NameViolation, RefusesKindsItCannotCompareWhereTheConstraintIsCritical) {
  expect({
      {"critical,permitted;otherName:1.2.3;UTF8:x", "otherName:1.2.3;UTF8:x", false},
      {"critical,excluded;otherName:1.2.3;UTF8:x", "otherName:1.2.3;UTF8:y", false},
      {"permitted;otherName:1.2.3;UTF8:x", "otherName:1.2.3;UTF8:y", true},  // not critical
      {"critical,permitted;otherName:1.2.3;UTF8:x", "DNS:a.example", true},  // no name of that kind
      {"critical,permitted;RID:1.2.3", "RID:1.2.3", false},
      {"permitted;RID:1.2.3", "RID:1.2.4", true},
      {"critical,DER:3007A0053003890161", "DER:3003890161", false},  // [9], of which nobody knows
      {"DER:3007A0053003890161", "DER:3003890161", true},
      {"critical,DER:3007A0053003890161", "DNS:a.example", true},
  });
}

TEST(NameViolation, RefusesWhatIsNoNameOfItsKind) {
  expect({
      {"permitted;DNS:a.example", "DNS:b..a.example", false},
      {"permitted;DNS:a.example", "DNS:.a.example", false},
      {"permitted;DNS:a.example", "DNS:b .a.example", false},
      {"excluded;DNS:a.example", "DER:300A8208622E61002E612E62", false},  // "b.a\0.a.b"
      {"excluded;DNS:b..example", "DNS:c.example", false},                // nor is the constraint
      {"excluded;email:a.example", "email:nobody", false},
      {"excluded;email:a.example", "email:@b.example", false},
      {"excluded;email:a.example", "email:x@y@b.example", false},
      {"excluded;email:a.example", "email:x@", false},
      {"excluded;email:@a.example", "email:x@b.example", false},
      {"excluded;DNS:a.example", "email:nobody", false},  // whatever the constraints are of
  });
  const std::string label(63, 'a');
  const auto name = label + "." + label + "." + label + "." + std::string(61, 'a');
  EXPECT_FALSE(violation("excluded;DNS:b", "DNS:" + name));  // 253 characters
  EXPECT_TRUE(violation("excluded;DNS:b", "DNS:" + name + "a"));
}

TEST(NameViolation, RefusesBoundsWhichRfc5280Forbids) {
  // permitted { base [2] "a", minimum [0] 0 }, then minimum 1, then maximum [1] 0.
  EXPECT_FALSE(violation("DER:300AA0083006820161800100", "DNS:a"));
  EXPECT_THAT(*violation("DER:300AA0083006820161800101", "DNS:a"), HasSubstr("minimum"));
  EXPECT_THAT(*violation("DER:300AA0083006820161810100", "DNS:a"), HasSubstr("maximum"));
}

TEST(NameViolation, TakesCommonNamesForHostsWhereNobodyNamesOne) {
  const auto found = [](const std::string& names, const std::string& common_name,
                        const NameConstraintOptions& options = {}, bool is_leaf = true) {
    return violation("permitted;DNS:a.example", names, "/CN=" + common_name, options, is_leaf)
        .has_value();
  };
  EXPECT_FALSE(found("", "x.a.example"));
  EXPECT_TRUE(found("", "x.b.example"));
  EXPECT_TRUE(found("", "X.B.EXAMPLE"));
  EXPECT_TRUE(found("email:x@b.example", "x.b.example"));
  EXPECT_FALSE(found("DNS:a.example", "x.b.example"));  // nobody looks there
  EXPECT_FALSE(found("", "x.b.example", {.common_names = false}));
  EXPECT_FALSE(found("", "x.b.example", {}, false));  // an issuer's is no host's
  // What nobody would take for the name of a host.
  for (const auto* const other : {"localhost", "Acme Phone", "192.0.2.1", "-x.b.example", "x..b"}) {
    EXPECT_FALSE(found("", other)) << other;
  }
}

TEST(NameViolation, SaysBothValues) {
  EXPECT_THAT(*violation("permitted;DNS:a.example,permitted;DNS:b.example", "DNS:c.example"),
              AllOf(HasSubstr("\"c.example\""), HasSubstr("\"a.example\", \"b.example\"")));
  EXPECT_THAT(*violation("excluded;DNS:a.example", "DNS:x.a.example"),
              AllOf(HasSubstr("may not name \"a.example\""), HasSubstr("\"x.a.example\"")));
  EXPECT_THAT(*violation("permitted;IP:192.0.2.0/255.255.255.0", "IP:192.0.3.1"),
              AllOf(HasSubstr("\"192.0.3.1\""), HasSubstr("192.0.2.0/255.255.255.0")));
  EXPECT_THAT(*violation("excluded;IP:2001:db8::/ffff:ffff::", "IP:2001:db8::1"),
              AllOf(HasSubstr("\"2001:db8::1\""), HasSubstr("2001:db8::/ffff:ffff::")));
  EXPECT_THAT(*violation("permitted;dirName:t\n[t]\nC=DE", "", "/C=FR"),
              AllOf(HasSubstr("C=FR"), HasSubstr("C=DE")));
  EXPECT_THAT(*violation("critical,permitted;RID:1.2.3", "RID:1.2.4"),
              AllOf(HasSubstr("1.2.3"), HasSubstr("1.2.4")));
  EXPECT_THAT(*violation("excluded;DNS:a", "DNS:x..y"), HasSubstr("\"x..y\""));
}

TEST(NameComparisons, CountsReadingTheConstraintsAsWell) {
  const auto both = constraints("permitted;DNS:a,excluded;DNS:b,excluded;DNS:c");
  EXPECT_EQ(name_comparisons(both, made({.subject = "", .key = "leaf"})), 3U);
  EXPECT_EQ(name_comparisons(
                both, made({.subject = "/C=DE/CN=x", .extensions = "subjectAltName=DNS:a,DNS:b"})),
            15U);
}

}  // namespace
}  // namespace sealtone::x509
