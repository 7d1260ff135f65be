// SPDX-License-Identifier: Apache-2.0
//
// phone/octets: what went over the wire, as far as it is in memory, as a capture file.
#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "base/text.h"
#include "base/version.h"
#include "phone/octets.h"
#include "phone/wired.h"

namespace sealtone::phone {
namespace {

namespace asio = net::asio;
using base::ErrorCode;
using base::Result;
using handshake::Direction;
using handshake::Role;

constexpr std::size_t kShare = 512 * 1024;  // octets copied in one go

constexpr const char* kNotKept =
    "a running phone keeps those of its newest connections in memory, and none beyond its end. "
    "Let them connect again, and save the octets then";

capture::Endpoint endpoint_of(std::string_view text) {
  capture::Endpoint endpoint;
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return endpoint;
  auto address = text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
  }
  endpoint.address = address;
  std::from_chars(text.data() + colon + 1, text.data() + text.size(), endpoint.port);
  return endpoint;
}

std::string comment_on(const tls::Recording& recording) {
  const bool client = recording.role() == Role::client;
  const auto side = client ? "the client" : "the server";
  if (recording.service().empty()) return fmt::format("This end was {}.", side);
  return fmt::format("{}, {}: this end was {}.", recording.service(),
                     base::visible(recording.server()), side);
}

// What was sent went out behind the pieces there were, what was heard came with the last of them.
std::size_t piece_of(const tls::Recording& recording, const tls::Recording::Said& said) {
  const auto& pieces = recording.pieces();
  auto at = std::min(said.pieces, pieces.size());
  if (said.direction == Direction::sent) {
    while (at < pieces.size() && pieces[at].direction != Direction::sent) ++at;
    return at;
  }
  while (at > 0 && pieces[at - 1].direction != Direction::received) --at;
  return at == 0 ? pieces.size() : at - 1;
}

std::unexpected<base::Error> none_kept() {
  return base::fail(ErrorCode::not_found, "",
                    fmt::format("no connection's octets are kept: {}", kNotKept));
}

std::string counted(std::size_t count) {
  return fmt::format("{} connection{}", count, count == 1 ? "" : "s");
}

}  // namespace

capture::KeptConversation conversation_of(const tls::Recording& recording, bool with_keys) {
  const bool client = recording.role() == Role::client;
  const auto ours = client ? Direction::sent : Direction::received;
  const auto theirs = client ? Direction::received : Direction::sent;
  capture::KeptConversation made;
  made.client = endpoint_of(client ? recording.local() : recording.peer());
  made.server = endpoint_of(client ? recording.peer() : recording.local());
  made.began = recording.began();
  for (const auto& piece : recording.pieces()) {
    made.pieces.push_back(
        {piece.direction == Direction::sent ? ours : theirs, piece.at, piece.size});
  }
  made.octets = recording.octets();
  made.not_kept_sent = recording.not_kept(ours);
  made.not_kept_received = recording.not_kept(theirs);
  made.client_ended = recording.ended_at(ours);
  made.server_ended = recording.ended_at(theirs);
  made.comment = comment_on(recording);
  for (const auto& said : recording.said().all()) {
    if (said.octets_kept) made.comments.push_back({piece_of(recording, said), "SIP: " + said.line});
  }
  if (with_keys) made.key_log = crypto::Secret(recording.secrets());
  return made;
}

explain::Conversation spoken_in(const tls::Recording& recording) {
  const auto& said = recording.said();
  explain::Conversation conversation{
      .said = {}, .left_out = said.left_out(), .left_out_before = said.first_size()};
  const auto began = recording.pieces().empty() ? recording.began() : recording.pieces().front().at;
  for (auto& one : said.all()) {
    const bool sent = one.direction == Direction::sent;
    conversation.said.push_back({.from_client = sent == (recording.role() == Role::client),
                                 .at = one.at - began,
                                 .line = std::move(one.line),
                                 .text = std::move(one.text)});
  }
  return conversation;
}

std::string words_on(const std::vector<capture::KeptConversation>& all, bool with_keys) {
  std::size_t octets = 0, cut = 0, kept_of_cut = 0;
  bool spoken = false;
  for (const auto& one : all) {
    spoken = spoken || !one.comments.empty();
    octets += one.octets.size();
    if (one.not_kept_sent + one.not_kept_received == 0) continue;
    ++cut;
    kept_of_cut += one.octets.size();
  }
  auto says = fmt::format("The file holds {}, {} octets as they went over the wire.",
                          counted(all.size()), octets);
  if (cut > 0) {
    says += fmt::format(
        " Of {}, only the first {} octets were kept{}; comments say where that "
        "ends.",
        counted(cut), kept_of_cut, cut > 1 ? ", together" : "");
  }
  if (spoken) says += " Comments name the SIP messages, without their header fields.";
  says += with_keys
              ? " With the session keys in it, whoever reads it reads all that was said, passwords "
                "as well: delete it when it has served."
              : " Without the session keys nobody reads in it what was encrypted.";
  return says;
}

std::string written_by() { return "Sealtone " + std::string(base::version); }

net::Task<Result<Wired::Chosen>> Wired::chosen_octets(const admin::SaveOctets& wanted) {
  if (!wanted.connection) {
    auto all = recordings_->all();
    if (all.empty()) co_return none_kept();
    co_return all;
  }
  const auto row = co_await connection(*wanted.connection);
  if (!row) co_return std::unexpected(row.error());
  auto recording = journal_.recording_of(*wanted.connection);
  if (!recording) {
    co_return base::fail(
        ErrorCode::not_found, "",
        fmt::format("connection {} ({}, {}) is known, but its octets are no longer kept: {}",
                    row->id, row->service, base::visible(row->server), kNotKept));
  }
  co_return Chosen{std::move(recording)};
}

net::Task<Result<admin::SavedOctets>> Wired::save_octets(admin::SaveOctets wanted) {
  auto chosen = co_await chosen_octets(wanted);
  if (!chosen) co_return std::unexpected(chosen.error());
  std::vector<capture::KeptConversation> all;
  std::size_t copied = 0;
  for (const auto& recording : *chosen) {
    if (recording->gone()) continue;  // while others had their turn
    all.push_back(conversation_of(*recording, wanted.with_keys));
    copied += all.back().octets.size();
    if (copied < kShare) continue;
    copied = 0;
    co_await asio::post(loop_, asio::use_awaitable);
  }
  if (all.empty()) co_return none_kept();
  std::function<Result<std::string>()> job = [&all]() -> Result<std::string> {
    const auto file = capture::write_pcapng(all, written_by());
    return std::string(base::text(file));
  };
  auto file = co_await worker_->run<std::string>(std::move(job));
  if (!file) co_return std::unexpected(file.error());
  const auto what =
      wanted.connection ? fmt::format("connection {}", *wanted.connection) : counted(all.size());
  if (wanted.with_keys) {
    log_.write(base::LogLevel::warning, "phone",
               fmt::format("the octets of {} were given away with their session keys ({}): whoever "
                           "has that file reads all that was said",
                           what, base::visible(wanted.who)));
  } else {
    log_.write(base::LogLevel::info, "phone",
               fmt::format("the octets of {} were given away, without their session keys ({})",
                           what, base::visible(wanted.who)));
  }
  co_return admin::SavedOctets{.file = *std::move(file), .says = words_on(all, wanted.with_keys)};
}

}  // namespace sealtone::phone
