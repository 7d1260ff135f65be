// SPDX-License-Identifier: Apache-2.0
#include "capture/tcp.h"

#include <algorithm>
#include <cstring>

#include "capture/hashes.h"
#include "handshake/reader.h"

namespace sealtone::capture {
namespace {

constexpr std::chrono::seconds kLinger{2};
constexpr std::size_t kMostClosing = 1'024;
constexpr std::int32_t kNear = 1 << 20;
// A reset may stand behind what the capture lacks.
constexpr std::int32_t kWindow = 1 << 26;
constexpr std::size_t kMostPast = 4'096;
constexpr std::size_t kMostEarly = 32, kMostEarlyOctets = 64 * 1024;

std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 33U;
  value *= 0xFF51AFD7ED558CCDU;
  value ^= value >> 33U;
  return value;
}

std::uint64_t eight(const std::uint8_t* octets) {
  std::uint64_t value = 0;
  std::memcpy(&value, octets, sizeof value);
  return value;
}

}  // namespace

void Agents::heard(const Address& address, std::string agent) {
  if (agent.empty() || all_.size() >= kMostAgents) return;
  all_.try_emplace(text_of(address), std::move(agent));
}

// The seed keeps who wrote the capture from choosing ports that all fall into one place.
std::size_t Tcp::Hash::operator()(const Key& key) const {
  std::uint64_t sum = seed ^ (std::uint64_t{key.low_port} << 16U | key.high_port);
  for (const auto* address : {&key.low, &key.high}) {
    sum = mixed(sum ^ eight(address->data()));
    sum = mixed(sum ^ eight(address->data() + 8));
  }
  return static_cast<std::size_t>(sum);
}

// What one direction says goes on to the conversation.
class Tcp::Listener final : public Stream::Reader {
 public:
  Listener(Tcp& tcp, Flow& flow, std::size_t side, Time at)
      : tcp_(tcp), flow_(flow), side_(side), at_(std::max(at, flow.first) - flow.first) {}

  void data(base::ByteView octets) override {
    const Conversation::Scene scene{
        .began = std::chrono::floor<std::chrono::seconds>(flow_.first),
        .opener = flow_.opener,
        .likely_server = flow_.key->low_port < flow_.key->high_port ? 0U : 1U,
    };
    flow_.conversation.data(side_, octets, at_, scene, tcp_.secrets_);
    if (flow_.number == 0 && flow_.conversation.tls() != nullptr) {
      flow_.number = ++tcp_.connections_;
    }
    if (const auto heard = flow_.conversation.heard()) {
      tcp_.agents_.heard(heard->side == 0 ? flow_.key->low : flow_.key->high, heard->agent);
    }
  }
  void gap(std::uint64_t octets) override { flow_.conversation.gap(side_, octets); }

 private:
  Tcp& tcp_;
  Flow& flow_;
  std::size_t side_;
  std::chrono::microseconds at_;
};

Tcp::Tcp(const Secrets& secrets, Agents& agents, std::size_t most_memory, std::uint64_t seed)
    : secrets_{&secrets, &allowance_},
      agents_(agents),
      most_memory_(most_memory),
      flows_(64, Hash{seed}),
      past_(kMostPast) {}

bool Tcp::read(const Datagram& datagram, Header& header, Key& key) {
  constexpr std::size_t least = 20;
  handshake::Reader reader(datagram.payload);
  const auto from = reader.u16(), to = reader.u16();
  header.sequence = reader.number(4);
  header.acknowledged = reader.number(4);
  const std::size_t size = (reader.u8() >> 4U) * std::size_t{4};
  const unsigned flags = reader.u8();
  if (!reader.ok() || size < least || size > datagram.size) return false;
  constexpr unsigned fin = 1, syn = 2, rst = 4, ack = 16;
  header.fin = (flags & fin) != 0;
  header.syn = (flags & syn) != 0;
  header.rst = (flags & rst) != 0;
  header.ack = (flags & ack) != 0;
  header.octets = datagram.payload.subspan(std::min(size, datagram.payload.size()));
  header.size = datagram.size - size;
  const bool from_low = datagram.source < datagram.destination ||
                        (datagram.source == datagram.destination && from <= to);
  header.side = from_low ? 0 : 1;
  key.low = from_low ? datagram.source : datagram.destination;
  key.high = from_low ? datagram.destination : datagram.source;
  key.low_port = from_low ? from : to;
  key.high_port = from_low ? to : from;
  return true;
}

bool Tcp::segment(const Datagram& datagram, Time at) {
  Header header;
  Key key;
  if (!read(datagram, header, key)) return false;
  now_ = std::max(now_, at);
  finish_ended(now_);
  auto* flow = flow_for(key, header, at);
  if (flow == nullptr) return true;
  touch(*flow, at);
  flow->seen[header.side] = true;
  opened(*flow, header);
  acknowledge(*flow, header, at);
  ending(*flow, header, at);
  if (comes_early(*flow, header)) {
    keep_for_later(*flow, header, at);
  } else {
    take(*flow, header, at);
  }
  if (!flow->early.empty()) take_early(*flow, at, false);
  account(*flow);
  while (kept_ > most_memory_ && oldest_ != nullptr) {
    ++given_up_;
    finish(*oldest_);
  }
  return true;
}

Tcp::Flow* Tcp::flow_for(const Key& key, const Header& header, Time at) {
  const auto found = flows_.find(key);
  if (found != flows_.end()) {
    if (!is_new(found->second, header)) return &found->second;
    finish(found->second);
  }
  // What only acknowledges says nothing of a connection that nobody knows; who ended it first may
  // matter, where the other side goes on.
  const bool empty = header.size == 0 && !header.fin;
  if (!header.syn && (empty || is_past(key, at))) return nullptr;
  auto& flow = make(key, at);
  if (header.syn) return &flow;
  // RFC 9293 §3.1: the acknowledgment number is the next one that its sender expects.
  flow.streams[header.side].begins(header.sequence);
  if (header.ack) flow.streams[1 - header.side].begins(header.acknowledged);
  return &flow;
}

// A SYN that is neither sent again nor out of order begins another connection.
bool Tcp::is_new(const Flow& flow, const Header& header) {
  if (!header.syn) return false;
  const auto& known = flow.first_sequence[header.side];
  if (known) return *known != header.sequence;
  if (header.ack) return false;
  const auto& stream = flow.streams[header.side];
  if (!stream.began() || flow.ended) return flow.ended;
  const auto ahead = static_cast<std::int32_t>(stream.next_sequence() - (header.sequence + 1));
  return ahead < 0 || ahead > kNear;
}

Tcp::Flow& Tcp::make(const Key& key, Time at) {
  const auto [place, made] = flows_.try_emplace(key);
  auto& flow = place->second;
  flow.key = &place->first;
  flow.serial = ++serial_;
  flow.first = flow.last = at;
  return flow;
}

void Tcp::opened(Flow& flow, const Header& header) {
  if (!header.syn) return;
  flow.first_sequence[header.side] = header.sequence;
  flow.opener = header.ack ? 1 - header.side : header.side;
  flow.streams[header.side].begins(header.sequence + 1);
  if (header.ack) flow.streams[1 - header.side].begins(header.acknowledged);
}

// RFC 9293 §3.10.7.4: what a reset acknowledges need not be so.
void Tcp::acknowledge(Flow& flow, const Header& header, Time at) {
  if (!header.ack || header.rst) return;
  Listener other(*this, flow, 1 - header.side, at);
  flow.streams[1 - header.side].acknowledged(header.acknowledged, other);
}

// Nothing more is to be expected, whatever has to wait.
void Tcp::ending(Flow& flow, const Header& header, Time at) {
  if (!header.fin && !header.rst) return;
  if (header.rst && !within_window(flow, header)) return;
  flow.said_all[header.side] = true;
  const bool over = header.rst || (flow.said_all[0] && flow.said_all[1]);
  if (!over || flow.ended) return;
  flow.ended = true;
  closing_.push_back({*flow.key, flow.serial, std::max(now_, at)});
}

bool Tcp::is_awaited(const Flow& flow, std::size_t side, std::uint32_t number) {
  if (flow.streams[side].reached(number)) return false;
  const auto& vain = flow.not_awaited[side];
  return !vain || static_cast<std::int32_t>(number - *vain) > 0;
}

// RFC 9293 §3.4: who acknowledges has what was said before.  What is not in the capture at all
// nobody waits for.
bool Tcp::comes_early(const Flow& flow, const Header& header) {
  const bool ends = header.fin || header.rst;
  if (header.syn || (header.size == 0 && !ends)) return false;
  if (header.rst && !within_window(flow, header)) return false;
  const auto other = 1 - header.side;
  if (header.ack && flow.seen[other] && is_awaited(flow, other, header.acknowledged)) return true;
  return ends && is_awaited(flow, header.side, header.sequence);
}

void Tcp::keep_for_later(Flow& flow, const Header& header, Time at) {
  flow.early.push_back({header, {header.octets.begin(), header.octets.end()}, at});
  flow.early_octets += sizeof(Early) + header.octets.size();
}

// All: nothing more comes.
void Tcp::take_early(Flow& flow, Time at, bool all) {
  while (!flow.early.empty()) {
    const auto ready = std::ranges::find_if(
        flow.early, [&](const Early& one) { return !comes_early(flow, one.header); });
    if (ready == flow.early.end()) {
      const bool too_many = flow.early.size() > kMostEarly ||
                            flow.early_octets > kMostEarlyOctets ||
                            flow.early.front().at + kLinger < at;
      if (!all && !too_many) return;
      wait_no_more(flow, flow.early.front().header, at);
      continue;
    }
    auto one = std::move(*ready);
    flow.early.erase(ready);
    flow.early_octets -= sizeof(Early) + one.octets.size();
    one.header.octets = one.octets;
    take(flow, one.header, one.at);
  }
}

void Tcp::wait_no_more(Flow& flow, const Header& header, Time at) {
  const auto other = 1 - header.side;
  const bool for_other =
      header.ack && flow.seen[other] && is_awaited(flow, other, header.acknowledged);
  const auto side = for_other ? other : header.side;
  const auto number = for_other ? header.acknowledged : header.sequence;
  if (flow.streams[side].waits()) {
    Listener listener(*this, flow, side, at);
    flow.streams[side].give_up_gap(listener);
  } else {
    flow.not_awaited[side] = number;
  }
}

void Tcp::take(Flow& flow, const Header& header, Time at) {
  // RFC 9293 §3.5.3: a reset may carry octets that say why.
  if (header.size > 0 && !header.rst) {
    Listener listener(*this, flow, header.side, at);
    flow.streams[header.side].segment(
        {header.sequence + (header.syn ? 1U : 0U), header.octets, header.size}, listener);
  }
  closed(flow, header);
}

void Tcp::closed(Flow& flow, const Header& header) {
  if (!header.fin && !header.rst) return;
  if (header.rst && !within_window(flow, header)) return;
  auto& stream = flow.streams[header.side];
  if (header.fin) stream.ends(header.sequence + static_cast<std::uint32_t>(header.size));
  // RFC 9293 §3.10.4: it stands behind all that its sender said.
  const auto ahead = static_cast<std::int32_t>(header.sequence - stream.next_sequence());
  if (header.rst && ahead <= kNear) stream.said_before(header.sequence);
  flow.end_seen = true;
  if (flow.closed_by || flow.end_unknown) return;
  // Who has more of the other side than the capture may have its end, too.
  flow.end_unknown = header.ack && !flow.streams[1 - header.side].reached(header.acknowledged);
  if (flow.end_unknown) return;
  flow.closed_by = header.side;
  flow.reset = header.rst;
}

// RFC 9293 §3.5.3: "A reset is valid if its sequence number is in the window."  How large that is
// was not seen; who only guesses is far from it mostly.
bool Tcp::within_window(const Flow& flow, const Header& header) {
  const auto& stream = flow.streams[header.side];
  if (!stream.began()) return true;
  const auto ahead = static_cast<std::int32_t>(header.sequence - stream.next_sequence());
  return ahead >= -kNear && ahead <= kWindow;
}

void Tcp::account(Flow& flow) {
  constexpr std::size_t heap = 64;
  const auto now = sizeof flow + sizeof(Key) + heap + flow.streams[0].kept() +
                   flow.streams[1].kept() + flow.early_octets + flow.conversation.kept();
  kept_ += now - flow.kept;
  flow.kept = now;
}

void Tcp::finish(Flow& flow) {
  take_early(flow, flow.last, true);
  for (const std::size_t side : {0U, 1U}) {
    Listener listener(*this, flow, side, flow.last);
    flow.streams[side].flush(listener);
  }
  if (flow.conversation.tls() != nullptr) {
    flow.conversation.end({.seen = flow.end_seen,
                           .closed_by = closed_first(flow),
                           .reset = flow.reset,
                           .at = flow.last - flow.first});
    auto& connection = ended_.emplace_back();
    connection.record = flow.conversation.tls()->builder().take();
    describe(flow, connection);
  }
  unlink(flow);
  kept_ -= flow.kept;
  const auto key = *flow.key;
  remember(key, flow.last);
  flows_.erase(key);
}

void Tcp::finish_ended(Time now) {
  while (!closing_.empty() &&
         (closing_.size() > kMostClosing || closing_.front().at + kLinger < now)) {
    finish_first();
  }
}

void Tcp::quiet() {
  while (!closing_.empty() && !expects_secrets_) finish_first();
  if (looked_at_ == secrets_.known->size()) return;
  looked_at_ = secrets_.known->size();
  for (auto* flow = oldest_; flow != nullptr; flow = flow->newer) {
    auto* tls = flow->conversation.tls();
    if (tls != nullptr && tls->look_for_secrets()) account(*flow);
  }
}

void Tcp::silent(Time until) {
  for (auto* flow = oldest_; flow != nullptr && flow->last + kLinger <= until;) {
    auto* const next = flow->newer;
    if (flow->closed_by) finish(*flow);
    flow = next;
  }
}

void Tcp::finish_first() {
  const auto first = closing_.front();
  closing_.pop_front();
  const auto found = flows_.find(first.key);
  if (found != flows_.end() && found->second.serial == first.serial) finish(found->second);
}

void Tcp::end() {
  while (oldest_ != nullptr) finish(*oldest_);
  closing_.clear();
  std::ranges::sort(ended_, {}, &Connection::number);
}

}  // namespace sealtone::capture
