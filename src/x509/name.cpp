// SPDX-License-Identifier: Apache-2.0
//
// x509/name: see name.h.
#include "x509/name.h"

#include <algorithm>
#include <array>

namespace sealtone::x509 {
namespace {

// The string types that compare as text (OpenSSL's ASN1_MASK_CANON); others compare as octets.
bool is_text(int type) {
  switch (type) {
    case V_ASN1_UTF8STRING:
    case V_ASN1_BMPSTRING:
    case V_ASN1_UNIVERSALSTRING:
    case V_ASN1_PRINTABLESTRING:
    case V_ASN1_T61STRING:
    case V_ASN1_IA5STRING:
    case V_ASN1_VISIBLESTRING: return true;
    default: return false;
  }
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// RFC 5280 §7.1: case and runs of blanks do not count. As OpenSSL does, for ASCII only.
std::string folded(std::string_view text) {
  std::string out;
  bool blank_before = false;
  for (const char c : text) {
    if (is_space(c)) {
      blank_before = !out.empty();
      continue;
    }
    if (blank_before) out += ' ';
    blank_before = false;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

void append_counted(std::string& out, std::string_view part) {
  for (int shift = 24; shift >= 0; shift -= 8)
    out += static_cast<char>(part.size() >> shift & 0xFF);
  out += part;
}

std::string canonical(const X509_NAME_ENTRY* entry) {
  const ASN1_STRING* const value = X509_NAME_ENTRY_get_data(entry);
  const ASN1_OBJECT* const object = X509_NAME_ENTRY_get_object(entry);
  std::string out;
  append_counted(out, base::text({OBJ_get0_data(object), OBJ_length(object)}));
  if (is_text(ASN1_STRING_type(value))) {
    out += 't';
    append_counted(out, folded(utf8(value)));
  } else {
    out += static_cast<char>(ASN1_STRING_type(value));
    append_counted(out, base::text(octets(value)));
  }
  return out;
}

// RFC 4514 §2.4.
std::string escaped(const std::string& value) {
  static constexpr std::string_view special = ",+\"\\<>;";
  std::string out;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    const bool edge = (c == ' ' && (at == 0 || at + 1 == value.size())) || (c == '#' && at == 0);
    if (edge || special.contains(c)) out += '\\';
    out += c;
  }
  return out;
}

std::string shown(const ASN1_STRING* value) {
  return is_text(ASN1_STRING_type(value)) || ASN1_STRING_type(value) == V_ASN1_NUMERICSTRING
             ? escaped(utf8(value))
             : "#" + base::hex(octets(value));
}

}  // namespace

std::string utf8(const ASN1_STRING* string) {
  const int type = ASN1_STRING_type(string);
  // UTF-8 stays as it came even if it is none: whoever shows it makes it visible.
  if (type == V_ASN1_UTF8STRING || !is_text(type)) return std::string(base::text(octets(string)));
  unsigned char* converted = nullptr;
  const int length = ASN1_STRING_to_UTF8(&converted, string);
  if (length < 0) return std::string(base::text(octets(string)));
  std::string out(reinterpret_cast<const char*>(converted), static_cast<std::size_t>(length));
  OPENSSL_free(converted);
  return out;
}

std::string object_name(const ASN1_OBJECT* object) {
  if (const int nid = OBJ_obj2nid(object); nid != NID_undef) return OBJ_nid2sn(nid);
  std::array<char, 128> dotted{};
  OBJ_obj2txt(dotted.data(), dotted.size(), object, 1);
  return dotted.data();
}

const std::string& DistinguishedName::short_name() const {
  if (!common_name.empty()) return common_name;
  return organization.empty() ? text : organization;
}

DistinguishedName read_name(const X509_NAME* name) {
  DistinguishedName out;
  std::vector<std::string> set;  // of one RelativeDistinguishedName, whose order does not count
  std::string whole;
  int set_number = -1;
  const auto close_set = [&] {
    std::ranges::sort(set);
    std::string joined;
    for (const auto& entry : set) append_counted(joined, entry);
    if (!set.empty()) append_counted(whole, joined);
    set.clear();
  };
  for (int at = 0; at < X509_NAME_entry_count(name); ++at) {
    const X509_NAME_ENTRY* const entry = X509_NAME_get_entry(name, at);
    const bool same_set = X509_NAME_ENTRY_set(entry) == set_number;
    set_number = X509_NAME_ENTRY_set(entry);
    if (!same_set) close_set();
    set.push_back(canonical(entry));

    const ASN1_STRING* const value = X509_NAME_ENTRY_get_data(entry);
    const ASN1_OBJECT* const object = X509_NAME_ENTRY_get_object(entry);
    if (!out.text.empty()) out.text += same_set ? "+" : ", ";
    out.text += object_name(object) + "=" + shown(value);
    if (OBJ_obj2nid(object) == NID_commonName) out.common_name = utf8(value);
    if (OBJ_obj2nid(object) == NID_organizationName) out.organization = utf8(value);
  }
  close_set();
  const auto view = base::view(whole);
  out.der.assign(view.begin(), view.end());
  return out;
}

}  // namespace sealtone::x509
