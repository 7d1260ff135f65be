// SPDX-License-Identifier: Apache-2.0
//
// app/certificate_file: the certificate files that a command is given, and what opens them.
//
// "-" is standard input.
// The passphrase is the first line of --passphrase-file, else SEALTONE_PASSPHRASE; else it is asked
// for, without echo, once a file turns out to need one and standard input is a terminal.  It is
// never an argument, where others can read it, and is wiped when the command is done.
// Errors: base::read_file's and x509::parse's; not_allowed says where a passphrase can be given.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "crypto/secret.h"
#include "x509/look.h"
#include "x509/parse.h"

namespace sealtone::app {

struct CertificateFile {
  base::Bytes octets;
  x509::Contents contents;
};

// What can be read of it, and what cannot.
struct SalvagedFile {
  base::Bytes octets;
  x509::Salvaged salvaged;
};

class CertificateFiles {
 public:
  // Takes SEALTONE_PASSPHRASE out of the environment, whether it will be needed or not.
  explicit CertificateFiles(std::string passphrase_file);

  [[nodiscard]] base::Result<CertificateFile> read(const std::string& file);
  // To be shown: no passphrase is asked for where there is something to show without it.
  [[nodiscard]] base::Result<CertificateFile> look(const std::string& file);
  // A damaged piece is named, and what stands around it is read.
  [[nodiscard]] base::Result<SalvagedFile> salvage(const std::string& file);
  // What opened the file that was read last; nothing if nothing was given.
  [[nodiscard]] crypto::Password passphrase() const;

 private:
  template <typename Parse>
  auto read_by(Parse parse, const std::string& file, base::Bytes& octets);
  [[nodiscard]] base::Result<void> take_passphrase_file();

  std::string passphrase_file_;
  std::optional<crypto::Secret> given_, typed_;
};

}  // namespace sealtone::app
