// SPDX-License-Identifier: Apache-2.0
//
// x509/name_constraints: see name_constraints.h.
#include "x509/name_constraints.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace sealtone::x509 {
namespace {

using Kind = GeneralName::Kind;

// What a comparison comes to.
enum class Within { no, yes, malformed };

Within within(bool yes) { return yes ? Within::yes : Within::no; }

// Lower case, with no label that is none.
bool is_host(std::string_view name) {
  const bool characters = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
  return characters && !name.empty() && name.size() <= 253 && name.front() != '.' &&
         name.back() != '.' && name.find("..") == std::string_view::npos;
}

bool is_address(const std::string& text) {
  std::array<std::uint8_t, 4> address{};
  return inet_pton(AF_INET, text.c_str(), address.data()) == 1;
}

// Whether a common name would be taken for the name of a host: at least two labels, none of which
// begins or ends with a hyphen (RFC 1123 §2.1).
bool reads_like_a_host(const std::string& name) {
  const auto labels = base::split(name, '.');
  return is_host(name) && !is_address(name) && labels.size() > 1 &&
         std::ranges::none_of(labels, [](std::string_view label) {
           return label.starts_with('-') || label.ends_with('-');
         });
}

bool is_below(std::string_view host, std::string_view domain) {
  return host.size() > domain.size() && host.ends_with(domain) &&
         host[host.size() - domain.size() - 1] == '.';
}

// A name taken apart once, however often it is compared.
struct Parts {
  const GeneralName* name = nullptr;
  std::string host = {};        // lower case, without a final dot; of a constraint: or a domain
  std::string_view local = {};  // email: what stands before the "@"
  bool one_mailbox = false;     // email constraint with a local part
  bool labels_before = false;   // "*.host" as a name, ".host" as a constraint
  bool well_formed = true;
};

std::string without_final_dot(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// RFC 5321 §4.1.2, as far as it is one address: a local part, one "@", a host.
void take_mailbox_apart(Parts& parts) {
  const std::string_view address = parts.name->text;
  const auto at = address.rfind('@');
  parts.well_formed = at != std::string_view::npos && at > 0;
  if (!parts.well_formed) return;
  parts.local = address.substr(0, at);
  parts.host = base::lower_ascii(address.substr(at + 1));
  const bool quoted =
      parts.local.size() >= 2 && parts.local.front() == '"' && parts.local.back() == '"';
  const bool printable = std::ranges::all_of(address, [](char c) { return c > ' ' && c < '\x7F'; });
  parts.well_formed = printable && is_host(parts.host) &&
                      (quoted || parts.local.find('@') == std::string_view::npos);
}

// The host of "scheme://user@host:port/path"; RFC 5280: "the URI MUST […] contain an authority
// component in which the host name is specified as a fully qualified domain name".
void take_uri_apart(Parts& parts) {
  std::string_view uri = parts.name->text;
  const auto authority_at = uri.find("://");
  parts.well_formed = authority_at != std::string_view::npos;
  if (!parts.well_formed) return;
  uri.remove_prefix(authority_at + 3);
  uri = uri.substr(0, uri.find_first_of("/?#"));
  if (const auto user = uri.rfind('@'); user != std::string_view::npos) uri.remove_prefix(user + 1);
  parts.host = without_final_dot(base::lower_ascii(uri.substr(0, uri.find(':'))));
  parts.well_formed = !uri.starts_with('[') && is_host(parts.host) && !is_address(parts.host);
}

Parts presented(const GeneralName& name) {
  Parts parts{.name = &name};
  switch (name.kind) {
    case Kind::dns:
      parts.host = without_final_dot(base::lower_ascii(name.text));
      parts.labels_before = parts.host.starts_with("*.");
      if (parts.labels_before) parts.host.erase(0, 2);
      parts.well_formed = is_host(parts.host);
      break;
    case Kind::email: take_mailbox_apart(parts); break;
    case Kind::uri: take_uri_apart(parts); break;
    case Kind::ip: parts.well_formed = name.octets.size() == 4 || name.octets.size() == 16; break;
    case Kind::directory: break;
    case Kind::other_name:
    case Kind::x400:
    case Kind::edi_party:
    case Kind::registered_id:
    case Kind::unknown: parts.well_formed = false; break;
  }
  return parts;
}

// RFC 4632: the ones of a mask stand in front of its zeroes.
bool is_mask(base::ByteView mask) {
  bool ended = false;
  for (const auto octet : mask) {
    for (int bit = 7; bit >= 0; --bit) {
      const bool one = (octet >> bit & 1) != 0;
      if (one && ended) return false;
      if (!one) ended = true;
    }
  }
  return true;
}

void take_domain_apart(Parts& parts, bool leading_dot_allowed) {
  parts.host = without_final_dot(base::lower_ascii(parts.name->text));
  parts.labels_before = parts.host.starts_with('.');
  if (parts.labels_before) parts.host.erase(0, 1);
  parts.well_formed = (leading_dot_allowed || !parts.labels_before) &&
                      (is_host(parts.host) || parts.name->text.empty());
}

Parts constraint(const GeneralName& name, const NameConstraintOptions& options) {
  Parts parts{.name = &name};
  switch (name.kind) {
    case Kind::dns: take_domain_apart(parts, options.allow_leading_dot); break;
    case Kind::uri: take_domain_apart(parts, true); break;
    case Kind::email:
      parts.one_mailbox = name.text.find('@') != std::string::npos;
      if (parts.one_mailbox) {
        take_mailbox_apart(parts);
      } else {
        take_domain_apart(parts, true);
      }
      break;
    case Kind::ip: {
      const base::ByteView octets(name.octets);
      parts.well_formed =
          (octets.size() == 8 || octets.size() == 32) && is_mask(octets.subspan(octets.size() / 2));
      break;
    }
    case Kind::directory: break;
    // "…the application MUST process the constraint or reject the certificate."
    case Kind::other_name:
    case Kind::x400:
    case Kind::edi_party:
    case Kind::registered_id:
    case Kind::unknown: parts.well_formed = false; break;
  }
  return parts;
}

// "Any DNS name that can be constructed by simply adding zero or more labels to the left-hand
// side of the name satisfies the name constraint."  A wildcard stands for many names: all of them
// have to be permitted, and none may be excluded.
Within dns_within(const Parts& name, const Parts& domain, bool excluded) {
  if (domain.host.empty() || is_below(name.host, domain.host)) return Within::yes;
  if (!name.labels_before) return within(name.host == domain.host && !domain.labels_before);
  // *.host has one label more than host.
  if (name.host == domain.host) return Within::yes;
  return within(excluded && !domain.labels_before && is_below(domain.host, name.host) &&
                domain.host.find('.') == domain.host.size() - name.host.size() - 1);
}

// A mailbox, whose local part is case-sensitive; all mailboxes of a host; or of the hosts below a
// domain (a leading dot).  URIs: "When the constraint begins with a period, it MAY be expanded
// with one or more labels. […] When [it] does not begin with a period, it specifies a host."
Within host_within(const Parts& name, const Parts& wanted) {
  if (wanted.one_mailbox) return within(name.local == wanted.local && name.host == wanted.host);
  if (wanted.host.empty()) return Within::yes;
  return within(wanted.labels_before ? is_below(name.host, wanted.host) : name.host == wanted.host);
}

Within ip_within(const base::Bytes& address, const base::Bytes& network) {
  const auto half = network.size() / 2;
  if (address.size() != half) return Within::no;
  for (std::size_t at = 0; at < half; ++at) {
    if ((address[at] & network[half + at]) != (network[at] & network[half + at])) {
      return Within::no;
    }
  }
  return Within::yes;
}

// The subtree of a name: what begins with all of its RelativeDistinguishedNames.
Within directory_within(const DistinguishedName& name, const DistinguishedName& top) {
  return within(name.der.size() >= top.der.size() &&
                std::equal(top.der.begin(), top.der.end(), name.der.begin()));
}

Within compare(const Parts& name, const Parts& wanted, bool excluded) {
  if (!name.well_formed || !wanted.well_formed) return Within::malformed;
  switch (wanted.name->kind) {
    case Kind::dns: return dns_within(name, wanted, excluded);
    case Kind::email:
    case Kind::uri: return host_within(name, wanted);
    case Kind::ip: return ip_within(name.name->octets, wanted.name->octets);
    case Kind::directory: return directory_within(name.name->directory, wanted.name->directory);
    default: return Within::malformed;
  }
}

std::string shown(const GeneralName& name) {
  switch (name.kind) {
    case Kind::ip: {
      const base::ByteView octets(name.octets);
      if (octets.size() != 8 && octets.size() != 32) return address_text(octets);
      const auto half = octets.size() / 2;
      return address_text(octets.first(half)) + "/" + address_text(octets.subspan(half));
    }
    case Kind::directory: return name.directory.text;
    default: return name.text;
  }
}

// What one issuer may name.
class Check {
 public:
  Check(const NameConstraints& constraints, const NameConstraintOptions& options) {
    for (const auto& name : constraints.permitted) {
      permitted_.push_back(constraint(name, options));
    }
    for (const auto& name : constraints.excluded) excluded_.push_back(constraint(name, options));
    unprocessed_may_pass_ = !constraints.critical;
  }

  [[nodiscard]] std::optional<NameViolation> operator()(const GeneralName& general) const {
    const auto name = presented(general);
    if (!name.well_formed && is_compared(general.kind)) {
      return NameViolation{
          .words =
              fmt::format("\"{}\" is no name that could be compared with what the issuer may name",
                          shown(general)),
          .wanted = "a well-formed name",
          .found = shown(general)};
    }
    for (const auto& one : excluded_) {
      if (one.name->kind != general.kind) continue;
      if (auto violation = refused(name, one)) return violation;
    }
    return not_permitted(name);
  }

 private:
  [[nodiscard]] static bool is_compared(Kind kind) {
    return kind == Kind::dns || kind == Kind::email || kind == Kind::ip;
  }

  [[nodiscard]] std::optional<NameViolation> refused(const Parts& name, const Parts& one) const {
    switch (compare(name, one, true)) {
      case Within::no: return std::nullopt;
      case Within::yes:
        return NameViolation{
            .words = fmt::format("the issuer may not name \"{}\", and the name is \"{}\"",
                                 shown(*one.name), shown(*name.name)),
            .wanted = fmt::format("not \"{}\"", shown(*one.name)),
            .found = shown(*name.name)};
      case Within::malformed: return not_compared(name, one);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<NameViolation> not_permitted(const Parts& name) const {
    std::vector<const Parts*> compared;
    for (const auto& one : permitted_) {
      if (one.name->kind != name.name->kind) continue;
      switch (compare(name, one, false)) {
        case Within::yes: return std::nullopt;
        case Within::malformed: return not_compared(name, one);
        case Within::no: compared.push_back(&one); break;
      }
    }
    if (compared.empty()) return std::nullopt;
    std::string may;
    for (const auto* const one : compared) {
      if (may.size() > 200) break;
      may += (may.empty() ? "\"" : ", \"") + shown(*one->name) + "\"";
    }
    return NameViolation{.words = fmt::format("\"{}\" is not within what the issuer may name: {}",
                                              shown(*name.name), may),
                         .wanted = may,
                         .found = shown(*name.name)};
  }

  // RFC 5280 §4.2.1.10: "If a name constraints extension that is marked as critical imposes
  // constraints on a particular name form, and an instance of that name form appears […], then the
  // application MUST either process the constraint or reject the certificate."
  [[nodiscard]] std::optional<NameViolation> not_compared(const Parts& name,
                                                          const Parts& one) const {
    const bool unknown_kind = !is_compared(one.name->kind) && one.name->kind != Kind::uri &&
                              one.name->kind != Kind::directory;
    if (unknown_kind && unprocessed_may_pass_) return std::nullopt;
    return NameViolation{
        .words =
            fmt::format("the name \"{}\" cannot be compared with the issuer's constraint \"{}\"",
                        shown(*name.name), shown(*one.name)),
        .wanted = shown(*one.name),
        .found = shown(*name.name)};
  }

  std::vector<Parts> permitted_, excluded_;
  bool unprocessed_may_pass_ = false;
};

}  // namespace

std::size_t name_comparisons(const NameConstraints& constraints, const Certificate& below) {
  return (constraints.permitted.size() + constraints.excluded.size()) *
         (1 + below.extensions().names.size() + below.extensions().subject_attributes);
}

bool may_name(const NameConstraints& constraints, const GeneralName& name,
              const NameConstraintOptions& options) {
  return !constraints.has_bounds && !Check(constraints, options)(name);
}

std::optional<NameViolation> name_violation(const NameConstraints& constraints,
                                            const Certificate& below, bool is_leaf,
                                            const NameConstraintOptions& options) {
  if (constraints.has_bounds) {
    return NameViolation{
        .words =
            "the issuer's name constraints have a minimum or a maximum, which RFC 5280 forbids",
        .wanted = {},
        .found = {}};
  }
  const Check check(constraints, options);
  const auto& extensions = below.extensions();
  for (const auto& name : extensions.names) {
    if (auto violation = check(name)) return violation;
  }
  // "Restrictions of the form directoryName MUST be applied to the subject field in the
  // certificate (when the certificate includes a non-empty subject field)".
  if (!below.subject().der.empty()) {
    if (auto violation = check({.kind = Kind::directory, .directory = below.subject()}))
      return violation;
  }
  for (const auto& email : extensions.subject_emails) {
    if (auto violation = check({.kind = Kind::email, .text = email})) return violation;
  }
  if (!is_leaf || !options.common_names || extensions.has_name_of(Kind::dns)) return std::nullopt;
  // A common name speaks for a host where there is no dNSName and somebody still believes it.
  for (const auto& common_name : extensions.common_names) {
    if (!reads_like_a_host(base::lower_ascii(common_name))) continue;
    if (auto violation = check({.kind = Kind::dns, .text = common_name})) return violation;
  }
  return std::nullopt;
}

}  // namespace sealtone::x509
