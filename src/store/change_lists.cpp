// SPDX-License-Identifier: Apache-2.0
//
// store/change: lists of revoked certificates, each in the place of the one before it.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "store/change.h"
#include "store/load.h"

namespace sealtone::store {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

std::string name_of_list(const x509::Crl& crl) {
  return fmt::format("the list of \"{}\"", base::visible(crl.facts().issuer.short_name(), 100));
}

// RFC 5280 §5.2.3: a complete list takes the place of one of the same issuer and scope, and a delta
// of a delta; a new key of the issuer makes lists of its own.
bool same_kind(const x509::Crl& one, const x509::Crl& other) {
  const auto& a = one.facts();
  const auto& b = other.facts();
  const auto scope = [](const x509::Crl::Facts& facts) {
    return facts.scope ? facts.scope->der : base::Bytes{};
  };
  return a.issuer == b.issuer && scope(a) == scope(b) && a.authority_key_id == b.authority_key_id &&
         a.delta_base.has_value() == b.delta_base.has_value();
}

bool number_below(const x509::Crl::Facts& a, const x509::Crl::Facts& b) {
  if (!a.number || !b.number) return false;
  return a.number->size() != b.number->size() ? a.number->size() < b.number->size()
                                              : *a.number < *b.number;
}

bool newer(const x509::Crl& one, const x509::Crl& than) {
  const auto& a = one.facts();
  const auto& b = than.facts();
  return a.this_update != b.this_update ? a.this_update > b.this_update : number_below(b, a);
}

}  // namespace

Result<RevocationList> Change::add_revocation_list(const x509::Crl& given,
                                                   std::chrono::sys_seconds now,
                                                   const std::string& origin) {
  // As it will be read again: what stood behind it in its file is not kept.
  const auto der = given.der();
  const auto read = x509::Crl::from_der(der);
  if (!read) return std::unexpected(read.error());
  const auto& crl = *read;
  const auto name = name_of_list(crl);
  if (origin.size() > kMaxTextBytes)
    return fail(ErrorCode::too_large, name,
                fmt::format("the words on its origin are over {} octets", kMaxTextBytes));
  auto& lists = next_->revocation_lists;
  const auto before = std::ranges::find_if(
      lists, [&](const RevocationList& each) { return same_kind(each.crl, crl); });
  if (before != lists.end()) {
    const auto& there = before->crl.facts();
    if (there.sha256 == crl.facts().sha256)
      return fail(ErrorCode::exists, name, "this very list is there already");
    if (!newer(crl, before->crl))
      return fail(ErrorCode::exists, name,
                  fmt::format("it is of {}, and one of {} is there already, which stays",
                              base::utc(crl.facts().this_update), base::utc(there.this_update)));
    if (auto gone = remove_revocation_list(before->id); !gone) return std::unexpected(gone.error());
  }
  std::size_t octets = der.size();
  for (const auto& each : lists) octets += each.octets;
  if (lists.size() == kMaxRevocationLists || octets > kMaxRevocationBytes)
    return fail(
        ErrorCode::too_large, name,
        fmt::format("at most {} lists are kept, of {} octets together; delete some that are "
                    "not needed",
                    kMaxRevocationLists, kMaxRevocationBytes));
  auto added =
      database_->run("INSERT INTO revocation_list (sha256, der, added, origin) VALUES (?, ?, ?, ?)",
                     {crl.facts().sha256, der, now.time_since_epoch().count(), origin});
  if (!added) return std::unexpected(added.error());
  changed_ = true;
  lists.push_back({database_->last_id(), crl, der.size(), now, origin});
  share_lists(*next_);
  return lists.back();
}

Result<void> Change::remove_revocation_list(std::int64_t id) {
  auto removed = database_->run("DELETE FROM revocation_list WHERE id = ?", {id});
  if (!removed) return removed;
  if (std::erase_if(next_->revocation_lists, [id](const auto& each) { return each.id == id; }) == 0)
    return fail(ErrorCode::not_found, fmt::format("revocation list {}", id),
                "there is none of that number; list them again, a newer one may have taken its "
                "place");
  changed_ = true;
  share_lists(*next_);
  return {};
}

}  // namespace sealtone::store
