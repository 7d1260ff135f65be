// SPDX-License-Identifier: Apache-2.0
//
// x509/extensions: what path validation reads of a certificate's extensions, decoded once.
//
// Source: RFC 5280 §4.2.  Quiet.  Errors: none; what cannot be read is said in `unreadable`, and
// whoever judges the certificate refuses it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "x509/certificate.h"

namespace sealtone::x509 {

// RFC 5280 §4.2.1.6.
struct GeneralName {
  enum class Kind {
    other_name,
    email,
    dns,
    x400,
    directory,
    edi_party,
    uri,
    ip,
    registered_id,
    unknown,  // a tag that RFC 5280 does not have
  };
  Kind kind;
  std::string text = {};             // email, dns, uri, as they stand; else a name for what it is
  base::Bytes octets = {};           // ip: 4 or 16 octets, as a constraint followed by its mask
  DistinguishedName directory = {};  // directory
};

// An address in text; octets in hexadecimal if it is none.
[[nodiscard]] std::string address_text(base::ByteView octets);

// RFC 5280 §4.2.1.10.
struct NameConstraints {
  std::vector<GeneralName> permitted = {}, excluded = {};
  bool has_bounds = false;  // a minimum other than 0, or a maximum: "not used with any name forms"
  bool critical = false;
};

// RFC 5280 §4.2.1.1.
struct AuthorityKeyIdentifier {
  bool key_id = false, issuer = false, serial = false;
};

inline constexpr const char* kAnyPolicy = "2.5.29.32.0";

struct Extensions {
  struct Present {
    std::string name;  // "basicConstraints", or dotted numbers
    bool critical;
    [[nodiscard]] bool operator==(const Present&) const = default;
  };
  std::vector<Present> present;
  std::vector<std::string> unreadable;        // that are no such extension, or stand there twice
  std::vector<std::string> unknown_critical;  // that nothing here processes
  std::vector<GeneralName> names;             // of the SubjectAltName
  // Of the subject: its emailAddress and commonName attributes, and how many attributes it has.
  std::vector<std::string> subject_emails, common_names;
  std::size_t subject_attributes = 0;
  std::optional<NameConstraints> name_constraints;
  std::optional<AuthorityKeyIdentifier> authority_key_id;

  // RFC 5280 §4.2.1.4, .5, .11, .14.  Policies as dotted numbers.
  std::optional<std::vector<std::string>> policies;
  std::vector<std::pair<std::string, std::string>> policy_mappings;  // issuer's, subject's
  std::optional<std::uint64_t> require_explicit_policy, inhibit_policy_mapping, inhibit_any_policy;

  [[nodiscard]] const Present* find(std::string_view name) const;
  [[nodiscard]] bool has_name_of(GeneralName::Kind kind) const;
};

[[nodiscard]] Extensions read_extensions(const Certificate& certificate);

}  // namespace sealtone::x509
