// SPDX-License-Identifier: Apache-2.0
//
// app/client_table: the tally of clients as a table, as lines of a screen, as JSON.
//
// What clients and servers said of themselves is made visible here.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "app/client_tally.h"

namespace sealtone::app {

// A row a client; below the row of one that failed, its sentence and the next step.
[[nodiscard]] std::string clients_words(const ClientTally& tally);
// For a screen: a line a client, with its sentence at the end; the first one is the sum.
[[nodiscard]] std::vector<std::string> clients_lines(const ClientTally& tally);
// "phones" and "left_out".
[[nodiscard]] nlohmann::json clients_json(const ClientTally& tally);
[[nodiscard]] bool any_failed(const ClientTally& tally);

}  // namespace sealtone::app
