// SPDX-License-Identifier: Apache-2.0
//
// phone/lists: lists of revoked certificates that the admin gives and takes.
#include "phone/wired.h"
#include "provision/trusting.h"

namespace sealtone::phone {

using base::Result;

net::Task<Result<std::vector<store::RevocationList>>> Wired::add_revocation_lists(
    std::vector<x509::Crl> lists, std::string origin) {
  using Rows = std::vector<store::RevocationList>;
  const auto turn = co_await turns_.take();
  auto prepared = co_await prepare_change(snapshot_->settings, snapshot_->credential);
  if (!prepared) co_return std::unexpected(prepared.error());
  const auto now = clock_.now();
  const auto roots = co_await system_roots();  // who may have signed them, besides the trusted ones
  const auto added = std::make_shared<Rows>();
  std::function<Result<void>(store::Store&)> job = [lists = std::move(lists),
                                                    origin = std::move(origin), now, roots,
                                                    added](store::Store& store) -> Result<void> {
    auto rows = store.add_revocation_lists(lists, now, origin, *roots);
    if (!rows) return std::unexpected(rows.error());
    *added = *std::move(rows);
    return {};
  };
  auto changed = co_await change(*std::move(prepared), std::move(job));
  if (!changed) co_return std::unexpected(changed.error());
  co_return std::move(*added);
}

net::Task<Result<void>> Wired::remove_revocation_list(std::int64_t id) {
  const auto turn = co_await turns_.take();
  auto prepared = co_await prepare_change(snapshot_->settings, snapshot_->credential);
  if (!prepared) co_return std::unexpected(prepared.error());
  std::function<Result<void>(store::Store&)> job = [id](store::Store& store) {
    return store.remove_revocation_list(id);
  };
  auto changed = co_await change(*std::move(prepared), std::move(job));
  co_return changed;
}

net::Task<std::vector<x509::Certificate>> Wired::certificates_at_hand() {
  const auto snapshot = snapshot_;
  const auto roots = co_await system_roots();
  auto certificates = provision::uploaded(*snapshot);
  certificates.insert(certificates.end(), roots->begin(), roots->end());
  co_return certificates;
}

}  // namespace sealtone::phone
