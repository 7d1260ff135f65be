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
#include "app/screen.h"

namespace sealtone::app {

// A row a client; below the row of one that failed, its sentence and the next step.  Where there
// are fewer columns than the row has, what it is called stands in a line of its own.
[[nodiscard]] std::string clients_words(const ClientTally& tally, std::size_t width = kAnyWidth);
// For a screen that is so wide: first the sum, then the head, then the lines of each client, with
// its sentence below it.  Nothing is cut; where there is little room the rows have further lines.
[[nodiscard]] std::vector<Block> clients_blocks(const ClientTally& tally, std::size_t width);
// "phones" and "left_out".
[[nodiscard]] nlohmann::json clients_json(const ClientTally& tally);
[[nodiscard]] bool any_failed(const ClientTally& tally);

}  // namespace sealtone::app
