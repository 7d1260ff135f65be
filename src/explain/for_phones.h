// SPDX-License-Identifier: Apache-2.0
//
// explain/for_phones: of a fix, what phones of one generation can carry out.
//
// Source: the profiles (profiles/*.toml), as explain::DeskPhones has them.
#pragma once

#include "explain/explain.h"

namespace sealtone::explain {

[[nodiscard]] Fix for_phones(Fix fix, const trust::Finding& finding, const DeskPhones& phones);

}  // namespace sealtone::explain
