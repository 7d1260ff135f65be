// SPDX-License-Identifier: Apache-2.0
// The routes of Security > Trusted Certificates and Security > Server Certificates.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "admin/answers.h"
#include "admin/examined.h"
#include "admin/routes.h"
#include "base/text.h"
#include "explain/certificate_words.h"
#include "explain/wording.h"
#include "settings/views.h"
#include "store/system_roots.h"
#include "store/trusted_limit.h"
#include "trust/mend.h"
#include "trust/pin.h"
#include "trust/tls_use.h"

namespace sealtone::admin {
namespace {

using base::ErrorCode;
using nlohmann::json;
using std::chrono::sys_seconds;

std::string quoted_name(const x509::Certificate& certificate) {
  return fmt::format("\"{}\"", base::visible(certificate.subject().short_name(), 100));
}

json trusted_json(const store::TrustedCertificate& row, std::size_t index, const Dates& dates) {
  const auto& certificate = row.certificate;
  const auto now = dates.of(certificate);
  return {{"id", row.id},
          {"index", index},
          {"issued_to", base::visible(certificate.subject().short_name())},
          {"issued_by", base::visible(certificate.issuer().short_name())},
          {"pin", trust::is_pin(certificate)},
          {"expires", base::utc(certificate.validity().not_after)},
          {"days_left", explain::days_left(certificate, now)},
          {"expired", now > certificate.validity().not_after},
          {"not_yet_valid", now < certificate.validity().not_before},
          {"remaining", explain::remaining(certificate, now)},
          {"serial", certificate.serial_hex()},
          {"sha256", certificate.fingerprint()},
          {"added", base::utc(row.added)},
          {"origin", base::visible(row.origin)},
          {"pem", certificate.pem()}};
}

json rows_json(const std::vector<store::TrustedCertificate>& trusted, const Dates& dates) {
  auto rows = json::array();
  for (const auto& row : trusted) rows.push_back(trusted_json(row, rows.size() + 1, dates));
  return rows;
}

std::string added_words(const std::vector<store::TrustedCertificate>& added) {
  std::string says = added.size() == 1
                         ? "One certificate is trusted from now on: "
                         : fmt::format("{} certificates are trusted from now on: ", added.size());
  constexpr std::size_t kMostNamed = 5;
  for (std::size_t i = 0; i < added.size() && i < kMostNamed; ++i) {
    if (i > 0) says += ", ";
    says += quoted_name(added[i].certificate);
  }
  return says + (added.size() > kMostNamed ? " and others." : ".");
}

// Where an issuer that an upload lacks may be: in the phone's list, and among this computer's
// roots.
std::vector<x509::Certificate> held_here(const store::Snapshot& snapshot) {
  auto held = store::system_roots().value_or(std::vector<x509::Certificate>{});
  for (const auto& row : snapshot.trusted) held.push_back(row.certificate);
  return held;
}

// TLS 1.0 and 1.1 take keys and signatures that TLS 1.2 does not.
bool shows_weak_ones(const settings::Settings& settings) {
  return std::ranges::all_of(std::array{"auto_provision", "web_server"}, [&](const char* app) {
    return settings::tls_settings(settings, app).lowest_version < base::kTls12;
  });
}

json use_json(bool usable, std::string says) {
  return {{"usable", usable}, {"says", std::move(says)}};
}

// What its dates say against it; empty if nothing.
std::string out_of_date(const x509::Certificate& leaf, sys_seconds now) {
  const auto& validity = leaf.validity();
  if (now > validity.not_after) {
    return fmt::format("It expired on {}.", base::utc_in_words(validity.not_after));
  }
  if (now < validity.not_before) {
    return fmt::format("It is not valid before {}.", base::utc_in_words(validity.not_before));
  }
  return {};
}

// RFC 5246 §7.4.2, RFC 8446 §4.4.2.2: the key has to sign, whichever side shows it; no browser of
// today goes by RSA key transport.  What it may be used for instead; empty if it may sign.
std::string other_uses(const x509::Certificate& leaf) {
  if (trust::tls_use(leaf) == trust::TlsUse::signs) return {};
  const auto& uses = leaf.key_usage();
  return uses->empty() ? "nothing" : base::visible(explain::joined(*uses, ", "));
}

json server_use(const x509::Certificate& leaf, bool temporary, sys_seconds now) {
  if (temporary) {
    return use_json(true,
                    "The page shows a temporary certificate of its own making until one is "
                    "uploaded; browsers warn of it.");
  }
  if (!leaf.allows_server_use()) {
    return use_json(false,
                    "Not meant for servers: its extended key usage lacks serverAuth, and browsers "
                    "refuse the page for it.");
  }
  if (const auto uses = other_uses(leaf); !uses.empty()) {
    return use_json(false,
                    fmt::format("Not meant for servers: its key may be used for {} only, and "
                                "browsers refuse the page for it.",
                                uses));
  }
  if (const auto why = out_of_date(leaf, now); !why.empty()) {
    return use_json(false, why + " The page shows it, and browsers warn of it.");
  }
  return use_json(true, "Usable as server certificate: the page shows it.");
}

json client_use(const x509::Certificate& leaf, bool temporary, sys_seconds now) {
  if (temporary) {
    return use_json(false,
                    "The temporary certificate is never shown to a server that asks: upload one.");
  }
  if (!leaf.allows_client_use()) {
    return use_json(false,
                    "Not meant for clients: its extended key usage lacks clientAuth, and servers "
                    "that ask for a certificate may refuse it.");
  }
  if (const auto uses = other_uses(leaf); !uses.empty()) {
    return use_json(false,
                    fmt::format("Not meant for clients: its key may be used for {} only, and "
                                "servers that ask for a certificate refuse it.",
                                uses));
  }
  if (const auto why = out_of_date(leaf, now); !why.empty()) {
    return use_json(false, why + " Servers that ask for a certificate refuse it.");
  }
  return use_json(true, "Usable as client certificate: it is shown to servers that ask for one.");
}

// What is shown from now on, and what it can be used for.
std::string shown_words(const x509::Certificate& leaf, const Dates& dates) {
  const auto now = dates.of(leaf);
  std::string says = fmt::format("The server certificate is now {}, serial number {}.",
                                 quoted_name(leaf), leaf.serial_hex());
  for (const auto& use : {server_use(leaf, false, now), client_use(leaf, false, now)}) {
    says += " " + use.at("says").get<std::string>();
  }
  return says;
}

// The one that undo brings back; null if there is none.
json previous_json(const store::Snapshot& snapshot, const Dates& dates) {
  if (!snapshot.previous) return nullptr;
  const auto& leaf = snapshot.previous->leaf();
  return {{"certificate", explain::certificate_json(leaf, dates.of(leaf))},
          {"added", base::utc(snapshot.previous_added)}};
}

}  // namespace

net::Task<http::Response> list_trusted(Call call) {
  const auto snapshot = call.phone.snapshot();
  const auto dates = dates_of(call);
  std::function<http::Response()> make = [snapshot, dates] {
    json body = switches_json(*snapshot);
    body["limit"] = store::trusted_limit(snapshot->settings);
    body["certificates"] = rows_json(snapshot->trusted, dates);
    return answer_json(200, body);
  };
  auto response = co_await answer_aside(call.phone, std::move(make));
  co_return response;
}

net::Task<http::Response> add_trusted(Call call) {
  const auto name = file_name(call.request);
  const auto before = call.phone.snapshot();
  const auto dates = dates_of(call);
  std::function<base::Result<Examined>()> look = [&call, &name, &dates] {
    return examine(call.request, name,
                   {.use = trust::Use::trusted, .now = dates.now, .clock = dates.clock});
  };
  auto examined = co_await aside<Examined>(call.phone, std::move(look));
  if (!examined) co_return refuse_unread(examined.error());
  std::function<http::Response()> refuse_it = [&examined] { return refuse_examined(*examined); };
  if (examined->diagnosis.refuses()) {
    auto refused = co_await answer_aside(call.phone, std::move(refuse_it));
    co_return refused;
  }
  const std::string origin = call.local ? "command line" : "page";
  auto added = co_await call.phone.add_trusted(examined->diagnosis.chain, origin);
  std::function<http::Response()> make = [&added, &examined, &before, &dates] {
    if (!added) return refuse_rows(added.error(), *examined, *before);
    return answer_json(201, {{"added", rows_json(*added, dates)},
                             {"certificates", rows_of(*examined, *added)},
                             {"remarks", remarks_of(*examined)},
                             {"says", added_words(*added) + notes_of(*examined)}});
  };
  auto response = co_await answer_aside(call.phone, std::move(make));
  co_return response;
}

net::Task<http::Response> remove_trusted(Call call) {
  const auto id = id_of(call.tail);
  if (!id) co_return refuse(id.error());
  const auto before = call.phone.snapshot();
  const auto row = std::ranges::find(before->trusted, *id, &store::TrustedCertificate::id);
  if (row == before->trusted.end()) {
    co_return refuse({ErrorCode::not_found, "", "there is no trusted certificate of that number"});
  }
  std::string says = fmt::format("{} is no longer trusted.", quoted_name(row->certificate));
  const auto removed = co_await call.phone.remove_trusted(*id);
  if (!removed) co_return refuse(removed.error());
  co_return answer_json(200, {{"says", std::move(says)}});
}

net::Task<http::Response> show_server_certificate(Call call) {
  const auto status = call.phone.status();
  const auto snapshot = call.phone.snapshot();
  const auto dates = dates_of(call);
  const bool temporary = status.page_certificate_temporary;
  const auto& leaf = status.page_certificate;
  const auto now = dates.of(leaf);
  auto chain = json::array();
  json added;
  if (!temporary && snapshot->credential) {
    added = base::utc(snapshot->credential_added);
    for (const auto& certificate : snapshot->credential->chain) {
      if (certificate != leaf)
        chain.push_back(explain::certificate_json(certificate, dates.of(certificate)));
    }
  }
  co_return answer_json(200, {{"temporary", temporary},
                              {"certificate", explain::certificate_json(leaf, now)},
                              {"chain", std::move(chain)},
                              {"added", std::move(added)},
                              {"previous", previous_json(*snapshot, dates)},
                              {"usable_as_server", server_use(leaf, temporary, now)},
                              {"usable_as_client", client_use(leaf, temporary, now)}});
}

net::Task<http::Response> set_server_certificate(Call call) {
  const auto name = file_name(call.request);
  const auto before = call.phone.snapshot();
  const auto dates = dates_of(call);
  std::function<base::Result<Examined>()> look = [&call, &name, before, &dates] {
    const auto held = held_here(*before);
    return examine(call.request, name,
                   {.use = trust::Use::server,
                    .at_hand = held,
                    .now = dates.now,
                    .clock = dates.clock,
                    .weak_is_shown = shows_weak_ones(before->settings)});
  };
  auto examined = co_await aside<Examined>(call.phone, std::move(look));
  if (!examined) co_return refuse_unread(examined.error());
  if (examined->diagnosis.refuses()) co_return refuse_examined(*examined);
  // As the doctor put it in order, with what it had at hand.
  auto credential = trust::credential_of(examined->upload, examined->diagnosis);
  if (!credential) co_return refuse(credential.error());
  const auto leaf = credential->leaf();
  const auto set = co_await call.phone.set_credential(std::move(*credential));
  if (!set) co_return refuse(set.error());
  const auto says = shown_words(leaf, dates) + notes_of(*examined);
  co_return answer_json(200, {{"says", says}, {"remarks", remarks_of(*examined)}});
}

net::Task<http::Response> clear_server_certificate(Call call) {
  if (!call.phone.snapshot()->credential) {
    co_return refuse({ErrorCode::not_found, "",
                      "no server certificate was uploaded, so there is none to delete"});
  }
  const auto cleared = co_await call.phone.clear_credential();
  if (!cleared) co_return refuse(cleared.error());
  co_return answer_json(200, {{"says",
                               "The uploaded server certificate was deleted: the page shows the "
                               "temporary one, and servers that ask get none. It is kept as the "
                               "previous one until you forget it."}});
}

net::Task<http::Response> undo_server_certificate(Call call) {
  const auto undone = co_await call.phone.undo_credential();
  if (!undone) co_return refuse(undone.error());
  const auto snapshot = call.phone.snapshot();
  std::string says = snapshot->credential
                         ? shown_words(snapshot->credential->leaf(), dates_of(call))
                         : "The page shows the temporary certificate, and servers that ask get "
                           "none.";
  if (snapshot->previous) {
    says += fmt::format(" {} is the previous one now; undo once more to bring it back.",
                        quoted_name(snapshot->previous->leaf()));
  }
  co_return answer_json(200, {{"says", std::move(says)}});
}

net::Task<http::Response> forget_previous_certificate(Call call) {
  const auto before = call.phone.snapshot();
  const auto name =
      before->previous ? quoted_name(before->previous->leaf()) : "The previous certificate";
  const auto forgotten = co_await call.phone.forget_previous_credential();
  if (!forgotten) co_return refuse(forgotten.error());
  co_return answer_json(
      200, {{"says", fmt::format("{} and its private key are gone from the phone.", name)}});
}

}  // namespace sealtone::admin
