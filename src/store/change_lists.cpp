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
  return one.facts().same_subject(other.facts()) &&
         one.facts().delta_base.has_value() == other.facts().delta_base.has_value();
}

bool newer(const x509::Crl& one, const x509::Crl& than) {
  const auto& a = one.facts();
  const auto& b = than.facts();
  return a.this_update != b.this_update ? a.this_update > b.this_update : b.number_below(a.number);
}

// Empty if it can count now, whoever signed it; else why not.
std::string why_not(const x509::Crl& crl, std::chrono::sys_seconds now) {
  const auto& facts = crl.facts();
  auto words = facts.why_not(now);
  const bool weak = words.empty() && x509::is_weak_hash(facts.signature_hash, {});
  return weak ? "its list is signed with " + facts.signature_hash : words;
}

}  // namespace

Result<RevocationList> Change::add_revocation_list(const x509::Crl& given,
                                                   std::chrono::sys_seconds now,
                                                   const std::string& origin, Signers at_hand) {
  // As it will be read again: what stood behind it in its file is not kept.
  const auto der = given.der();
  const auto read = x509::Crl::from_der(der);
  if (!read) return std::unexpected(read.error());
  const auto& crl = *read;
  const auto name = name_of_list(crl);
  if (origin.size() > kMaxTextBytes)
    return fail(ErrorCode::too_large, name,
                fmt::format("the words on its origin are over {} octets", kMaxTextBytes));
  // Whoever can put a list on the way here can date it: only a signature tells a newer one from one
  // that shall drive the good one out.
  const auto proved = [&](const x509::Crl& one) {
    const auto made_it = [&](const x509::Certificate& signer) {
      return signer.subject() == one.facts().issuer && one.signed_by(signer);
    };
    return std::ranges::any_of(next_->trusted, made_it, &TrustedCertificate::certificate) ||
           std::ranges::any_of(at_hand, made_it);
  };
  auto& lists = next_->revocation_lists;
  const bool is_proved = proved(crl);
  std::vector<std::int64_t> replaced;
  for (const auto& each : lists) {
    if (!same_kind(each.crl, crl)) continue;
    const auto& there = each.crl.facts();
    if (there.sha256 == crl.facts().sha256)
      return fail(ErrorCode::exists, name, "this very list is there already");
    const bool counts = why_not(each.crl, now).empty();
    const bool stays = counts && proved(each.crl);
    if (auto words = why_not(crl, now); counts && !words.empty())
      return fail(ErrorCode::mismatch, name,
                  fmt::format("it would not count: {}; the one of {} that is there stays", words,
                              base::utc_in_words(there.this_update)));
    if (stays && !is_proved)
      return fail(ErrorCode::mismatch, name,
                  fmt::format("none of the certificates at hand signed it, and one of them signed "
                              "the one of {} that is there, which stays",
                              base::utc_in_words(there.this_update)));
    if (stays == is_proved && !newer(crl, each.crl))
      return fail(ErrorCode::exists, name,
                  fmt::format("it is of {}, and one of {} is there already, which stays",
                              base::utc_in_words(crl.facts().this_update),
                              base::utc_in_words(there.this_update)));
    if (is_proved || !counts) replaced.push_back(each.id);
  }
  for (const auto id : replaced) {
    if (auto gone = remove_revocation_list(id); !gone) return std::unexpected(gone.error());
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
