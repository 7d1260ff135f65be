// SPDX-License-Identifier: Apache-2.0
#include "app/client_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/shown.h"
#include "app/trace_rows.h"
#include "app/user_agent.h"
#include "base/text.h"
#include "explain/wording.h"
#include "handshake/names.h"

namespace sealtone::app {
namespace {

using nlohmann::json;

constexpr std::size_t kAddress = 15, kPhone = 28, kOffers = 7, kOutcome = 14, kAlert = 30;
constexpr std::size_t kUtc = 14;  // of "2026-11-26 15:19:07 UTC", what is wider than its head

std::string phone_of(const ClientRow& row) {
  const auto device = device_of(row.user_agent);
  if (device.model.empty()) return device.firmware.empty() ? "-" : device.firmware;
  return device.firmware.empty() ? device.model : device.model + " " + device.firmware;
}

std::string offers_of(const ClientRow& row) {
  return row.newest_version ? handshake::version_name(*row.newest_version) : "-";
}

std::string head() {
  return fmt::format("{}  {}  {}  {}  {}  {}", padded("Client", kAddress), padded("Phone", kPhone),
                     padded("Offers", kOffers), padded("Outcome", kOutcome),
                     padded("Alert", kAlert), "Last seen");
}

std::string row_of(const ClientRow& row) {
  const auto alert = alert_words(row.outcome);
  return fmt::format("{}  {}  {}  {}  {}  {}", padded(base::visible(row.address, 46), kAddress),
                     padded(phone_of(row), kPhone), padded(offers_of(row), kOffers),
                     padded(explain::word(row.outcome.kind), kOutcome),
                     padded(alert.empty() ? "-" : alert, kAlert),
                     explain::when(std::chrono::floor<std::chrono::seconds>(row.last_seen)));
}

bool is_wide_enough(std::size_t width) { return width >= explain::columns(head()) + kUtc; }

// Without what has a line of its own there: 80 columns hold it.
std::string narrow_head() {
  return fmt::format("{}  {}  {}  {}", padded("Client", kAddress), padded("Outcome", kOutcome),
                     padded("Alert", kAlert), "Last seen, UTC");
}

std::string narrow_row(const ClientRow& row) {
  const auto alert = alert_words(row.outcome);
  return fmt::format("{}  {}  {}  {}", padded(base::visible(row.address, 46), kAddress),
                     padded(explain::word(row.outcome.kind), kOutcome),
                     padded(alert.empty() ? "-" : alert, kAlert),
                     utc_of(row.last_seen).substr(11, 8));
}

std::string who_it_is(const ClientRow& row) {
  const auto phone = phone_of(row);
  std::string out = phone == "-" ? "" : phone;
  if (row.newest_version) out += (out.empty() ? "offers " : ", offers ") + offers_of(row);
  return out;
}

// What does not fit goes on in further lines.
void add(const std::string& text, const std::string& indent, std::size_t width, Block& block) {
  if (text.empty()) return;
  if (indent.size() + explain::columns(text) <= width) {
    block.push_back(indent + text);
    return;
  }
  const std::string further = indent.empty() ? "  " : indent;
  const auto room = width > further.size() ? width - further.size() : 1;
  for (const auto& line : explain::wrapped(text, room)) {
    block.push_back((block.empty() && indent.empty() ? "" : further) + line);
  }
}

// "2 of its 6 connections were refused or broken off, the last of them number 5: …"
std::string failures_of(const ClientRow& row) {
  return fmt::format("{} of its {} connections {} refused or broken off, {}number {}: {}",
                     row.failed, row.connections, row.failed == 1 ? "was" : "were",
                     row.failed == 1 ? "" : "the last of them ", row.failed_number,
                     row.last_failure.says);
}

json last_failure_json(const ClientRow& row) {
  if (!row.failed_before()) return nullptr;
  return {{"connection", row.failed_number}, {"outcome", outcome_json(row.last_failure)}};
}

// What failed, what nobody can tell, and what the capture does not hold all of.
bool needs_words(const ClientRow& row) {
  return row.outcome.lacks || row.outcome.failed() ||
         row.outcome.kind == explain::ConnectionOutcome::Kind::untold;
}

std::string sum_of(const ClientTally& tally, const std::vector<ClientRow>& rows) {
  const auto failed = static_cast<std::size_t>(
      std::ranges::count_if(rows, [](const ClientRow& row) { return row.outcome.failed(); }));
  const auto established =
      static_cast<std::size_t>(std::ranges::count_if(rows, [](const ClientRow& row) {
        return row.outcome.kind == explain::ConnectionOutcome::Kind::established;
      }));
  auto sum = fmt::format("{} client{}: {} refused or broken off, {} connected", rows.size(),
                         rows.size() == 1 ? "" : "s", failed, established);
  const auto others = rows.size() - failed - established;
  if (others > 0) sum += fmt::format(", {} of which that cannot be told", others);
  sum += ".";
  const auto before =
      static_cast<std::size_t>(std::ranges::count_if(rows, &ClientRow::failed_before));
  if (before > 0) {
    sum += fmt::format(" Of these {} {} refused or broken off before.", before,
                       before == 1 ? "was" : "were");
  }
  if (tally.left_out() > 0) {
    sum += fmt::format(
        " {} connections of further clients are not listed (at most {} clients are); {} of them "
        "were refused or broken off.",
        tally.left_out(), tally.clients(), tally.left_out_failed());
  }
  if (tally.servers_left_out() > 0) {
    sum += fmt::format(
        " Of each client {} servers count, those that failed before the others; {} further "
        "connections are left out, {} of which were refused or broken off.",
        ClientTally::kMostServers, tally.servers_left_out(), tally.servers_left_out_failed());
  }
  return sum;
}

}  // namespace

std::string clients_words(const ClientTally& tally, std::size_t width) {
  const auto rows = tally.rows();
  const bool wide = is_wide_enough(width);
  std::string out = rows.empty() ? "" : (wide ? head() : narrow_head()) + "\n";
  for (const auto& row : rows) {
    out += (wide ? row_of(row) : narrow_row(row)) + "\n";
    if (!wide) {
      auto who = who_it_is(row);
      if (!who.empty()) who += ", ";
      who += "last seen on " + day_of(row.last_seen);
      out += paragraph(who, "  ", "  ");
    }
    if (row.failed_before()) {
      out += paragraph(failures_of(row), "    ", "    ") +
             paragraph(row.last_failure.next, "    ", "    ");
    }
    if (!needs_words(row)) continue;
    out +=
        paragraph(row.outcome.says, "    ", "    ") + paragraph(row.outcome.next, "    ", "    ");
  }
  return out + (rows.empty() ? "" : "\n") + paragraph(sum_of(tally, rows));
}

std::vector<Block> clients_blocks(const ClientTally& tally, std::size_t width) {
  const auto rows = tally.rows();
  const bool wide = is_wide_enough(width);
  std::vector<Block> blocks{explain::wrapped(sum_of(tally, rows), width),
                            {wide ? head() : narrow_head()}};
  for (const auto& row : rows) {
    Block block;
    if (wide) {
      add(row_of(row), "", width, block);
    } else {
      add(narrow_row(row), "", width, block);
      add(who_it_is(row), "  ", width, block);
    }
    if (row.failed_before()) add(failures_of(row), "    ", width, block);
    if (needs_words(row)) add(row.outcome.says, "    ", width, block);
    blocks.push_back(std::move(block));
  }
  return blocks;
}

json clients_json(const ClientTally& tally) {
  auto phones = json::array();
  for (const auto& row : tally.rows()) {
    const auto device = device_of(row.user_agent);
    phones.push_back(
        {{"client", base::visible(row.address, 46)},
         {"model", device.model},
         {"firmware", device.firmware},
         {"user_agent", base::visible(row.user_agent)},
         {"newest_version_offered", row.newest_version ? json(offers_of(row)) : json(nullptr)},
         {"server", row.server},
         {"sni", name_json(row.name)},
         {"connection", row.number},
         {"outcome", outcome_json(row.outcome)},
         {"missing", missing_json(row.observed)},
         {"last_seen", utc_of(row.last_seen)},
         {"connections", row.connections},
         {"failed", row.failed},
         {"last_failure", last_failure_json(row)}});
  }
  return {{"phones", std::move(phones)},
          {"left_out",
           {{"connections", tally.left_out()},
            {"failed", tally.left_out_failed()},
            {"at_further_servers", tally.servers_left_out()},
            {"at_further_servers_failed", tally.servers_left_out_failed()}}}};
}

bool any_failed(const ClientTally& tally) {
  return tally.left_out_failed() > 0 ||
         std::ranges::any_of(tally.rows(), [](const ClientRow& row) { return row.failed > 0; });
}

}  // namespace sealtone::app
