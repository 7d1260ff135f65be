// SPDX-License-Identifier: Apache-2.0
// The routes of Security > Revocation Lists.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "admin/answers.h"
#include "admin/routes.h"
#include "base/text.h"
#include "explain/wording.h"
#include "settings/views.h"

namespace sealtone::admin {
namespace {

using base::ErrorCode;
using nlohmann::json;
using std::chrono::sys_seconds;
using Certificates = std::vector<x509::Certificate>;

std::string quoted_issuer(const x509::Crl& crl) {
  return explain::in_quotes(crl.facts().issuer.short_name());
}

bool is_expired(const x509::Crl& crl, sys_seconds now) {
  return crl.facts().next_update && now > *crl.facts().next_update;
}

// Whose key made its signature; nullptr if nobody's of these.
const x509::Certificate* signer_of(const x509::Crl& crl, const Certificates& at_hand) {
  const auto made_it = [&](const x509::Certificate& one) {
    return one.subject() == crl.facts().issuer && crl.signed_by(one);
  };
  const auto found = std::ranges::find_if(at_hand, made_it);
  return found == at_hand.end() ? nullptr : &*found;
}

// What speaks against going by it; empty if nothing.
std::string list_remark(const x509::Crl& crl, const x509::Certificate* signer, sys_seconds now) {
  const auto& facts = crl.facts();
  if (!facts.unusable.empty()) {
    return fmt::format("It counts for nothing: {}.", base::visible(facts.unusable));
  }
  if (is_expired(crl, now)) {
    return fmt::format("It ran out on {} and counts for nothing any more: upload the current one.",
                       base::utc_in_words(*facts.next_update));
  }
  if (now < facts.this_update) {
    return fmt::format(
        "It is of {}, a time that is still to come, and counts for nothing until then.",
        base::utc_in_words(facts.this_update));
  }
  if (x509::is_weak_hash(facts.signature_hash, {})) {
    return fmt::format("It is signed with {}, which anybody may have done, and counts for nothing.",
                       facts.signature_hash);
  }
  if (signer == nullptr) {
    return "No certificate that is at hand made its signature. It is checked when a server sends "
           "its issuer's certificate; until then the list counts for nothing.";
  }
  return {};
}

json list_json(const store::RevocationList& row, std::size_t index, const Certificates& at_hand,
               sys_seconds now) {
  const auto& facts = row.crl.facts();
  const auto* const signer = signer_of(row.crl, at_hand);
  return {{"id", row.id},
          {"index", index},
          {"issuer", base::visible(facts.issuer.short_name())},
          {"issuer_name", base::visible(facts.issuer.text)},
          {"this_update", base::utc(facts.this_update)},
          {"next_update", facts.next_update ? json(base::utc(*facts.next_update)) : json(nullptr)},
          {"expired", is_expired(row.crl, now)},
          {"delta", facts.delta_base.has_value()},
          {"number", facts.number ? json(base::hex(*facts.number)) : json(nullptr)},
          {"entries", facts.entries.size()},
          {"octets", row.octets},
          {"signed_by", signer != nullptr ? json(signer->fingerprint()) : json(nullptr)},
          {"remark", list_remark(row.crl, signer, now)},
          {"sha256", base::hex_colons(facts.sha256)},
          {"added", base::utc(row.added)},
          {"origin", base::visible(row.origin)}};
}

json lists_json(const std::vector<store::RevocationList>& lists, const Certificates& at_hand,
                sys_seconds now) {
  auto rows = json::array();
  for (const auto& row : lists) rows.push_back(list_json(row, rows.size() + 1, at_hand, now));
  return rows;
}

std::string added_lists_words(const std::vector<store::RevocationList>& added,
                              const Certificates& at_hand, sys_seconds now) {
  std::string says;
  for (const auto& row : added) {
    const auto& facts = row.crl.facts();
    if (!says.empty()) says += ' ';
    says += fmt::format("The list of {}, of {}, which names {} certificate{}, was added.",
                        quoted_issuer(row.crl), base::utc_in_words(facts.this_update),
                        facts.entries.size(), facts.entries.size() == 1 ? "" : "s");
    const auto remark = list_remark(row.crl, signer_of(row.crl, at_hand), now);
    says += " " + (remark.empty() ? "It counts from now on." : remark);
  }
  return says;
}

}  // namespace

net::Task<http::Response> list_revocation_lists(Call call) {
  const auto snapshot = call.phone.snapshot();
  const auto at_hand = co_await call.phone.certificates_at_hand();
  const auto now = dates_of(call).at();
  std::function<http::Response()> make = [snapshot, &at_hand, now] {
    const auto tls = settings::tls_settings(snapshot->settings, "auto_provision");
    return answer_json(200, {{"required", tls.revocation_required},
                             {"lists", lists_json(snapshot->revocation_lists, at_hand, now)}});
  };
  auto response = co_await answer_aside(call.phone, std::move(make));
  co_return response;
}

net::Task<http::Response> add_revocation_lists(Call call) {
  const auto name = file_name(call.request);
  std::function<base::Result<std::vector<x509::Crl>>()> parse = [&call, &name] {
    return x509::parse_crls(base::view(call.request.body), name);
  };
  auto lists = co_await aside<std::vector<x509::Crl>>(call.phone, std::move(parse));
  if (!lists) co_return refuse(lists.error());
  const std::string origin = call.local ? "command line" : "page";
  auto added = co_await call.phone.add_revocation_lists(*std::move(lists), origin);
  if (!added) co_return refuse(added.error());

  const auto at_hand = co_await call.phone.certificates_at_hand();
  const auto now = dates_of(call).at();
  std::function<http::Response()> make = [&added, &at_hand, now] {
    return answer_json(201, {{"added", lists_json(*added, at_hand, now)},
                             {"says", added_lists_words(*added, at_hand, now)}});
  };
  auto response = co_await answer_aside(call.phone, std::move(make));
  co_return response;
}

net::Task<http::Response> remove_revocation_list(Call call) {
  const auto id = id_of(call.tail);
  if (!id) co_return refuse(id.error());
  const auto before = call.phone.snapshot();
  const auto row = std::ranges::find(before->revocation_lists, *id, &store::RevocationList::id);
  if (row == before->revocation_lists.end()) {
    co_return refuse({ErrorCode::not_found, "", "there is no revocation list of that number"});
  }
  std::string says =
      fmt::format("The list of {}, of {}, was deleted; what it revoked is revoked no more.",
                  quoted_issuer(row->crl), base::utc_in_words(row->crl.facts().this_update));
  const auto removed = co_await call.phone.remove_revocation_list(*id);
  if (!removed) co_return refuse(removed.error());
  co_return answer_json(200, {{"says", std::move(says)}});
}

}  // namespace sealtone::admin
