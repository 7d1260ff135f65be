// SPDX-License-Identifier: Apache-2.0
// sealtone clock: what a phone's clock says, and the floor under which it counts as unset.
#include "app/asking.h"

namespace sealtone::app {
namespace {

using nlohmann::json;

}  // namespace

int clock_show(const StateArguments& arguments, const Surroundings& with) {
  return told(ask(arguments, with, "GET", "/api/clock"), arguments, with, [&](const json& answer) {
    for (const char* key : {"says", "waits", "time_server"}) {
      fmt::print(with.out, "{}", paragraph(shown(answer, key)));
    }
  });
}

int clock_lower(const StateArguments& arguments, const std::string& to, const Surroundings& with) {
  auto body = body_of({{"to", to}}, "--to");
  if (!body) return could_not(with, body.error());
  return told(ask(arguments, with, "PUT", "/api/clock/floor", std::move(*body),
                  {{"Content-Type", "application/json"}}),
              arguments, with, [&](const json& answer) {
                fmt::print(with.out, "{}", paragraph(shown(answer, "says")));
              });
}

}  // namespace sealtone::app
