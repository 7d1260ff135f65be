// SPDX-License-Identifier: Apache-2.0
// The command that writes connections' octets to a capture file.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/new_file.h"
#include "app/paths.h"
#include "app/phone_link.h"
#include "app/shown.h"
#include "base/text.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;

Result<http::Response> octets_of(const SaveArguments& arguments, const std::string& target,
                                 const Surroundings& with) {
  const auto folder = state_folder(arguments.state);
  if (!folder) return std::unexpected(folder.error());
  if (!std::filesystem::exists(*folder / "sealtone.db")) {
    return base::fail(ErrorCode::not_found, folder->string(),
                      "no phone keeps its state there; name its folder with --state DIR");
  }
  auto link = PhoneLink::open_to_look(*folder, with);
  if (!link) return std::unexpected(link.error());
  if (!arguments.with_keys) return (*link)->fetch("GET", target);
  return (*link)->fetch("POST", target, nlohmann::json{{"with_keys", true}}.dump(),
                        {{"Content-Type", "application/json"}});
}

}  // namespace

int connections_save(const SaveArguments& arguments, const Surroundings& with) {
  const auto& file = arguments.what.back();
  std::string target = "/api/capture";
  if (!arguments.all) {
    const auto& id = arguments.what.front();
    if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos) {
      return could_not(with, {ErrorCode::bad_input, "connections save",
                              "\"" + id + "\" is no number; sealtone connections lists them"});
    }
    target = "/api/connections/" + id + "/capture";
  }
  // Nothing is given away for a file that cannot be.
  if (const auto can = can_be_made(file); !can) return could_not(with, can.error());
  // Said before there is something in the file.
  if (arguments.with_keys) {
    fmt::print(
        with.err,
        "Warning: whoever reads {} will read all that was said, passwords as well; the phone "
        "writes into its log that its session keys were given away.\n",
        base::visible(file));
  }
  const auto given = octets_of(arguments, target, with);
  if (!given) return could_not(with, given.error());
  // For nobody else: what is in it is encrypted, but not who spoke to whom.
  const auto written = write_new_file(file, base::view(given->body), 0600);
  if (!written) return could_not(with, written.error());
  const auto says = base::visible(given->field("X-Says"), 1'000);
  if (arguments.json) {
    tell_json({{"file", base::visible(file)},
               {"octets", given->body.size()},
               {"with_keys", arguments.with_keys},
               {"says", says}},
              with);
  } else {
    fmt::print(with.out, "{}",
               paragraph(fmt::format("{} was written. {}", base::visible(file), says)));
  }
  return kDone;
}

}  // namespace sealtone::app
