// SPDX-License-Identifier: Apache-2.0
//
// x509/strict_rules: see strict_faults in path_rules.h.  "BR" is the CA/Browser Forum's Baseline
// Requirements for TLS server certificates, version 2.
#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/extensions.h"
#include "x509/openssl.h"
#include "x509/path_rules.h"

namespace sealtone::x509 {
namespace {

using Kind = GeneralName::Kind;

bool is_address(const std::string& text) {
  std::array<std::uint8_t, 16> octets{};
  return inet_pton(AF_INET, text.c_str(), octets.data()) == 1 ||
         inet_pton(AF_INET6, text.c_str(), octets.data()) == 1;
}

class StrictRules {
 public:
  StrictRules(const Place& place, Purpose purpose)
      : place_(place),
        it_(place.certificate),
        extensions_(place.certificate.extensions()),
        server_(purpose == Purpose::server || purpose == Purpose::sip) {}

  std::vector<Fault> check() && {
    check_version();
    check_key();
    check_serial();
    check_name_constraints();
    if (place_.index() == 0) {
      check_leaf();
      check_names();
      if (server_) check_server();
    } else {
      check_ca();
    }
    check_authority_key_id();
    return std::move(faults_);
  }

 private:
  void add(PathFault code, std::string detail) {
    faults_.push_back({code, place_.index(), std::move(detail)});
  }
  void add(std::string detail) { add(PathFault::other, std::move(detail)); }
  [[nodiscard]] bool is_root() const {
    return place_.index() > 0 && (place_.anchor ? it_.self_signed() : place_.self_signed);
  }

  void check_version();
  void check_key();
  void check_serial();
  void check_name_constraints();
  void check_leaf();
  void check_names();
  void check_server();
  void check_common_name();
  void check_ca();
  void check_authority_key_id();

  const Place& place_;
  const Certificate& it_;
  const Extensions& extensions_;
  bool server_;
  std::vector<Fault> faults_;
};

// BR §7.1.1: "Certificates MUST be of type X.509 v3."
void StrictRules::check_version() {
  if (it_.version() != 3) {
    add(fmt::format("it is of version {}, and only version 3 is allowed (BR 7.1.1)",
                    it_.version()));
  }
}

// BR §6.1.5: "Ensure that the modulus size, when encoded, is at least 2048 bits, and […] evenly
// divisible by 8."
void StrictRules::check_key() {
  const auto& key = it_.public_key();
  if (!key.kind.starts_with("RSA")) return;
  if (key.bits % 8 != 0) {
    add(PathFault::weak_key,
        fmt::format("the size of its RSA key, {} bits, is not divisible by 8 (BR 6.1.5)",
                    key.bits));
  }
}

// RFC 5280 §4.1.2.2: "The serial number MUST be a positive integer […] Conforming CAs MUST NOT use
// serialNumber values longer than 20 octets."
void StrictRules::check_serial() {
  if (place_.anchor) return;  // roots of before that rule have 0
  const auto& serial = it_.serial_hex();
  if (serial.starts_with('-') || serial == "00") {
    add("its serial number is not positive (RFC 5280 4.1.2.2)");
  } else if (serial.size() > 40) {
    add("its serial number is longer than 20 octets (RFC 5280 4.1.2.2)");
  }
}

// RFC 5280 §4.2.1.10: "Conforming CAs MUST NOT issue certificates where name constraints is an
// empty sequence."
void StrictRules::check_name_constraints() {
  const auto& constraints = extensions_.name_constraints;
  if (constraints && constraints->permitted.empty() && constraints->excluded.empty()) {
    add(PathFault::name_constraint, "its name constraints are empty (RFC 5280 4.2.1.10)");
  }
}

void StrictRules::check_leaf() {
  // BR §7.1.2.7.8: "cA MUST be FALSE"; §7.1.2.7.11 does not permit keyCertSign.
  if (it_.is_ca()) add("it is a CA, and stands where a server's own belongs (BR 7.1.2.7.8)");
  // RFC 5280 §4.2.1.6: "the issuing CA MUST include a subjectAltName extension that is marked as
  // critical" if the subject is empty, and "SHOULD mark [it] as non-critical" if it is not.
  const auto* const names = extensions_.find("subjectAltName");
  if (names == nullptr) return;
  if (it_.subject().der.empty() && !names->critical) {
    add("its subject is empty, and its subjectAltName is not critical (RFC 5280 4.2.1.6)");
  }
  if (!it_.subject().der.empty() && names->critical) {
    add("its subject is not empty, and its subjectAltName is critical (BR 7.1.2.7.12)");
  }
}

// RFC 5280 §4.2.1.6: a dNSName is in "preferred name syntax", of letters, digits and hyphens; and
// an IP address belongs into an iPAddress.
void StrictRules::check_names() {
  for (const auto& name : extensions_.names) {
    if (name.kind != Kind::dns) continue;
    const bool syntax = std::ranges::all_of(base::lower_ascii(name.text), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '*';
    });
    if (!syntax) {
      add(fmt::format("\"{}\" has characters that no host name has (RFC 5280 4.2.1.6)", name.text));
    } else if (is_address(name.text)) {
      add(fmt::format("\"{}\" is an address and stands there as a DNS name (RFC 5280 4.2.1.6)",
                      name.text));
    }
  }
}

// BR §7.1.4.3: the common name, if there is one, "MUST contain exactly one entry that is one of
// the values contained in the Certificate's subjectAltName extension", a character-for-character
// copy; an address in the text form of RFC 3986 or RFC 5952.  One that nobody would take for a host
// or an address misleads nobody.
void StrictRules::check_common_name() {
  const auto& common_name = it_.subject().common_name;
  in_addr any{};
  if (common_name.find_first_of(".:") == std::string::npos &&
      inet_aton(common_name.c_str(), &any) == 0) {
    return;
  }
  const auto& names = it_.names();
  const bool found = std::ranges::any_of(names, [&](const SubjectAltName& name) {
    return (name.kind == SubjectAltName::Kind::dns || name.kind == SubjectAltName::Kind::ip) &&
           name.value == common_name;
  });
  if (!found) {
    add(fmt::format("its common name \"{}\" is none of its names (BR 7.1.4.3)", common_name));
  }
}

// BR §7.1.2.7.10: of a server's certificate.
void StrictRules::check_server() {
  check_common_name();
  const auto* const usage = extensions_.find("extendedKeyUsage");
  if (usage == nullptr) return;
  if (usage->critical) add("its extended key usage is critical (BR 7.1.2.7.6)");
  const auto& usages = *it_.extended_key_usage();
  if (std::ranges::find(usages, "anyExtendedKeyUsage") != usages.end()) {
    add(PathFault::eku_missing, "it may be used for anything (BR 7.1.2.7.10)");
  }
}

void StrictRules::check_ca() {
  // RFC 5280 §4.1.2.6: "If the subject is a CA […] the subject field MUST be populated with a
  // non-empty distinguished name".
  if (it_.subject().der.empty()) add("it is a CA without a name (RFC 5280 4.1.2.6)");
  // §4.2.1.2: the subject key identifier "MUST appear in all conforming CA certificates".
  if (extensions_.find("subjectKeyIdentifier") == nullptr) {
    add("it is a CA without a subject key identifier (RFC 5280 4.2.1.2)");
  }
  // §4.2.1.9: "MUST mark the extension as critical".
  const auto* const constraints = extensions_.find("basicConstraints");
  if (constraints != nullptr && !constraints->critical) {
    add("its basic constraints are not critical (RFC 5280 4.2.1.9)");
  }
  // BR §7.1.2.1.2: a root has no extended key usage.
  if (is_root() && it_.extended_key_usage()) {
    add("it is a root with an extended key usage (BR 7.1.2.1.2)");
  }
}

// RFC 5280 §4.2.1.1: "The keyIdentifier field of the authorityKeyIdentifier extension MUST be
// included in all certificates generated by conforming CAs", but in self-signed ones.
void StrictRules::check_authority_key_id() {
  const auto& identifier = extensions_.authority_key_id;
  if (!is_root()) {
    if (place_.anchor) return;  // whoever issued it is not looked for
    if (!identifier || !identifier->key_id) {
      add("it does not name its issuer's key (RFC 5280 4.2.1.1)");
    }
    return;
  }
  if (!identifier) return;
  // BR §7.1.2.1.3: keyIdentifier is the root's own; the two others "MUST NOT be present".
  if (identifier->issuer || identifier->serial) {
    add("it is a root and names an issuer's certificate (BR 7.1.2.1.3)");
  }
  if (identifier->key_id && it_.authority_key_id() != it_.subject_key_id()) {
    add("it is a root and names another key as its issuer's (BR 7.1.2.1.3)");
  }
}

}  // namespace

std::vector<Fault> strict_faults(const Place& place, Purpose purpose) {
  return StrictRules(place, purpose).check();
}

}  // namespace sealtone::x509
