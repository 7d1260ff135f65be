// SPDX-License-Identifier: Apache-2.0
//
// capture/pcapng: the newer kind of file: sections of blocks, with interfaces, packets and secrets.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "capture/packets.h"

namespace sealtone::capture {
namespace {

constexpr std::uint32_t kInterface = 1, kOldPacket = 2, kSimplePacket = 3, kSecrets = 0x0A,
                        kPacket = 6, kSection = 0x0A0D0D0A, kTlsKeyLog = 0x544C534B;
constexpr std::size_t kFrame = 12;  // type and length before a block, the length again behind it
constexpr std::size_t kMostInterfaces = 65'536;

struct Interface {
  std::uint32_t link = 0;
  std::uint32_t snap_length = 0;  // 0: none
  std::uint8_t resolution = 6;    // as if_tsresol has it
  std::int64_t offset = 0;        // seconds
};

std::unexpected<base::Error> damaged(std::string detail) {
  return base::fail(base::ErrorCode::bad_input, {},
                    std::move(detail) + ": the file is damaged from here on");
}

std::unexpected<base::Error> too_long(std::size_t packet) {
  return damaged(fmt::format("a packet of {} octets is said to follow, and {} are the most", packet,
                             kMostPacket));
}

std::chrono::sys_time<std::chrono::microseconds> time_of(std::uint64_t ticks,
                                                         const Interface& where) {
  constexpr std::uint8_t binary = 0x80;
  constexpr unsigned most_digits = 19, most_bits = 63;
  constexpr std::uint64_t million = 1'000'000;
  std::uint64_t seconds = 0, micros = 0;
  const unsigned exponent = where.resolution & 0x7FU;
  if ((where.resolution & binary) != 0) {
    const unsigned bits = std::min(exponent, most_bits);
    seconds = ticks >> bits;
    const unsigned __int128 rest = ticks - (seconds << bits);
    micros = static_cast<std::uint64_t>((rest * million) >> bits);
  } else {
    std::uint64_t second = 1;
    for (unsigned i = 0; i < std::min(exponent, most_digits); ++i) second *= 10;
    seconds = ticks / second;
    const unsigned __int128 rest = ticks % second;
    micros = static_cast<std::uint64_t>(rest * million / second);
  }
  constexpr std::int64_t far = 1'000'000'000'000;
  const auto shifted = static_cast<std::int64_t>(std::min<std::uint64_t>(seconds, far)) +
                       std::clamp(where.offset, -far, far);
  return packet_time(static_cast<std::uint64_t>(std::max<std::int64_t>(shifted, 0)),
                     static_cast<std::uint32_t>(micros));
}

class Pcapng final : public Format {
 public:
  Pcapng(std::size_t most_block, Wanted wanted) : most_block_(most_block), wanted_(wanted) {}

  base::Result<Step> next(Source& source, Packet& packet, std::string_view& secrets) override {
    constexpr std::size_t head = 12;  // of a section, with its mark of byte order
    const auto state = source.need(head);
    if (state == Source::State::wait) return Step::wait;
    // Within a block that nobody wants it is cut, too: what its length swallows may be packets.
    const bool between = source.view().empty() && !source.passes();
    if (state == Source::State::end) return between ? base::Result<Step>(Step::end) : cut();
    if (auto order = byte_order(source.view()); !order) return std::unexpected(order.error());
    const auto type = numbers_.u32(source.view(), 0);
    const std::size_t length = numbers_.u32(source.view(), 4);
    if (length < kFrame || length % 4 != 0) {
      return damaged(fmt::format("a block of {} octets is said to follow", length));
    }
    if (!wanted(type)) {
      source.pass(length);
      return Step::other;
    }
    if (length > most_block_) {
      if (type != kSecrets) {
        return damaged(fmt::format("a block of {} octets is said to follow, and {} are the most",
                                   length, most_block_));
      }
      source.pass(length);
      return Step::other;
    }
    const auto whole = source.need(length);
    if (whole == Source::State::wait) return Step::wait;
    if (whole == Source::State::end) return cut();
    const auto body = source.view().subspan(8, length - kFrame);
    source.pass(length);
    return read(type, body, packet, secrets);
  }

 private:
  // Before an interface was described no packet can be.
  [[nodiscard]] base::Result<Step> cut() const {
    if (described_) return Step::cut;
    return cut_within_header();
  }
  [[nodiscard]] bool wanted(std::uint32_t type) const {
    if (wanted_ == Wanted::secrets) return type == kSection || type == kSecrets;
    return type == kSection || type == kInterface || type == kPacket || type == kOldPacket ||
           type == kSimplePacket || type == kSecrets;
  }

  // Each section may have another.
  base::Result<void> byte_order(base::ByteView head) {
    if (Numbers{}.u32(head, 0) != kSection) return {};
    constexpr std::uint32_t mark = 0x1A2B3C4D;
    numbers_.big_endian = Numbers{true}.u32(head, 8) == mark;
    if (numbers_.u32(head, 8) != mark) return damaged("a section has no mark of its byte order");
    return {};
  }

  base::Result<Step> read(std::uint32_t type, base::ByteView body, Packet& packet,
                          std::string_view& secrets) {
    switch (type) {
      case kSection: interfaces_.clear(); return Step::other;
      case kInterface: return read_interface(body);
      case kPacket: return read_packet(body, packet, false);
      case kOldPacket: return read_packet(body, packet, true);
      case kSimplePacket: return read_simple(body, packet);
      default: return read_secrets(body, secrets);
    }
  }

  base::Result<Step> read_interface(base::ByteView body) {
    constexpr std::size_t fixed = 8, header = 4;
    if (body.size() < fixed) return damaged("a description of an interface breaks off");
    if (interfaces_.size() == kMostInterfaces) {
      return damaged(fmt::format("there are more than {} interfaces", kMostInterfaces));
    }
    Interface found;
    found.link = numbers_.u16(body, 0);
    found.snap_length = numbers_.u32(body, 4);
    for (auto options = body.subspan(fixed); options.size() >= header;) {
      const auto code = numbers_.u16(options, 0);
      const std::size_t length = numbers_.u16(options, 2);
      options = options.subspan(header);
      if (code == 0 || length > options.size()) break;
      read_option(found, code, options.first(length));
      options = options.subspan(std::min(options.size(), (length + 3) / 4 * 4));
    }
    interfaces_.push_back(found);
    described_ = true;
    return Step::other;
  }

  void read_option(Interface& found, std::uint16_t code, base::ByteView value) const {
    constexpr std::uint16_t resolution = 9, offset = 14;
    if (code == resolution && value.size() == 1) found.resolution = value[0];
    if (code != offset || value.size() != 8) return;
    const std::uint64_t first = numbers_.u32(value, 0), second = numbers_.u32(value, 4);
    found.offset = static_cast<std::int64_t>(numbers_.big_endian ? first << 32U | second
                                                                 : second << 32U | first);
  }

  base::Result<Step> read_packet(base::ByteView body, Packet& packet, bool old) {
    constexpr std::size_t fixed = 20;
    if (body.size() < fixed) return damaged("a packet's block breaks off");
    const std::size_t number = old ? numbers_.u16(body, 0) : numbers_.u32(body, 0);
    const std::uint64_t high = numbers_.u32(body, 4), low = numbers_.u32(body, 8);
    const std::size_t captured = numbers_.u32(body, 12);
    if (captured > body.size() - fixed) return damaged("a packet is longer than its block");
    if (captured > kMostPacket) return too_long(captured);
    // Of an interface that nobody described nothing can be read.
    if (number >= interfaces_.size()) return Step::other;
    packet.time = time_of(high << 32U | low, interfaces_[number]);
    packet.link = interfaces_[number].link;
    packet.octets = body.subspan(fixed, captured);
    packet.size = std::max<std::size_t>(numbers_.u32(body, 16), captured);
    return Step::packet;
  }

  // Without a time: that of the packet before it stands.
  base::Result<Step> read_simple(base::ByteView body, Packet& packet) const {
    constexpr std::size_t fixed = 4;
    if (body.size() < fixed) return damaged("a packet's block breaks off");
    if (interfaces_.empty()) return Step::other;
    const auto& where = interfaces_.front();
    packet.link = where.link;
    packet.size = numbers_.u32(body, 0);
    auto captured = std::min(packet.size, body.size() - fixed);
    if (where.snap_length != 0) captured = std::min<std::size_t>(captured, where.snap_length);
    if (captured > kMostPacket) return too_long(captured);
    packet.octets = body.subspan(fixed, captured);
    return Step::packet;
  }

  base::Result<Step> read_secrets(base::ByteView body, std::string_view& secrets) const {
    constexpr std::size_t fixed = 8;
    if (body.size() < fixed || numbers_.u32(body, 0) != kTlsKeyLog) return Step::other;
    const auto length = std::min<std::size_t>(numbers_.u32(body, 4), body.size() - fixed);
    secrets = base::text(body.subspan(fixed, length));
    return Step::secrets;
  }

  std::size_t most_block_;
  Wanted wanted_;
  Numbers numbers_;
  std::vector<Interface> interfaces_;
  bool described_ = false;  // an interface, in any section
};

}  // namespace

std::unique_ptr<Format> pcapng_format(std::size_t most_block, Wanted wanted) {
  return std::make_unique<Pcapng>(most_block, wanted);
}

}  // namespace sealtone::capture
