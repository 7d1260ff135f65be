// SPDX-License-Identifier: Apache-2.0
//
// provision/report: a run as JSON, for page, command line and store.
#include <nlohmann/json.hpp>

#include "explain/explain.h"
#include "provision/changes.h"
#include "provision/fetching.h"
#include "provision/provision.h"

namespace sealtone::provision {

nlohmann::json to_json(const Run& run, const Input& input) {
  auto files = nlohmann::json::array();
  for (const auto& file : run.files) {
    files.push_back({{"url", file.url},
                     {"outcome", file.outcome},
                     {"says", file.says},
                     {"mistakes", file.mistakes},
                     {"remarks", file.remarks},
                     {"unknown_keys", file.unknown_keys}});
  }
  const auto known = at_hand(input);
  auto connections = nlohmann::json::array();
  for (const auto& connection : run.connections) {
    const auto context = words_for(connection, input, known);
    const auto words = explain::explain(connection.verdict, connection.record, context);
    connections.push_back(explain::to_json(words, connection.verdict, connection.record, context));
  }
  nlohmann::json report = {{"applied", run.batch.has_value() && !input.trial},
                           {"summary", run.summary},
                           {"files", std::move(files)},
                           {"warnings", run.warnings},
                           {"connections", std::move(connections)}};
  if (!input.trial) return report;
  report["would_apply"] = run.batch.has_value();
  const auto& planned = run.batch ? run.batch : run.locks_out;
  report["changes"] = planned ? changes_json(*planned, input) : nlohmann::json();
  return report;
}

}  // namespace sealtone::provision
