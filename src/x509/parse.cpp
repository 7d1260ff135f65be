// SPDX-License-Identifier: Apache-2.0
//
// x509/parse: see parse.h.
#include "x509/parse.h"

#include <algorithm>
#include <optional>

#include <openssl/crypto.h>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/der.h"
#include "x509/look.h"
#include "x509/opener.h"
#include "x509/openssl.h"
#include "x509/pem.h"
#include "x509/pkcs12.h"
#include "x509/pkcs7.h"
#include "x509/sniff.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;

constexpr std::size_t kMaxBlocks = 2 * kMaxCertificates;

// A private key that nobody gave the passphrase for, in a PEM file; and a damaged piece.
enum class ClosedKey { refused, noted };
enum class Damage { refused, named };

// One file on its way to its Contents.
class Reader {
 public:
  Reader(std::string_view name, crypto::Password passphrase, ClosedKey closed_key, Damage damage)
      : name_(name), opener_(name, passphrase), closed_key_(closed_key), damage_(damage) {}

  base::Result<Contents> pem(const std::vector<PemBlock>& blocks);
  base::Result<Contents> der(base::ByteView file);

  // Once it is read: what damaged() has is no part of the Contents.
  [[nodiscard]] const char* form() const { return form_; }
  [[nodiscard]] std::vector<std::string>& damaged() { return damaged_; }
  [[nodiscard]] std::vector<std::size_t>& numbers() { return numbers_; }

 private:
  [[nodiscard]] std::unexpected<base::Error> no(ErrorCode code, std::string detail) const {
    return base::fail(code, name_, std::move(detail));
  }
  std::optional<base::Error> take_block(const PemBlock& block, std::size_t number);
  std::optional<base::Error> take_certificate(base::ByteView der, const std::string& what);
  std::optional<base::Error> take_key(const PemBlock& block, const std::string& what);
  std::optional<base::Error> take_bundle(const PemBlock& block, const std::string& what);
  std::optional<base::Result<Contents>> alone(base::ByteView file);
  std::optional<base::Error> take_element(base::ByteView file, base::ByteView element);
  [[nodiscard]] base::Error not_whole(base::ByteView rest, std::optional<std::size_t> length) const;
  // Whether the rest is read all the same, the piece being named; if not, the failure says why.
  bool goes_on(base::Error& failure);

  std::string name_;
  Opener opener_;
  ClosedKey closed_key_;
  Damage damage_;
  const char* form_ = "";
  std::size_t seen_ = 0;  // certificates, damaged ones too
  std::vector<std::size_t> numbers_;
  std::vector<std::string> damaged_;
  std::optional<base::Error> closed_;  // why a key was not opened that is noted
  Contents contents_;
  std::string other_kind_;                       // what the first block of another kind is
  std::optional<base::Result<Contents>> other_;  // DER that is something else than certificates
};

// A TBSCertificate opens with its version, [0] { INTEGER }, like nothing else here does.
bool looks_like_certificate(base::ByteView file) {
  const auto start = base::text(file.first(std::min<std::size_t>(file.size(), 16)));
  return start.find(std::string_view("\xA0\x03\x02\x01", 4)) != std::string_view::npos;
}

using EncryptedKey = Owned<X509_SIG, X509_SIG_free>;

EncryptedKey encrypted_key(base::ByteView file) {
  const auto* at = file.data();
  EncryptedKey key(d2i_X509_SIG(nullptr, &at, static_cast<long>(file.size())));
  return at == file.data() + file.size() ? std::move(key) : nullptr;
}

base::Error too_many(const std::string& name, std::string_view what, std::size_t limit) {
  return {ErrorCode::too_large, name, fmt::format("it holds more than {} {}", limit, what)};
}

bool Reader::goes_on(base::Error& failure) {
  const bool piece = failure.code == ErrorCode::bad_input ||
                     failure.code == ErrorCode::wrong_kind ||
                     failure.code == ErrorCode::unsupported;
  if (damage_ == Damage::refused || !piece) return false;
  if (damaged_.size() == kMaxDamaged) {
    failure = too_many(name_, "pieces that cannot be read", kMaxDamaged);
    return false;
  }
  damaged_.push_back(failure.detail);
  return true;
}

std::optional<base::Error> Reader::take_certificate(base::ByteView der, const std::string& what) {
  ++seen_;
  if (contents_.certificates.size() == kMaxCertificates) {
    return too_many(name_, "certificates", kMaxCertificates);
  }
  auto certificate = Certificate::from_der(der);
  if (!certificate) {
    return base::Error{ErrorCode::bad_input, name_,
                       fmt::format("{} is damaged: {}", what, certificate.error().detail)};
  }
  contents_.certificates.push_back(std::move(*certificate));
  numbers_.push_back(seen_);
  return {};
}

std::optional<base::Error> Reader::take_key(const PemBlock& block, const std::string& what) {
  if (contents_.keys.size() == kMaxKeys) return too_many(name_, "private keys", kMaxKeys);
  base::Result<crypto::PrivateKey> key;
  if (block.label == "ENCRYPTED PRIVATE KEY") {
    const auto encrypted = encrypted_key(block.der);
    if (!encrypted) {
      return base::Error{ErrorCode::bad_input, name_,
                         what + " is damaged: no encrypted private key can be read from it"};
    }
    key = opener_.key(*encrypted, what);
  } else if (block.encrypted) {
    key = opener_.key(block, what);
  } else {
    key = crypto::PrivateKey::from_der(block.der);
    if (!key) {
      return base::Error{
          ErrorCode::bad_input, name_,
          fmt::format("no private key can be read from {}: it is damaged, or of a kind that is "
                      "not supported (RSA, EC, Ed25519 and Ed448 are)",
                      what)};
    }
  }
  if (!key && key.error().code == ErrorCode::not_allowed && closed_key_ == ClosedKey::noted) {
    closed_ = key.error();
    contents_.notes.push_back(what + " is encrypted, and was not opened");
    return {};
  }
  if (!key) return key.error();
  contents_.keys.push_back(std::move(*key));
  return {};
}

std::optional<base::Error> Reader::take_bundle(const PemBlock& block, const std::string& what) {
  auto bundle = read_pkcs7(block.der, name_, what);
  if (!bundle) bundle = read_pkcs12(block.der, name_, what, opener_);
  if (!bundle) {
    return base::Error{ErrorCode::bad_input, name_,
                       what + " is damaged: no certificates can be read from it"};
  }
  if (!*bundle) return bundle->error();
  auto& more = **bundle;
  if (contents_.certificates.size() + more.certificates.size() > kMaxCertificates) {
    return too_many(name_, "certificates", kMaxCertificates);
  }
  if (contents_.keys.size() + more.keys.size() > kMaxKeys) {
    return too_many(name_, "private keys", kMaxKeys);
  }
  for (std::size_t at = 0; at < more.certificates.size(); ++at) numbers_.push_back(++seen_);
  std::ranges::move(more.certificates, std::back_inserter(contents_.certificates));
  std::ranges::move(more.keys, std::back_inserter(contents_.keys));
  std::ranges::move(more.notes, std::back_inserter(contents_.notes));
  return {};
}

std::optional<base::Error> Reader::take_block(const PemBlock& block, std::size_t number) {
  const auto what = fmt::format("PEM block {} ({}, from line {})", number,
                                base::visible(block.label), block.line);
  // That it is of another kind is said before any damage: it would not be read anyway.
  const bool certificate = is_certificate_label(block.label);
  const bool bundle = is_bundle_label(block.label);
  if (!certificate && !bundle && !is_key_label(block.label)) {
    // `openssl ecparam -genkey` writes the curve before the key, which names it again.
    if (block.label == "EC PARAMETERS") return {};
    const auto kind = known_label(block.label)
                          .value_or(fmt::format("a PEM file of the kind \"{}\", not a certificate: "
                                                "upload the certificate itself",
                                                base::visible(block.label)));
    if (other_kind_.empty()) other_kind_ = kind;
    contents_.notes.push_back(fmt::format("{} was left out: it is {}", what, kind));
    return {};
  }
  if (!block.damage.empty()) {
    if (certificate) ++seen_;
    return base::Error{ErrorCode::bad_input, name_,
                       fmt::format("{} is damaged: {}", what, block.damage)};
  }
  if (bundle) return take_bundle(block, what);
  if (!certificate) return take_key(block, what);

  base::ByteView der = block.der;
  if (block.label == "TRUSTED CERTIFICATE") {
    // The certificate, then OpenSSL's own notes on what it may be used for.
    const auto length = element_length(der);
    if (length && *length < der.size()) {
      der = der.first(*length);
      contents_.notes.push_back(
          fmt::format("of {} only the certificate was taken: OpenSSL's own trust settings in it do "
                      "not count here",
                      what));
    }
  }
  return take_certificate(der, what);
}

base::Result<Contents> Reader::pem(const std::vector<PemBlock>& blocks) {
  contents_.pem = true;
  form_ = "PEM";
  for (std::size_t at = 0; at < blocks.size(); ++at) {
    auto failure = take_block(blocks[at], at + 1);
    if (failure && !goes_on(*failure)) return std::unexpected(std::move(*failure));
  }
  if (!contents_.certificates.empty() || !contents_.keys.empty()) return std::move(contents_);
  if (closed_) return std::unexpected(*std::move(closed_));
  if (!damaged_.empty()) return no(ErrorCode::bad_input, damaged_.front());
  if (other_kind_.empty()) other_kind_ = known_label("EC PARAMETERS").value();
  return no(ErrorCode::wrong_kind, "this is " + other_kind_);
}

// What stands alone in a file: a private key, or a bundle with a form of its own.
std::optional<base::Result<Contents>> Reader::alone(base::ByteView file) {
  const auto length = element_length(file);
  if (length && *length <= file.size() && is_padding(file.subspan(*length))) {
    const auto element = file.first(*length);
    auto key = crypto::PrivateKey::from_der(element);
    if (!key) {
      if (const auto encrypted = encrypted_key(element)) {
        key = opener_.key(*encrypted, "it");
        if (!key) return std::unexpected(std::move(key.error()));
      }
    }
    if (key) {
      contents_.keys.push_back(std::move(*key));
      return std::move(contents_);
    }
  }
  form_ = "PKCS#12";
  auto bundle = read_pkcs12(file, name_, "it", opener_);
  if (!bundle) {
    form_ = "PKCS#7";
    bundle = read_pkcs7(file, name_, "it");
  }
  const std::size_t count = bundle && *bundle ? (*bundle)->certificates.size() : 0;
  for (std::size_t at = 1; at <= count; ++at) numbers_.push_back(at);
  return bundle;
}

base::Error Reader::not_whole(base::ByteView rest, std::optional<std::size_t> length) const {
  return {ErrorCode::bad_input, name_,
          length ? fmt::format("it is cut short: {} bytes are missing at its end",
                               *length - rest.size())
                 : fmt::format("{} bytes that are no certificate stand behind certificate {}",
                               rest.size(), seen_)};
}

// One of the certificates that stand one behind the other; if the first one is none, the file may
// be something else, which other_ has then.
std::optional<base::Error> Reader::take_element(base::ByteView file, base::ByteView element) {
  const auto number = seen_ + 1;
  auto failure = take_certificate(element, fmt::format("certificate {}", number));
  if (!failure || failure->code == ErrorCode::too_large) return failure;
  if (number == 1) {
    other_ = alone(file);
    if (other_) return failure;
    form_ = "DER";
  }
  if (looks_like_certificate(element)) return failure;
  if (const auto kind = known_der(element)) {
    return base::Error{ErrorCode::wrong_kind, name_,
                       number == 1
                           ? "this is " + *kind
                           : fmt::format("behind certificate {} stands {}", number - 1, *kind)};
  }
  return base::Error{
      ErrorCode::bad_input, name_,
      "it has the outer form of DER, but neither a certificate nor a private key can be read from "
      "it: upload a certificate as .pem, .cer, .crt or .der"};
}

base::Result<Contents> Reader::der(base::ByteView file) {
  // The indefinite form of BER, which some programs write for PKCS#7 and PKCS#12.
  if (!element_length(file)) {
    if (auto other = alone(file)) return std::move(*other);
    return no(ErrorCode::bad_input,
              "it has the outer form of BER, but is neither PKCS#7 nor PKCS#12, or is damaged: "
              "upload a certificate as .pem, .cer, .crt or .der");
  }
  form_ = "DER";
  auto rest = file;
  while (!is_padding(rest)) {
    const auto length = element_length(rest);
    auto failure = length && *length <= rest.size() ? take_element(file, rest.first(*length))
                                                    : std::optional(not_whole(rest, length));
    if (other_) return *std::move(other_);
    const bool another_kind = contents_.certificates.empty() && !looks_like_certificate(rest);
    if (failure && (another_kind || !goes_on(*failure))) {
      return std::unexpected(std::move(*failure));
    }
    if (failure && (!length || *length > rest.size())) break;
    rest = rest.subspan(*length);
    // Two octets make an element: behind what is none, only a certificate is worth a look.
    if (failure && !is_padding(rest) && !looks_like_certificate(rest)) {
      damaged_.back() += fmt::format("; of the {} bytes behind it nothing was read", rest.size());
      break;
    }
  }
  if (contents_.certificates.empty()) return no(ErrorCode::bad_input, damaged_.front());
  return std::move(contents_);
}

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

base::Result<Contents> read(base::ByteView file, std::string_view name, Reader& reader) {
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
  Reader reader(name, passphrase, ClosedKey::refused, Damage::refused);
  return read(file, name, reader);
}

base::Result<Contents> look(base::ByteView file, std::string_view name,
                            crypto::Password passphrase) {
  Reader reader(name, passphrase, ClosedKey::noted, Damage::refused);
  return read(file, name, reader);
}

base::Result<Salvaged> salvage(base::ByteView file, std::string_view name,
                               crypto::Password passphrase) {
  Reader reader(name, passphrase, ClosedKey::refused, Damage::named);
  auto contents = read(file, name, reader);
  if (!contents) return std::unexpected(contents.error());
  return Salvaged{.contents = *std::move(contents),
                  .form = reader.form(),
                  .numbers = std::move(reader.numbers()),
                  .damaged = std::move(reader.damaged())};
}

}  // namespace sealtone::x509
