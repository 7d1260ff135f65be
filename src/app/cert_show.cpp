// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/certificate_file.h"
#include "app/commands.h"
#include "app/shown.h"
#include "base/text.h"
#include "explain/certificate_words.h"
#include "x509/parse.h"

namespace sealtone::app {
namespace {

// Which of the certificates the key fits, counted from 0.
std::optional<std::size_t> fitting(const x509::Contents& contents, const crypto::PrivateKey& key) {
  for (std::size_t i = 0; i < contents.certificates.size(); ++i) {
    if (contents.certificates[i].matches(key)) return i;
  }
  return std::nullopt;
}

std::string fit_words(const x509::Contents& contents, const crypto::PrivateKey& key) {
  const auto fits = fitting(contents, key);
  if (!fits) return "which fits no certificate in it";
  return *fits == 0 ? "which fits the first certificate"
                    : fmt::format("which fits certificate {}", *fits + 1);
}

void show_text(const x509::Contents& contents, const CertShowArguments& arguments,
               const Surroundings& with) {
  const auto count = contents.certificates.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (count > 1)
      fmt::print(with.out, "{}Certificate {} of {}\n", i == 0 ? "" : "\n", i + 1, count);
    const auto& certificate = contents.certificates[i];
    fmt::print(with.out, "{}", explain::certificate_text(certificate, with.clock.now()));
  }
  for (const auto& key : contents.keys) {
    fmt::print(with.out, "\n{} also holds a private key ({}), {}.\n", base::visible(arguments.file),
               key.description(), fit_words(contents, key));
  }
  if (!contents.notes.empty()) fmt::print(with.out, "\n");
  for (const auto& note : contents.notes) {
    fmt::print(with.out, "{}: {}.\n", base::visible(arguments.file), base::visible(note));
  }
}

nlohmann::json as_json(const x509::Contents& contents, const Surroundings& with) {
  auto certificates = nlohmann::json::array();
  for (const auto& certificate : contents.certificates) {
    certificates.push_back(explain::certificate_json(certificate, with.clock.now()));
  }
  auto keys = nlohmann::json::array();
  for (const auto& key : contents.keys) {
    const auto fits = fitting(contents, key);
    keys.push_back({{"kind", key.description()},
                    {"fits", fits ? nlohmann::json(*fits) : nlohmann::json(nullptr)}});
  }
  auto notes = nlohmann::json::array();
  for (const auto& note : contents.notes) notes.push_back(base::visible(note));
  return {{"certificates", std::move(certificates)},
          {"private_keys", std::move(keys)},
          {"notes", std::move(notes)}};
}

}  // namespace

int cert_show(const CertShowArguments& arguments, const Surroundings& with) {
  CertificateFiles files(arguments.passphrase_file);
  const auto file = files.look(arguments.file);
  if (!file) return could_not(with, file.error());
  const auto& contents = file->contents;
  if (contents.certificates.empty()) {
    return could_not(with, {base::ErrorCode::wrong_kind, arguments.file,
                            "this is a private key without a certificate"});
  }

  if (arguments.pem) {
    for (const auto& certificate : contents.certificates) {
      fmt::print(with.out, "{}", certificate.public_key_pem());
    }
  } else if (arguments.json) {
    tell_json(as_json(contents, with), with);
  } else {
    show_text(contents, arguments, with);
  }
  return kDone;
}

}  // namespace sealtone::app
