// SPDX-License-Identifier: Apache-2.0
//
// x509/pkcs7: see pkcs7.h.
#include "x509/pkcs7.h"

#include <openssl/pkcs7.h>

#include <fmt/format.h>

#include "x509/der.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;

// What a ContentInfo holds that certificates can be taken from.
struct Signed {
  const STACK_OF(X509) * certificates;
  const STACK_OF(X509_CRL) * lists;
  bool is_message;  // somebody signed something
};

// Any SEQUENCE of an object identifier and something else is read as a ContentInfo.
bool is_pkcs7(const PKCS7& file) {
  switch (OBJ_obj2nid(file.type)) {
    case NID_pkcs7_data:
    case NID_pkcs7_signed:
    case NID_pkcs7_enveloped:
    case NID_pkcs7_signedAndEnveloped:
    case NID_pkcs7_digest:
    case NID_pkcs7_encrypted: return true;
    default: return false;
  }
}

std::optional<Signed> signed_data(const PKCS7& file) {
  if (PKCS7_type_is_signed(&file) && file.d.sign != nullptr) {
    const auto& data = *file.d.sign;
    return Signed{data.cert, data.crl, sk_PKCS7_SIGNER_INFO_num(data.signer_info) > 0};
  }
  if (PKCS7_type_is_signedAndEnveloped(&file) && file.d.signed_and_enveloped != nullptr) {
    const auto& data = *file.d.signed_and_enveloped;
    return Signed{data.cert, data.crl, true};
  }
  return {};
}

base::Result<Contents> taken(const Signed& data, const std::string& name, const std::string& what) {
  const int count = std::max(sk_X509_num(data.certificates), 0);
  if (count > static_cast<int>(kMaxCertificates)) {
    return base::fail(ErrorCode::too_large, name,
                      fmt::format("it holds more than {} certificates", kMaxCertificates));
  }
  Contents contents;
  for (int at = 0; at < count; ++at) {
    auto certificate = Certificate::from_native(sk_X509_value(data.certificates, at));
    if (!certificate) {
      return base::fail(ErrorCode::bad_input, name,
                        fmt::format("certificate {} of {} is damaged: {}", at + 1, what,
                                    certificate.error().detail));
    }
    contents.certificates.push_back(std::move(*certificate));
  }
  if (const int lists = sk_X509_CRL_num(data.lists); lists > 0) {
    contents.notes.push_back(
        fmt::format("of {} only the certificates were taken: {} revocation "
                    "list{} (CRL) in it {} left out",
                    what, lists, lists == 1 ? "" : "s", lists == 1 ? "was" : "were"));
  }
  if (data.is_message) {
    contents.notes.push_back(
        fmt::format("of {} only the certificates were taken: it is a signed message, and neither "
                    "its content nor its signatures were looked at",
                    what));
  }
  return contents;
}

}  // namespace

std::optional<base::Result<Contents>> read_pkcs7(base::ByteView file, std::string_view name,
                                                 const std::string& what) {
  const ErrorsKept errors;
  const std::string where(name);
  const auto* at = file.data();
  const Owned<PKCS7, PKCS7_free> read(d2i_PKCS7(nullptr, &at, static_cast<long>(file.size())));
  if (!read || !is_pkcs7(*read)) return {};
  if (!is_padding(file.subspan(static_cast<std::size_t>(at - file.data())))) return {};
  const auto data = signed_data(*read);
  if (!data) {
    return base::fail(ErrorCode::wrong_kind, where,
                      what +
                          " is a PKCS#7 message without certificates in the open (encrypted, or "
                          "plain data): upload the certificate itself");
  }
  auto contents = taken(*data, where, what);
  if (contents && contents->certificates.empty()) {
    return base::fail(ErrorCode::wrong_kind, where,
                      what +
                          " is a PKCS#7 bundle with no certificate in it: upload the "
                          "certificate itself");
  }
  return contents;
}

}  // namespace sealtone::x509
