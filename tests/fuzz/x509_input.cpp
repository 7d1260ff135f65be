// SPDX-License-Identifier: Apache-2.0
//
// fuzz/x509_input: any octets read as an uploaded file: PEM, DER, PKCS#7, encrypted keys.
//
// What must hold besides "no crash": certificates, keys or a reason that can be shown; a
// certificate's facts are those of its octets; its path is judged within bounds, and a certificate
// that is trusted ends the path; and a passphrase that is given changes no reason but for one.
#include "fuzz/x509_contents.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sealtone;
  const auto contents = x509::parse({data, size}, "upload");
  fuzz::check_result(contents);
  const bool asks = !contents && contents.error().code == base::ErrorCode::not_allowed;
  if (!asks) return 0;
  const auto opened = x509::parse({data, size}, "upload", "secret");
  fuzz::check_result(opened);
  fuzz::require(opened || opened.error().code != base::ErrorCode::not_allowed);
  return 0;
}
