// SPDX-License-Identifier: Apache-2.0
//
// app/chain_file: the certificates that a server would send if a file were installed on it.
//
// They stay in the file's order, whatever that is: nginx, Apache and OpenSSL send them so.  A key
// that no server could use with them, and more than a client reads, are findings about them.
// Errors: CertificateFiles'; wrong_kind (a key where certificates are wanted, or the other way
// round).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/certificate_file.h"
#include "trust/trust.h"

namespace sealtone::app {

struct ChainFile {
  std::vector<x509::Certificate> certificates;  // the server's own first
  std::vector<std::string> remarks;             // on them and their order, a sentence each
  // Behind an authority's at their front: the name of the one that is meant for the server.
  std::string own_stands_behind = {};
  std::optional<trust::Finding> wrong_key = {};
  bool too_large = false;
};

// key_file: may be empty; then a key beside the certificates has to fit, if there is one.
[[nodiscard]] base::Result<ChainFile> read_chain(const std::string& file,
                                                 const std::string& key_file,
                                                 CertificateFiles& files);

// Where there is nothing to judge, because no client reads so much; else nothing.
[[nodiscard]] std::optional<trust::Verdict> not_read(const ChainFile& chain);
// What was found out about the file besides.  No switch makes a key fit.
[[nodiscard]] trust::Verdict with_key(const ChainFile& chain, trust::Verdict verdict);

}  // namespace sealtone::app
