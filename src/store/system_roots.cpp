// SPDX-License-Identifier: Apache-2.0
#include "store/system_roots.h"

#include "base/files.h"
#include "x509/parse.h"

namespace sealtone::store {

base::Result<std::vector<x509::Certificate>> system_roots() {
  constexpr auto bundle = "/etc/ssl/certs/ca-certificates.crt";
  auto file = base::read_file(bundle, base::kMaxUploadBytes);
  if (!file) {
    return base::fail(base::ErrorCode::io, bundle,
                      "this computer's trusted certificates cannot be read (" +
                          file.error().detail + "): install the package ca-certificates");
  }
  auto contents = x509::parse(*file, bundle);
  if (!contents) return std::unexpected(contents.error());
  return std::move(contents->certificates);
}

}  // namespace sealtone::store
