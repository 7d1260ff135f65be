// SPDX-License-Identifier: Apache-2.0
#include "app/certificate_file.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "app/paths.h"
#include "base/text.h"
#include "x509/look.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;

constexpr const char* kVariable = "SEALTONE_PASSPHRASE";

}  // namespace

CertificateFiles::CertificateFiles(std::string passphrase_file)
    : passphrase_file_(std::move(passphrase_file)) {
  char* const value = std::getenv(kVariable);
  if (value == nullptr) return;
  const std::span<char> text(value, std::strlen(value));
  if (passphrase_file_.empty()) given_ = crypto::Secret(std::string_view(text.data(), text.size()));
  crypto::wipe(text);
  ::unsetenv(kVariable);
}

base::Result<void> CertificateFiles::take_passphrase_file() {
  if (passphrase_file_.empty() || given_) return {};
  auto read = read_secret(passphrase_file_, "");
  if (!read) return std::unexpected(read.error());
  given_ = std::move(*read);
  return {};
}

crypto::Password CertificateFiles::passphrase() const {
  if (typed_) return typed_->text();
  if (given_) return given_->text();
  return std::nullopt;
}

// What parse gives: x509::parse, x509::look or x509::salvage.
template <typename Parse>
auto CertificateFiles::read_by(Parse parse, const std::string& file, base::Bytes& octets) {
  using Given = std::invoke_result_t<Parse, base::ByteView, std::string_view, crypto::Password>;
  if (auto taken = take_passphrase_file(); !taken) return Given(std::unexpected(taken.error()));
  auto read = read_input(file, base::kMaxUploadBytes);
  if (!read) return Given(std::unexpected(read.error()));
  octets = *std::move(read);
  typed_.reset();
  const auto name = input_name(file);
  auto contents = parse(octets, name, passphrase());
  if (!contents && contents.error().code == ErrorCode::not_allowed) {
    if (::isatty(STDIN_FILENO) == 0) {
      contents.error().detail +=
          "; give it with --passphrase-file FILE or in SEALTONE_PASSPHRASE, or type it at a "
          "terminal";
      return contents;
    }
    auto typed = read_secret("", "Passphrase of " + base::visible(name));
    if (!typed) return Given(std::unexpected(typed.error()));
    typed_ = std::move(*typed);
    contents = parse(octets, name, passphrase());
  }
  return contents;
}

base::Result<CertificateFile> CertificateFiles::read(const std::string& file) {
  base::Bytes octets;
  auto contents = read_by(x509::parse, file, octets);
  if (!contents) return std::unexpected(contents.error());
  return CertificateFile{std::move(octets), *std::move(contents)};
}

base::Result<CertificateFile> CertificateFiles::look(const std::string& file) {
  base::Bytes octets;
  auto contents = read_by(x509::look, file, octets);
  if (!contents) return std::unexpected(contents.error());
  return CertificateFile{std::move(octets), *std::move(contents)};
}

base::Result<SalvagedFile> CertificateFiles::salvage(const std::string& file) {
  base::Bytes octets;
  auto salvaged = read_by(x509::salvage, file, octets);
  if (!salvaged) return std::unexpected(salvaged.error());
  return SalvagedFile{std::move(octets), *std::move(salvaged)};
}

}  // namespace sealtone::app
