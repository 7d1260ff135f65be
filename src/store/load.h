// SPDX-License-Identifier: Apache-2.0
//
// store/load: the rows of a store read into its first Snapshot.
//
// Errors: bad_input if a row is not what was written (each certificate has its SHA-256 beside it,
// the key has to fit the leaf).
#pragma once

#include <memory>

#include "base/result.h"
#include "store/database.h"
#include "store/store.h"

namespace sealtone::store {

[[nodiscard]] base::Result<std::shared_ptr<const Snapshot>> load(Database& database);

// Makes crls what revocation_lists are.
void share_lists(Snapshot& snapshot);

}  // namespace sealtone::store
