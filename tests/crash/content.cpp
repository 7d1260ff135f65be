// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/content: see content.h.
#include "crash/content.h"

#include <chrono>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "base/bytes.h"
#include "crypto/crypto.h"

namespace sealtone::crash {
namespace {

constexpr std::string_view kAfterwards = "crash-afterwards";

template <typename T>
T must(base::Result<T> result) {
  if (!result) throw std::runtime_error(base::to_string(result.error()));
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

std::string credential_text(std::string_view which,
                            const std::optional<x509::DeviceCredential>& credential,
                            std::chrono::sys_seconds added) {
  if (!credential) return fmt::format("no {}\n", which);
  std::string text = fmt::format("{} of {}, key {}\n", which, added.time_since_epoch().count(),
                                 digest(base::text(must(credential->key.pkcs8_der()))));
  for (const auto& certificate : credential->chain) text += "  " + certificate.fingerprint() + "\n";
  return text;
}

}  // namespace

std::string digest(std::string_view text) {
  return base::hex(crypto::sha256(base::view(text))).substr(0, 16);
}

std::string content_of(const store::Store& store) {
  const auto snapshot = store.snapshot();
  std::string text;
  for (const auto& row : snapshot->trusted)
    text += fmt::format("trusted {} {} {} {}\n", row.id, row.certificate.fingerprint(),
                        row.added.time_since_epoch().count(), row.origin);
  text += credential_text("server certificate", snapshot->credential, snapshot->credential_added);
  text += credential_text("previous one", snapshot->previous, snapshot->previous_added);
  for (const auto& [name, value] : snapshot->settings.stored())
    text += fmt::format("{} = {}\n", name, value);
  for (const auto& row : must(store.connections()))
    text += fmt::format("connection {} {} {} {} {} {} {} {}\n", row.id, row.service, row.server,
                        row.role, row.at.time_since_epoch().count(), row.decision, row.headline,
                        must(store.connection(row.id)).json);
  // By what it says: each run signs its own, and the store opens none that is not as it was stored.
  for (const auto& row : snapshot->revocation_lists) {
    const auto& facts = row.crl.facts();
    text += fmt::format("revocation list {} {} {} {} {}\n", row.id, facts.issuer.text,
                        facts.this_update.time_since_epoch().count(),
                        row.added.time_since_epoch().count(), row.origin);
  }
  for (const auto& row : must(store.rejected())) {
    text += fmt::format("rejected {} {} {} {} {}\n", row.id, row.service, row.server,
                        row.at.time_since_epoch().count(), row.headline);
    const auto whole = must(store.rejected(row.id));
    for (const auto& certificate : whole.chain)
      text += "  " + digest(base::text(certificate)) + "\n";
    text += "  and sent " + digest(base::text(whole.ocsp_answer.value_or(base::Bytes()))) + "\n";
  }
  return text + "note: " + must(store.value(kNote)).value_or("none") + "\n";
}

std::string found_in(const std::filesystem::path& state,
                     const std::function<void(const store::Store&)>& look) {
  std::string found;
  {
    const auto store = must(store::Store::open(state));
    found = content_of(*store);
    look(*store);
    must(store->set_value(kAfterwards, "goes on"));
  }
  const auto again = must(store::Store::open(state));
  if (content_of(*again) != found)
    throw std::runtime_error("opened again, it holds something else");
  if (must(again->value(kAfterwards)) != "goes on")
    throw std::runtime_error("opened again, it lacks what was saved after the first opening");
  return found;
}

}  // namespace sealtone::crash
