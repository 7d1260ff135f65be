// SPDX-License-Identifier: Apache-2.0
#include "trust/mend.h"

#include <algorithm>

#include <openssl/crypto.h>

namespace sealtone::trust {
namespace {

using base::ErrorCode;

std::optional<base::Error> beyond_mending(const Diagnosis& diagnosis) {
  const auto no = [](ErrorCode code, const char* why) { return base::Error{code, "", why}; };
  if (diagnosis.has(DoctorCode::certificate_missing)) {
    return no(ErrorCode::bad_input, "there is no certificate among the files");
  }
  if (diagnosis.has(DoctorCode::key_mismatch)) {
    return no(ErrorCode::mismatch,
              "the private key fits none of the certificates; give the key that the certificate "
              "was issued for, or the certificate that was issued for this key");
  }
  if (diagnosis.has(DoctorCode::key_damaged)) {
    return no(ErrorCode::bad_input,
              "the private key is damaged; take it from where it was made, or have the certificate "
              "issued for a new one");
  }
  const bool several =
      std::ranges::find(diagnosis.roles, Part::other_leaf) != diagnosis.roles.end();
  if (!diagnosis.key && several) {
    return no(ErrorCode::mismatch,
              "there are several servers' certificates and no private key to choose by; give the "
              "key as well, or one of the certificates only");
  }
  if (diagnosis.has(FindingCode::path_budget)) {
    return no(ErrorCode::too_large,
              "the certificates take longer to put together than is allowed; leave in the files "
              "what belongs to one server");
  }
  return std::nullopt;
}

}  // namespace

base::Result<Upload> mend(const Upload& upload, const Diagnosis& diagnosis) {
  if (auto why = beyond_mending(diagnosis)) return std::unexpected(*std::move(why));
  Upload mended{.certificates = diagnosis.chain, .keys = {}, .unreadable = {}};
  if (diagnosis.use == Use::server && diagnosis.key) {
    mended.keys.push_back(upload.keys.at(*diagnosis.key));
  }
  return mended;
}

base::Result<x509::DeviceCredential> credential_of(const Upload& upload,
                                                   const Diagnosis& diagnosis) {
  auto mended = mend(upload, diagnosis);
  if (!mended) return std::unexpected(mended.error());
  if (mended->keys.empty()) {
    return base::fail(ErrorCode::mismatch, "",
                      "there is no private key among the files that fits the certificate");
  }
  return x509::DeviceCredential{std::move(mended->certificates), std::move(mended->keys.front())};
}

base::Result<crypto::Secret> pem(const Upload& upload) {
  std::string certificates;
  for (const auto& certificate : upload.certificates) certificates += certificate.pem();
  if (upload.keys.empty()) return crypto::Secret(certificates);
  auto key = upload.keys.front().pkcs8_pem();
  if (!key) return std::unexpected(key.error());
  crypto::Secret file(certificates.size() + key->size());
  std::ranges::copy(base::view(certificates), file.octets().begin());
  std::ranges::copy(base::view(*key),
                    file.octets().begin() + static_cast<std::ptrdiff_t>(certificates.size()));
  OPENSSL_cleanse(key->data(), key->size());
  return file;
}

}  // namespace sealtone::trust
