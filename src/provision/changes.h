// SPDX-License-Identifier: Apache-2.0
//
// provision/changes: what a run would change on the phone, value by value, for a trial.
//
// {"settings": [{"name", "secret": false, "from", "to"} | {"name", "secret": true, "was_set",
// "set"}],
//  "trusted_added": [CERTIFICATE…], "trusted_deleted": [CERTIFICATE…],
//  "server_certificate": {"changes", "certificate": CERTIFICATE or null}}
// with CERTIFICATE as explain has it.  A secret's value is nowhere in it, old or new.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "provision/provision.h"

namespace sealtone::provision {

[[nodiscard]] nlohmann::json changes_json(const store::Store::Batch& batch, const Input& input);

}  // namespace sealtone::provision
