// SPDX-License-Identifier: Apache-2.0
// The routes of Security > Trusted Certificates and Security > Server Certificates.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "admin/answers.h"
#include "admin/routes.h"
#include "base/text.h"
#include "explain/certificate_words.h"
#include "explain/wording.h"
#include "x509/parse.h"

namespace sealtone::admin {
namespace {

using base::ErrorCode;
using nlohmann::json;
using std::chrono::sys_seconds;

std::string quoted_name(const x509::Certificate& certificate) {
  return fmt::format("\"{}\"", base::visible(certificate.subject().short_name(), 100));
}

json trusted_json(const store::TrustedCertificate& row, std::size_t index, sys_seconds now) {
  const auto& certificate = row.certificate;
  return {{"id", row.id},
          {"index", index},
          {"issued_to", base::visible(certificate.subject().short_name())},
          {"issued_by", base::visible(certificate.issuer().short_name())},
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

json rows_json(const std::vector<store::TrustedCertificate>& trusted, sys_seconds now) {
  auto rows = json::array();
  for (const auto& row : trusted) rows.push_back(trusted_json(row, rows.size() + 1, now));
  return rows;
}

// What an admin should know about a certificate that was added; empty if nothing.
std::string trust_remark(const x509::Certificate& certificate, sys_seconds now) {
  std::string remark;
  if (now > certificate.validity().not_after) {
    remark += fmt::format(" {} expired on {}: what it issued is refused until a newer one is here.",
                          quoted_name(certificate), base::utc(certificate.validity().not_after));
  }
  const bool issues =
      certificate.is_ca() || (certificate.version() < 3 && certificate.self_signed());
  if (!issues) {
    remark += fmt::format(
        " {} is a server's own certificate and no authority's: only the server that shows this very "
        "certificate is trusted by it.",
        quoted_name(certificate));
  }
  return remark;
}

std::string added_words(const std::vector<store::TrustedCertificate>& added, sys_seconds now) {
  std::string says = added.size() == 1
                         ? "One certificate is trusted from now on: "
                         : fmt::format("{} certificates are trusted from now on: ", added.size());
  constexpr std::size_t kMostNamed = 5;
  std::string remarks;
  for (std::size_t i = 0; i < added.size() && i < kMostNamed; ++i) {
    if (i > 0) says += ", ";
    says += quoted_name(added[i].certificate);
    remarks += trust_remark(added[i].certificate, now);
  }
  says += added.size() > kMostNamed ? " and others." : ".";
  return says + remarks;
}

base::Result<x509::Contents> uploaded(const http::Request& request, const std::string& name) {
  const auto passphrase = passphrase_of(request);
  return x509::parse(base::view(request.body), name,
                     passphrase ? crypto::Password(passphrase->text()) : std::nullopt);
}

// A program has to tell what a passphrase could change from what it could not.
http::Response refuse_upload(const base::Error& error) {
  const auto says = base::to_string(error) + ".";
  if (error.code == ErrorCode::not_allowed) return refuse(422, "passphrase-needed", says);
  if (error.code == ErrorCode::mismatch) return refuse(422, "passphrase-wrong", says);
  return refuse(error);
}

// What was left out of a file, in a sentence each.
std::string remarks_on(const x509::Contents& contents) {
  std::string remarks;
  for (const auto& note : contents.notes) {
    remarks += fmt::format(" {}.", explain::capital(base::visible(note)));
  }
  return remarks;
}

json use_json(bool usable, std::string says) {
  return {{"usable", usable}, {"says", std::move(says)}};
}

// What its dates say against it; empty if nothing.
std::string out_of_date(const x509::Certificate& leaf, sys_seconds now) {
  const auto& validity = leaf.validity();
  if (now > validity.not_after) {
    return fmt::format("It expired on {}.", base::utc(validity.not_after));
  }
  if (now < validity.not_before) {
    return fmt::format("It is not valid before {}.", base::utc(validity.not_before));
  }
  return {};
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
  if (const auto why = out_of_date(leaf, now); !why.empty()) {
    return use_json(false, why + " Servers that ask for a certificate refuse it.");
  }
  return use_json(true, "Usable as client certificate: it is shown to servers that ask for one.");
}

// What is shown from now on, and what it can be used for.
std::string shown_words(const x509::Certificate& leaf, sys_seconds now) {
  std::string says = fmt::format("The server certificate is now {}, serial number {}.",
                                 quoted_name(leaf), leaf.serial_hex());
  for (const auto& use : {server_use(leaf, false, now), client_use(leaf, false, now)}) {
    says += " " + use.at("says").get<std::string>();
  }
  return says;
}

// The one that undo brings back; null if there is none.
json previous_json(const store::Snapshot& snapshot, sys_seconds now) {
  if (!snapshot.previous) return nullptr;
  return {{"certificate", explain::certificate_json(snapshot.previous->leaf(), now)},
          {"added", base::utc(snapshot.previous_added)}};
}

}  // namespace

net::Task<http::Response> list_trusted(Call call) {
  const auto snapshot = call.phone.snapshot();
  const auto now = call.clock.now();
  std::function<http::Response()> make = [snapshot, now] {
    json body = switches_json(*snapshot);
    body["certificates"] = rows_json(snapshot->trusted, now);
    return answer_json(200, body);
  };
  auto response = co_await answer_aside(call.phone, std::move(make));
  co_return response;
}

net::Task<http::Response> add_trusted(Call call) {
  const auto name = file_name(call.request);
  std::function<base::Result<x509::Contents>()> parse = [&call, &name] {
    return uploaded(call.request, name);
  };
  auto contents = co_await aside<x509::Contents>(call.phone, std::move(parse));
  if (!contents) co_return refuse_upload(contents.error());
  if (!contents->keys.empty()) {
    co_return refuse(
        {ErrorCode::wrong_kind, name,
         "a private key is in it, which a trusted certificate never needs; upload the "
         "certificate alone (a certificate with its key belongs under Security > Server "
         "Certificates)"});
  }
  const std::string origin = call.local ? "command line" : "page";
  auto added = co_await call.phone.add_trusted(std::move(contents->certificates), origin);
  if (!added) co_return refuse(added.error());

  const auto now = call.clock.now();
  std::function<http::Response()> make = [&added, &contents, now] {
    return answer_json(201, {{"added", rows_json(*added, now)},
                             {"says", added_words(*added, now) + remarks_on(*contents)}});
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
  const auto now = call.clock.now();
  const bool temporary = status.page_certificate_temporary;
  const auto& leaf = status.page_certificate;
  auto chain = json::array();
  json added;
  if (!temporary && snapshot->credential) {
    added = base::utc(snapshot->credential_added);
    for (const auto& certificate : snapshot->credential->chain) {
      if (certificate != leaf) chain.push_back(explain::certificate_json(certificate, now));
    }
  }
  co_return answer_json(200, {{"temporary", temporary},
                              {"certificate", explain::certificate_json(leaf, now)},
                              {"chain", std::move(chain)},
                              {"added", std::move(added)},
                              {"previous", previous_json(*snapshot, now)},
                              {"usable_as_server", server_use(leaf, temporary, now)},
                              {"usable_as_client", client_use(leaf, temporary, now)}});
}

net::Task<http::Response> set_server_certificate(Call call) {
  const auto name = file_name(call.request);
  std::function<base::Result<x509::Contents>()> parse = [&call, &name] {
    return uploaded(call.request, name);
  };
  auto contents = co_await aside<x509::Contents>(call.phone, std::move(parse));
  if (!contents) co_return refuse_upload(contents.error());
  // Sorting a chain and trying a key out takes as long as the keys are large.
  std::function<base::Result<x509::DeviceCredential>()> sort = [&contents, &name] {
    return x509::device_credential(*contents, name);
  };
  auto credential = co_await aside<x509::DeviceCredential>(call.phone, std::move(sort));
  if (!credential) co_return refuse(credential.error());
  const auto leaf = credential->leaf();
  const auto set = co_await call.phone.set_credential(std::move(*credential));
  if (!set) co_return refuse(set.error());
  const auto says = shown_words(leaf, call.clock.now()) + remarks_on(*contents);
  co_return answer_json(200, {{"says", says}});
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
                         ? shown_words(snapshot->credential->leaf(), call.clock.now())
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
