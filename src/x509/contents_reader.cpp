// SPDX-License-Identifier: Apache-2.0
#include "x509/contents_reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/der.h"
#include "x509/openssl.h"
#include "x509/pkcs12.h"
#include "x509/pkcs7.h"
#include "x509/sniff.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;

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

}  // namespace

base::Error too_many(const std::string& name, std::string_view what, std::size_t limit) {
  return {ErrorCode::too_large, name, fmt::format("it holds more than {} {}", limit, what)};
}

bool ContentsReader::goes_on(base::Error& failure) {
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

std::optional<base::Error> ContentsReader::take_certificate(base::ByteView der,
                                                            const std::string& what) {
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

std::optional<base::Error> ContentsReader::take_key(const PemBlock& block,
                                                    const std::string& what) {
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

std::optional<base::Error> ContentsReader::take_bundle(const PemBlock& block,
                                                       const std::string& what) {
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

std::optional<base::Error> ContentsReader::take_block(const PemBlock& block, std::size_t number) {
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

base::Result<Contents> ContentsReader::pem(const std::vector<PemBlock>& blocks) {
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
std::optional<base::Result<Contents>> ContentsReader::alone(base::ByteView file) {
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

base::Error ContentsReader::not_whole(base::ByteView rest,
                                      std::optional<std::size_t> length) const {
  return {ErrorCode::bad_input, name_,
          length ? fmt::format("it is cut short: {} bytes are missing at its end",
                               *length - rest.size())
                 : fmt::format("{} bytes that are no certificate stand behind certificate {}",
                               rest.size(), seen_)};
}

// One of the certificates that stand one behind the other; if the first one is none, the file may
// be something else, which other_ has then.
std::optional<base::Error> ContentsReader::take_element(base::ByteView file,
                                                        base::ByteView element) {
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

base::Result<Contents> ContentsReader::der(base::ByteView file) {
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

}  // namespace sealtone::x509
