// SPDX-License-Identifier: Apache-2.0
//
// x509/pem: see pem.h.
#include "x509/pem.h"

#include <algorithm>
#include <utility>

#include <openssl/crypto.h>

#include <fmt/format.h>

#include "base/text.h"
#include "crypto/crypto.h"

namespace sealtone::x509 {
namespace {

using namespace std::literals;

constexpr auto kBegin = "-----BEGIN "sv;
constexpr auto kEnd = "-----END "sv;
constexpr auto kDashes = "-----"sv;
constexpr auto kDekInfo = "DEK-Info:"sv;
constexpr std::size_t kMaxLabel = 64;

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kMaxLabel &&
         std::ranges::all_of(label, [](char c) { return c >= 0x20 && c < 0x7F && c != '-'; });
}

// RFC 1421 headers end with an empty line; without one there are none.
std::string_view without_headers(std::string_view body, PemBlock& block) {
  body = base::trim(body);
  const auto first_line = body.substr(0, body.find('\n'));
  if (first_line.find(':') == std::string_view::npos) return body;
  std::size_t at = 0;
  while (at < body.size()) {
    const auto end = std::min(body.find('\n', at), body.size());
    const auto line = base::trim(body.substr(at, end - at));
    at = std::min(end + 1, body.size());
    if (line.empty()) break;
    if (line.starts_with("Proc-Type:") && line.find("ENCRYPTED") != std::string_view::npos) {
      block.encrypted = true;
    }
    if (line.starts_with(kDekInfo)) block.dek_info = base::trim(line.substr(kDekInfo.size()));
  }
  return body.substr(at);
}

void decode_body(std::string_view body, PemBlock& block) {
  std::string digits;
  digits.reserve(body.size());
  for (const char c : body) {
    if (!base::trim({&c, 1}).empty()) digits += c;
  }
  auto der = crypto::from_base64(digits);
  OPENSSL_cleanse(digits.data(), digits.size());
  if (digits.empty()) {
    block.damage = "nothing stands between its BEGIN and END lines";
  } else if (!der) {
    block.damage = der.error().detail;
  } else {
    block.der = std::move(*der);
  }
}

}  // namespace

PemBlock::~PemBlock() { OPENSSL_cleanse(der.data(), der.size()); }

bool is_key_label(std::string_view label) {
  return label == "PRIVATE KEY" || label == "RSA PRIVATE KEY" || label == "EC PRIVATE KEY" ||
         label == "DSA PRIVATE KEY" || label == "ANY PRIVATE KEY" ||
         label == "ENCRYPTED PRIVATE KEY";
}

bool is_bundle_label(std::string_view label) {
  return label == "PKCS7" || label == "PKCS #7 SIGNED DATA" || label == "CMS" || label == "PKCS12";
}

bool is_certificate_label(std::string_view label) {
  return label == "CERTIFICATE" || label == "X509 CERTIFICATE" || label == "X.509 CERTIFICATE" ||
         label == "TRUSTED CERTIFICATE";
}

std::vector<PemBlock> pem_blocks(std::string_view text, std::size_t most) {
  std::vector<PemBlock> blocks;
  std::size_t end = 0;  // of the END line looked at last: each is searched for once
  std::size_t line = 1;
  std::size_t counted = 0;  // up to where line is right
  for (std::size_t from = 0;;) {
    const auto begin = text.find(kBegin, from);
    if (begin == std::string_view::npos || blocks.size() == most) return blocks;
    const auto label_at = begin + kBegin.size();
    from = label_at;
    const auto label_end =
        text.substr(0, label_at + kMaxLabel + kDashes.size()).find(kDashes, label_at);
    if (label_end == std::string_view::npos) continue;
    const auto label = text.substr(label_at, label_end - label_at);
    if (!is_label(label)) continue;

    line += static_cast<std::size_t>(std::count(text.begin() + static_cast<long>(counted),
                                                text.begin() + static_cast<long>(begin), '\n'));
    counted = begin;
    PemBlock block;
    block.label = label;
    block.line = line;
    const auto body_at = label_end + kDashes.size();
    if (end < body_at) end = text.find(kEnd, body_at);
    const auto next = text.find(kBegin, body_at);
    from = body_at;
    if (end == std::string_view::npos || next < end) {
      block.damage = "its END line is missing";
    } else if (!text.substr(end + kEnd.size()).starts_with(std::string(label) + "-----")) {
      block.damage = fmt::format("its END line is not \"-----END {}-----\"", label);
      from = end + kEnd.size();
    } else {
      from = end + kEnd.size();
      decode_body(without_headers(text.substr(body_at, end - body_at), block), block);
    }
    blocks.push_back(std::move(block));
  }
}

std::string plain_text(base::ByteView file) {
  const auto text = base::text(file);
  if (text.starts_with("\xEF\xBB\xBF")) return std::string(text.substr(3));
  const bool little = text.starts_with("\xFF\xFE");
  if (!little && !text.starts_with("\xFE\xFF")) return std::string(text);
  std::string out;
  out.reserve(file.size() / 2);
  for (std::size_t at = 2; at + 1 < file.size(); at += 2) {
    const unsigned unit = little ? file[at] | file[at + 1] << 8U : file[at] << 8U | file[at + 1];
    out += unit < 0x80 ? static_cast<char>(unit) : '?';
  }
  return out;
}

}  // namespace sealtone::x509
