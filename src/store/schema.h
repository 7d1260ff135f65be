// SPDX-License-Identifier: Apache-2.0
//
// store/schema: the tables, and the steps from each version of them to the next.
//
// The file says in its header what it is: application_id "Seal", user_version the number of steps
// taken.  Steps are only ever added.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "store/database.h"

namespace sealtone::store {

inline constexpr std::int64_t kApplicationId = 0x5365616C;  // "Seal"

// From the version that the file has (0: nothing in it) to this program's, in one transaction.
// unsupported: the file is newer than this program.  bad_input: its tables are not ours.
[[nodiscard]] base::Result<void> bring_up_to_date(Database& database);

}  // namespace sealtone::store
