// SPDX-License-Identifier: Apache-2.0
// sealtone connections: the last connection to each server, and one of them drawn step by step.
#include "app/asking.h"
#include "app/drawing.h"
#include "app/screen.h"
#include "explain/wording.h"

namespace sealtone::app {
namespace {

using nlohmann::json;

base::Result<json> ask_for(std::int64_t id, const StateArguments& arguments,
                           const Surroundings& with) {
  return ask(arguments, with, "GET", "/api/connections/" + std::to_string(id));
}

void tell_rows(const json& rows, const Surroundings& with) {
  for (const auto& row : rows) {
    const auto what = fmt::format("{:>4}  {}  {:<12}", row.value("id", 0), shown_time(row, "at"),
                                  shown(row, "service"));
    const auto server = shown(row, "server");
    const bool fits = what.size() + 1 + explain::columns(server) <= table_width(with.out);
    fmt::print(with.out, "{}{}{}\n{}", what, fits ? " " : "\n      ", server,
               paragraph(shown(row, "headline"), "      ", "      "));
  }
}

explain::Dialogue spoken_in(const json& connection) {
  return explain::dialogue_from_json(connection.at("handshake").value("sip", json(nullptr)));
}

}  // namespace

int connections(const StateArguments& arguments, std::optional<std::int64_t> id, bool ascii,
                const Surroundings& with) {
  if (id) {
    return told(ask_for(*id, arguments, with), arguments, with, [&](const json& answer) {
      const auto ladder = explain::ladder_from_json(answer.at("handshake"));
      const auto drawn =
          explain::to_text(ladder, ascii) + explain::to_text(spoken_in(answer), ascii);
      fmt::print(with.out, "{}", connection_text(answer, drawn));
    });
  }
  return told(ask(arguments, with, "GET", "/api/connections"), arguments, with,
              [&](const json& answer) {
                if (const auto waits = shown(answer, "waits"); !waits.empty()) {
                  fmt::print(with.out, "{}", paragraph(waits));
                }
                tell_rows(answer.at("connections"), with);
                const auto earlier = answer.value("earlier", json::array());
                if (earlier.empty()) return;
                fmt::print(with.out, "Earlier ones, whose octets are kept:\n");
                tell_rows(earlier, with);
              });
}

int connections_show(const ShowConnectionArguments& arguments, const Surroundings& with) {
  const auto answer = ask_for(arguments.id, arguments, with);
  if (!answer) return could_not(with, answer.error());
  const auto ladder = explain::ladder_from_json(answer->at("handshake"));
  const auto spoken = spoken_in(*answer);
  const auto picture = write_picture(ladder, arguments.svg, spoken);
  const auto done = told(answer, arguments, with, [&](const json& connection) {
    const auto drawn = explain::to_text(ladder, arguments.ascii, explain::Form::facts) +
                       explain::to_text(spoken, arguments.ascii, explain::Form::facts);
    fmt::print(with.out, "{}", connection_text(connection, drawn));
  });
  return picture ? done : could_not(with, picture.error());
}

}  // namespace sealtone::app
