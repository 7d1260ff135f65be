// SPDX-License-Identifier: Apache-2.0
//
// fuzz/pkcs12: any octets read as a PKCS#12 file, with the passphrase of the corpus, "secret";
// where that does not fit, an empty one and none are tried, too.
//
// What must hold besides "no crash": certificates, keys or a reason that can be shown, and no count
// in the file makes it take long.  Most of the corpus has no MAC: with one, every change would end
// there.
#include "fuzz/x509_contents.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sealtone;
  const auto opened = x509::parse({data, size}, "upload", "secret");
  fuzz::check_result(opened);
  fuzz::require(opened || opened.error().code != base::ErrorCode::not_allowed);
  return 0;
}
