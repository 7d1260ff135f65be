// SPDX-License-Identifier: Apache-2.0
//
// x509/parse: see parse.h.
#include "x509/parse.h"

#include <optional>

#include <openssl/crypto.h>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/contents_reader.h"
#include "x509/der.h"
#include "x509/openssl.h"
#include "x509/sniff.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;

constexpr std::size_t kMaxBlocks = 2 * kMaxCertificates;

// A certificate's base64 without the BEGIN and END lines, as some consoles show it.
std::optional<base::Bytes> bare_base64(std::string_view text) {
  if (!text.starts_with("MI")) return {};
  std::string digits;
  for (const char c : text) {
    if (!base::trim({&c, 1}).empty()) digits += c;
  }
  auto der = crypto::from_base64(digits);
  OPENSSL_cleanse(digits.data(), digits.size());
  if (!der) return {};
  return std::move(*der);
}

base::Result<Contents> read(base::ByteView file, std::string_view name, ContentsReader& reader) {
  const ErrorsKept errors;
  const std::string where(name);
  if (file.size() > base::kMaxUploadBytes) {
    return base::fail(ErrorCode::too_large, where,
                      fmt::format("it is larger than {} bytes, which no certificate file needs",
                                  base::kMaxUploadBytes));
  }
  const bool indefinite = file.size() > 1 && file[1] == 0x80;
  if (looks_like_der(file) && (element_length(file) || indefinite)) {
    return reader.der(file);
  }

  auto text = plain_text(file);
  const auto trimmed = base::trim(text);
  auto result = [&]() -> base::Result<Contents> {
    if (trimmed.empty()) {
      return base::fail(ErrorCode::bad_input, where, "it is empty: upload a certificate");
    }
    const auto blocks = pem_blocks(text, kMaxBlocks + 1);
    if (blocks.size() > kMaxBlocks) {
      return std::unexpected(too_many(where, "PEM blocks", kMaxBlocks));
    }
    if (!blocks.empty()) return reader.pem(blocks);
    if (auto der = bare_base64(trimmed)) {
      auto contents = reader.der(*der);
      OPENSSL_cleanse(der->data(), der->size());
      return contents;
    }
    if (text.find("BEGIN CERTIFICATE") != std::string::npos) {
      return base::fail(ErrorCode::bad_input, where,
                        "its BEGIN line is damaged: it must read \"-----BEGIN CERTIFICATE-----\", "
                        "with five dashes on each side");
    }
    const bool marked = text.size() != file.size();
    return base::fail(ErrorCode::wrong_kind, where,
                      "this is " + known_content(marked ? base::view(text) : file));
  }();
  OPENSSL_cleanse(text.data(), text.size());
  return result;
}

}  // namespace

base::Result<Contents> parse(base::ByteView file, std::string_view name,
                             crypto::Password passphrase) {
  ContentsReader reader(name, passphrase, ClosedKey::refused, Damage::refused);
  return read(file, name, reader);
}

base::Result<Contents> look(base::ByteView file, std::string_view name,
                            crypto::Password passphrase) {
  ContentsReader reader(name, passphrase, ClosedKey::noted, Damage::refused);
  return read(file, name, reader);
}

base::Result<Salvaged> salvage(base::ByteView file, std::string_view name,
                               crypto::Password passphrase) {
  ContentsReader reader(name, passphrase, ClosedKey::refused, Damage::named);
  auto contents = read(file, name, reader);
  if (!contents) return std::unexpected(contents.error());
  return Salvaged{.contents = *std::move(contents),
                  .form = reader.form(),
                  .numbers = std::move(reader.numbers()),
                  .damaged = std::move(reader.damaged())};
}

}  // namespace sealtone::x509
