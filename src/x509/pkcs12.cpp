// SPDX-License-Identifier: Apache-2.0
//
// x509/pkcs12: see pkcs12.h.
#include "x509/pkcs12.h"

#include <openssl/pkcs12.h>
#include <openssl/pkcs12err.h>
#include <openssl/pkcs7.h>

#include <fmt/format.h>

#include "x509/der.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;

void free_bags(STACK_OF(PKCS12_SAFEBAG) * bags) {
  sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
}
void free_parts(STACK_OF(PKCS7) * parts) { sk_PKCS7_pop_free(parts, PKCS7_free); }
using Bags = Owned<STACK_OF(PKCS12_SAFEBAG), free_bags>;
using Parts = Owned<STACK_OF(PKCS7), free_parts>;

base::Error wrong_passphrase() { return {ErrorCode::mismatch, "", ""}; }

bool is_wrong_passphrase(const base::Error& error) {
  return error.code == ErrorCode::mismatch || error.code == ErrorCode::not_allowed;
}

// SafeContents within SafeContents: nobody writes more than one level.
constexpr int kMaxDepth = 4;

class Pkcs12Reader {
 public:
  Pkcs12Reader(std::string_view name, std::string what, Opener& opener)
      : name_(name), what_(std::move(what)), opener_(opener) {
    const auto given = opener.passphrase();
    if (given && !given->empty()) passwords_.push_back(given);
    passwords_.insert(passwords_.end(), {std::nullopt, std::string_view("")});
  }

  base::Result<Contents> read(PKCS12& file);

 private:
  using Failure = std::optional<base::Error>;

  [[nodiscard]] base::Error no(ErrorCode code, const std::string& detail) const {
    return {code, name_, fmt::format("{} {}", what_, detail)};
  }
  [[nodiscard]] base::Error damaged() const { return no(ErrorCode::bad_input, "is damaged"); }

  Failure check_mac(PKCS12& file);
  Failure take_part(PKCS7& part);
  Failure take_encrypted(const PKCS7_ENC_CONTENT& encrypted);
  Failure take_bags(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth);
  Failure take_bag(const PKCS12_SAFEBAG& bag, int depth);
  Failure take_certificate(const PKCS12_SAFEBAG& bag);
  Failure take_shrouded(const X509_SIG& encrypted);
  Failure take_key(base::Result<crypto::PrivateKey> key);
  void remark_left_out();

  std::string name_, what_;
  Opener& opener_;
  // Those that may fit, the passphrase given first; one, once it is known.
  std::vector<crypto::Password> passwords_;
  Contents contents_;
  std::size_t lists_ = 0;   // revocation lists
  std::size_t others_ = 0;  // bags of other kinds
  std::size_t sealed_ = 0;  // parts that only the owner of some certificate can open
};

Pkcs12Reader::Failure Pkcs12Reader::check_mac(PKCS12& file) {
  if (PKCS12_mac_present(&file) != 1) return {};
  for (const auto& password : passwords_) {
    const auto fits = crypto::fits_mac(file, password, opener_.effort());
    // The passphrase comes first; that there was no time for those it might be besides is no news.
    if (!fits && password == passwords_.front()) return opener_.refused(fits.error(), what_);
    if (!fits || !*fits) continue;
    passwords_ = {password};
    return {};
  }
  return opener_.refused(wrong_passphrase(), what_);
}

Pkcs12Reader::Failure Pkcs12Reader::take_key(base::Result<crypto::PrivateKey> key) {
  if (!key) return key.error();
  if (contents_.keys.size() == kMaxKeys) {
    return no(ErrorCode::too_large, fmt::format("holds more than {} private keys", kMaxKeys));
  }
  contents_.keys.push_back(std::move(*key));
  return {};
}

Pkcs12Reader::Failure Pkcs12Reader::take_certificate(const PKCS12_SAFEBAG& bag) {
  if (PKCS12_SAFEBAG_get_bag_nid(&bag) != NID_x509Certificate) {
    ++others_;
    return {};
  }
  const auto number = contents_.certificates.size() + 1;
  if (number > kMaxCertificates) {
    return no(ErrorCode::too_large,
              fmt::format("holds more than {} certificates", kMaxCertificates));
  }
  const Owned<X509, X509_free> native(PKCS12_SAFEBAG_get1_cert(&bag));
  if (!native) {
    return base::Error{
        ErrorCode::bad_input, name_,
        fmt::format("certificate {} of {} is damaged: it cannot be decoded", number, what_)};
  }
  auto certificate = Certificate::from_native(native.get());
  if (!certificate) {
    return base::Error{ErrorCode::bad_input, name_,
                       fmt::format("certificate {} of {} is damaged: {}", number, what_,
                                   certificate.error().detail)};
  }
  contents_.certificates.push_back(std::move(*certificate));
  return {};
}

Pkcs12Reader::Failure Pkcs12Reader::take_bag(const PKCS12_SAFEBAG& bag, int depth) {
  switch (PKCS12_SAFEBAG_get_nid(&bag)) {
    case NID_certBag: return take_certificate(bag);
    case NID_keyBag: {
      const auto* const info = PKCS12_SAFEBAG_get0_p8inf(&bag);
      const int length = info == nullptr ? 0 : i2d_PKCS8_PRIV_KEY_INFO(info, nullptr);
      if (length <= 0) return damaged();
      crypto::Secret der(static_cast<std::size_t>(length));
      auto* at = der.octets().data();
      i2d_PKCS8_PRIV_KEY_INFO(info, &at);
      auto key = crypto::PrivateKey::from_der(der.view());
      if (!key) {
        return no(ErrorCode::bad_input,
                  "holds a private key that is damaged, or of a kind that is not supported (RSA, "
                  "EC, Ed25519 and Ed448 are)");
      }
      return take_key(std::move(key));
    }
    case NID_pkcs8ShroudedKeyBag: {
      const auto* const encrypted = PKCS12_SAFEBAG_get0_pkcs8(&bag);
      if (encrypted == nullptr) return damaged();
      return take_shrouded(*encrypted);
    }
    case NID_safeContentsBag: {
      if (depth == kMaxDepth) return no(ErrorCode::too_large, "is nested too deep");
      return take_bags(PKCS12_SAFEBAG_get0_safes(&bag), depth + 1);
    }
    case NID_crlBag: ++lists_; return {};
    default: ++others_; return {};
  }
}

Pkcs12Reader::Failure Pkcs12Reader::take_bags(const STACK_OF(PKCS12_SAFEBAG) * bags, int depth) {
  for (int at = 0; at < sk_PKCS12_SAFEBAG_num(bags); ++at) {
    if (auto failure = take_bag(*sk_PKCS12_SAFEBAG_value(bags, at), depth)) return failure;
  }
  return {};
}

// Without a MAC it is the first encrypted part that tells which of the passwords is the right one.
Pkcs12Reader::Failure Pkcs12Reader::take_shrouded(const X509_SIG& encrypted) {
  Failure failure;
  for (const auto& password : passwords_) {
    auto key = opener_.key(encrypted, password, "the private key in " + what_);
    if (!key && !failure) failure = key.error();
    if (!key && is_wrong_passphrase(key.error())) continue;
    if (!key) return failure;
    passwords_ = {password};
    return take_key(std::move(key));
  }
  return failure;
}

Pkcs12Reader::Failure Pkcs12Reader::take_encrypted(const PKCS7_ENC_CONTENT& encrypted) {
  for (const auto& password : passwords_) {
    const auto plain = crypto::decrypt(*encrypted.algorithm, octets(encrypted.enc_data), password,
                                       opener_.effort());
    if (!plain) {
      if (plain.error().code == ErrorCode::mismatch) continue;
      if (password == passwords_.front()) return opener_.refused(plain.error(), what_);
      break;
    }
    const auto* at = plain->view().data();
    const Bags bags(reinterpret_cast<STACK_OF(PKCS12_SAFEBAG)*>(ASN1_item_d2i(
        nullptr, &at, static_cast<long>(plain->view().size()), ASN1_ITEM_rptr(PKCS12_SAFEBAGS))));
    if (!bags) continue;
    passwords_ = {password};
    return take_bags(bags.get(), 0);
  }
  return opener_.refused(wrong_passphrase(), what_);
}

Pkcs12Reader::Failure Pkcs12Reader::take_part(PKCS7& part) {
  if (PKCS7_type_is_encrypted(&part)) {
    const auto* const encrypted =
        part.d.encrypted == nullptr ? nullptr : part.d.encrypted->enc_data;
    if (encrypted == nullptr || encrypted->algorithm == nullptr || encrypted->enc_data == nullptr) {
      return damaged();
    }
    return take_encrypted(*encrypted);
  }
  if (PKCS7_type_is_enveloped(&part)) {
    ++sealed_;
    return {};
  }
  if (!PKCS7_type_is_data(&part) || part.d.data == nullptr) return damaged();
  const Bags bags(PKCS12_unpack_p7data(&part));
  if (!bags) return damaged();
  return take_bags(bags.get(), 0);
}

void Pkcs12Reader::remark_left_out() {
  const auto left_out = [&](std::size_t count, const char* one, const char* several) {
    if (count == 0) return;
    contents_.notes.push_back(
        fmt::format("of {} only certificates and private keys were taken: "
                    "{} {} left out",
                    what_, count, count == 1 ? one : several));
  };
  left_out(lists_, "revocation list (CRL) in it was", "revocation lists (CRL) in it were");
  left_out(others_, "entry of another kind in it was", "entries of other kinds in it were");
  left_out(sealed_, "part that is encrypted for the owner of another key was",
           "parts that are encrypted for the owner of another key were");
}

base::Result<Contents> Pkcs12Reader::read(PKCS12& file) {
  if (auto failure = check_mac(file)) return std::unexpected(std::move(*failure));
  const Parts parts(PKCS12_unpack_authsafes(&file));
  if (!parts) {
    const bool is_signed = ERR_GET_REASON(ERR_peek_last_error()) == PKCS12_R_CONTENT_TYPE_NOT_DATA;
    if (!is_signed) return std::unexpected(damaged());
    return std::unexpected(no(ErrorCode::unsupported,
                              "is a PKCS#12 file protected by a signature in place of a "
                              "passphrase, which is not supported"));
  }
  for (int at = 0; at < sk_PKCS7_num(parts.get()); ++at) {
    if (auto failure = take_part(*sk_PKCS7_value(parts.get(), at))) {
      return std::unexpected(std::move(*failure));
    }
  }
  remark_left_out();
  if (!contents_.certificates.empty() || !contents_.keys.empty()) return std::move(contents_);
  return std::unexpected(no(ErrorCode::wrong_kind,
                            "is a PKCS#12 file with neither a certificate nor a private key in it: "
                            "upload the certificate itself"));
}

}  // namespace

std::optional<base::Result<Contents>> read_pkcs12(base::ByteView file, std::string_view name,
                                                  const std::string& what, Opener& opener) {
  const ErrorsKept errors;
  const auto* at = file.data();
  const Owned<PKCS12, PKCS12_free> read(d2i_PKCS12(nullptr, &at, static_cast<long>(file.size())));
  if (!read || !is_padding(file.subspan(static_cast<std::size_t>(at - file.data())))) return {};
  return Pkcs12Reader(name, what, opener).read(*read);
}

}  // namespace sealtone::x509
