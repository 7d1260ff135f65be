// SPDX-License-Identifier: Apache-2.0
//
// app/chain_file: the certificates that a server would send if a file were installed on it.
//
// They stay in the file's order, whatever that is: nginx, Apache and OpenSSL send them so.
// Errors: CertificateFiles'; wrong_kind (a key where certificates are wanted, or the other way
// round); mismatch (the key is not the first certificate's); too_large.
#pragma once

#include <string>
#include <vector>

#include "app/certificate_file.h"

namespace sealtone::app {

struct ChainFile {
  std::vector<x509::Certificate> certificates;  // the server's own first
  std::vector<std::string> remarks;             // on their order, a sentence each
  // Behind an authority's at their front: the name of the one that is meant for the server.
  std::string own_stands_behind = {};
};

// key_file: may be empty; then a key beside the certificates has to fit, if there is one.
[[nodiscard]] base::Result<ChainFile> read_chain(const std::string& file,
                                                 const std::string& key_file,
                                                 CertificateFiles& files);

}  // namespace sealtone::app
