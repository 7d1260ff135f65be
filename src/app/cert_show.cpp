// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/shown.h"
#include "base/files.h"
#include "base/text.h"
#include "explain/certificate_words.h"
#include "x509/parse.h"

namespace sealtone::app {
namespace {

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
    const bool fits = count > 0 && contents.certificates.front().matches(key);
    fmt::print(with.out, "\n{} also holds a private key ({}){}.\n", base::visible(arguments.file),
               key.description(), fits ? ", which fits the first certificate" : "");
  }
}

nlohmann::json as_json(const x509::Contents& contents, const Surroundings& with) {
  auto certificates = nlohmann::json::array();
  for (const auto& certificate : contents.certificates) {
    certificates.push_back(explain::certificate_json(certificate, with.clock.now()));
  }
  auto keys = nlohmann::json::array();
  for (const auto& key : contents.keys) keys.push_back({{"kind", key.description()}});
  return {{"certificates", std::move(certificates)}, {"private_keys", std::move(keys)}};
}

}  // namespace

int cert_show(const CertShowArguments& arguments, const Surroundings& with) {
  auto file = base::read_file(arguments.file, base::kMaxUploadBytes);
  if (!file) return could_not(with, file.error());
  const auto contents = x509::parse(*file, arguments.file);
  if (!contents) return could_not(with, contents.error());
  if (contents->certificates.empty()) {
    return could_not(with, {base::ErrorCode::wrong_kind, arguments.file,
                            "this is a private key without a certificate"});
  }

  if (arguments.pem) {
    for (const auto& certificate : contents->certificates) {
      fmt::print(with.out, "{}", certificate.public_key_pem());
    }
  } else if (arguments.json) {
    fmt::print(with.out, "{}\n", json_text(as_json(*contents, with)));
  } else {
    show_text(*contents, arguments, with);
  }
  return kDone;
}

}  // namespace sealtone::app
