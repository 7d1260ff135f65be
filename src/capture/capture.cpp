// SPDX-License-Identifier: Apache-2.0
#include "capture/capture.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "capture/internet.h"
#include "capture/link.h"
#include "capture/packets.h"
#include "capture/tcp.h"

namespace sealtone::capture {
namespace {

// Of the memory that may be used connections have one half; the rest is for one block of the file,
// fragments, secrets that the file holds, and what the heap adds.
constexpr std::size_t kConnectionsShare = 2, kBlockShare = 16, kSecretsShare = 32;
constexpr std::size_t kLeastBlock = 1'000'000, kMostBlock = 16'000'000;
constexpr std::size_t kMostRemarks = 16;

std::size_t most_block(std::size_t most_memory) {
  return std::clamp(most_memory / kBlockShare, kLeastBlock, kMostBlock);
}

}  // namespace

std::string Endpoint::text() const {
  const bool v6 = address.find(':') != std::string::npos;
  return v6 ? fmt::format("[{}]:{}", address, port) : fmt::format("{}:{}", address, port);
}

class Reader::Work {
 public:
  Work(Source source, std::string name, Options options)
      : options_(std::move(options)),
        file_(std::move(source), std::move(name), most_block(options_.most_memory)),
        tcp_(secrets_, agents_, options_.most_memory / kConnectionsShare, options_.seed) {
    secrets_.add(options_.key_log);
    options_.key_log = {};
  }

  // Who follows may have to wait even for this.
  base::Result<void> begin() {
    if (options_.follow) return {};
    const auto step = file_.recognise();
    if (!step) return std::unexpected(step.error());
    return {};
  }

  base::Result<bool> read(std::size_t packets, const std::function<void(Connection)>& ended) {
    if (over_) return false;
    bool more = true;
    base::Result<void> done;
    for (std::size_t i = 0; i < packets && more;) {
      std::string_view secrets;
      const auto step = file_.next(packet_, secrets);
      if (!step) done = std::unexpected(step.error());
      more = step && take(*step, secrets);
      if (step && *step == Step::packet) ++i;
      const bool waits = step && *step == Step::wait;
      if (waits) tcp_.quiet();
      hand_over(ended);
      if (waits) break;
    }
    if (more) return true;
    over_ = true;
    tcp_.end();
    hand_over(ended);
    count();
    if (internet_.given_up() > 0) {
      remark(fmt::format("{} fragmented datagrams were not whole", internet_.given_up()));
    }
    if (secrets_left_out_) remark("more secrets stand in the capture than there is memory for");
    if (!done) return std::unexpected(done.error());
    return false;
  }

  [[nodiscard]] std::vector<Connection> open() const { return tcp_.open(); }
  [[nodiscard]] const std::map<std::string, std::string>& user_agents() const {
    return agents_.all();
  }
  [[nodiscard]] const Totals& totals() const { return totals_; }

 private:
  // Whether the capture goes on behind it.
  bool take(Step step, std::string_view secrets) {
    switch (step) {
      case Step::packet: packet(); return true;
      case Step::secrets: add(secrets); return true;
      case Step::other:
      case Step::wait: return true;
      case Step::cut: totals_.cut = true; return false;
      case Step::end: return false;
    }
    return false;
  }

  void add(std::string_view secrets) {
    secret_octets_ += secrets.size();
    secrets_left_out_ = secrets_left_out_ || secret_octets_ > options_.most_memory / kSecretsShare;
    if (!secrets_left_out_) secrets_.add(secrets);
  }

  void packet() {
    ++totals_.packets;
    totals_.octets += packet_.octets.size();
    const auto found = internet_packet(packet_.link, packet_.octets);
    if (!found) {
      if (!link_is_known(packet_.link)) unknown_link();
      return;
    }
    Datagram datagram;
    const auto reading =
        internet_.read(*found, datagram, packet_.time, packet_.size - packet_.octets.size());
    if (reading == Internet::Reading::unreadable) ++totals_.unreadable;
    if (reading != Internet::Reading::whole) return;
    if (datagram.protocol == kTcp) {
      if (!tcp_.segment(datagram, packet_.time)) ++totals_.unreadable;
    } else if (datagram.protocol == kUdp) {
      udp(datagram);
    }
  }

  // A datagram may be a message of SIP.
  void udp(const Datagram& datagram) {
    constexpr std::size_t header = 8;
    if (datagram.payload.size() <= header) return;
    const auto message = datagram.payload.subspan(header);
    if (message[0] < 'A' || message[0] > 'Z') return;
    agents_.heard(datagram.source, user_agent_in(message));
  }

  void unknown_link() {
    ++totals_.unreadable;
    if (unknown_links_.size() == kMostRemarks || !unknown_links_.insert(packet_.link).second)
      return;
    remark(fmt::format("packets of link type {} cannot be read", packet_.link));
  }

  void remark(std::string words) {
    if (totals_.remarks.size() < 2 * kMostRemarks) totals_.remarks.push_back(std::move(words));
  }

  void hand_over(const std::function<void(Connection)>& ended) {
    for (auto& list = tcp_.ended(); !list.empty(); list.pop_front()) ended(std::move(list.front()));
    count();
  }

  void count() {
    totals_.connections = tcp_.connections();
    totals_.given_up = tcp_.given_up();
  }

  Options options_;
  PacketFile file_;
  Secrets secrets_;
  Agents agents_;
  Internet internet_;
  Tcp tcp_;
  Totals totals_;
  Packet packet_;
  std::set<std::uint32_t> unknown_links_;
  std::size_t secret_octets_ = 0;
  bool secrets_left_out_ = false;
  bool over_ = false;
};

Reader::Reader(std::unique_ptr<Work> work) : work_(std::move(work)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

base::Result<Reader> Reader::open(const std::string& path, Options options) {
  auto source = Source::open(path, options.follow);
  if (!source) return std::unexpected(source.error());
  const auto name = path == "-" ? "standard input" : path;
  auto work = std::make_unique<Work>(std::move(*source), name, std::move(options));
  if (const auto begun = work->begin(); !begun) return std::unexpected(begun.error());
  return Reader(std::move(work));
}

Reader Reader::of(base::Bytes capture, Options options) {
  return Reader(
      std::make_unique<Work>(Source(std::move(capture)), std::string(), std::move(options)));
}

base::Result<bool> Reader::read(std::size_t packets, const std::function<void(Connection)>& ended) {
  return work_->read(packets, ended);
}

std::vector<Connection> Reader::open_connections() const { return work_->open(); }

const std::map<std::string, std::string>& Reader::user_agents() const {
  return work_->user_agents();
}

const Totals& Reader::totals() const { return work_->totals(); }

}  // namespace sealtone::capture
