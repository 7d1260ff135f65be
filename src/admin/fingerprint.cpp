// SPDX-License-Identifier: Apache-2.0
//
// admin/fingerprint: see fingerprint.h.
#include "admin/fingerprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/bytes.h"
#include "base/text.h"

namespace sealtone::admin {
namespace {

constexpr std::size_t kWhole = 32, kFirstHalf = 16;  // octets
constexpr std::size_t kMostTyped = 200;              // characters

}  // namespace

base::Result<void> check_fingerprint(std::string_view typed, const x509::Certificate& certificate) {
  std::string digits;
  if (typed.size() <= kMostTyped) {
    for (const char c : typed) {
      if (c != ' ' && c != ':') digits += c;
    }
  }
  const auto octets = base::from_hex(digits);
  if (!octets || (octets->size() != kWhole && octets->size() != kFirstHalf)) {
    return base::fail(
        base::ErrorCode::bad_input, "",
        "this is no SHA-256: give all of its 64 digits, or the first 32 of them, in groups parted "
        "by spaces or colons if you like. Nothing was trusted");
  }
  if (std::ranges::equal(*octets, base::ByteView(certificate.sha256()).first(octets->size()))) {
    return {};
  }
  return base::fail(
      base::ErrorCode::mismatch, "",
      fmt::format(
          "this is not the SHA-256 of \"{}\", which would be trusted. Nothing was trusted. If it "
          "is the one that its owner gave you, the server shows another certificate than the owner's: "
          "do not trust that one",
          base::visible(certificate.subject().short_name(), 100)));
}

}  // namespace sealtone::admin
