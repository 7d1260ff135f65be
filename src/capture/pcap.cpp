// SPDX-License-Identifier: Apache-2.0
//
// capture/pcap: the older kind of file: one header, then packets of one link type.
#include <fmt/format.h>

#include "capture/packets.h"

namespace sealtone::capture {
namespace {

constexpr std::uint32_t kUsual = 0xA1B2C3D4, kNanoseconds = 0xA1B23C4D, kKuznetzov = 0xA1B2CD34;
constexpr std::size_t kFileHeader = 24, kPacketHeader = 16;

Step ended(Source& source) { return source.view().empty() ? Step::end : Step::cut; }

class Pcap final : public Format {
 public:
  base::Result<Step> next(Source& source, Packet& packet, std::string_view&) override {
    if (!began_) return header(source);
    const auto state = source.need(header_size_);
    if (state == Source::State::wait) return Step::wait;
    if (state == Source::State::end) return ended(source);
    const auto head = source.view();
    std::size_t captured = numbers_.u32(head, 8), size = numbers_.u32(head, 12);
    if (swapped(captured, size)) std::swap(captured, size);
    if (captured > kMostPacket) {
      return base::fail(base::ErrorCode::bad_input, {},
                        fmt::format("a packet of {} octets is said to follow, and {} are the most: "
                                    "the file is damaged from here on",
                                    captured, kMostPacket));
    }
    const auto body = source.need(header_size_ + captured);
    if (body == Source::State::wait) return Step::wait;
    if (body == Source::State::end) return Step::cut;
    const auto octets = source.view();
    const auto fraction = numbers_.u32(octets, 4);
    constexpr std::uint32_t thousand = 1'000;
    packet.time = packet_time(numbers_.u32(octets, 0), nano_ ? fraction / thousand : fraction);
    packet.link = link_;
    packet.octets = octets.subspan(header_size_, captured);
    packet.size = std::max(size, captured);
    source.pass(header_size_ + captured);
    return Step::packet;
  }

 private:
  base::Result<Step> header(Source& source) {
    const auto state = source.need(kFileHeader);
    if (state == Source::State::wait) return Step::wait;
    if (state == Source::State::end) return cut_within_header();
    const auto head = source.view();
    numbers_.big_endian = false;
    auto magic = numbers_.u32(head, 0);
    if (magic != kUsual && magic != kNanoseconds && magic != kKuznetzov) {
      numbers_.big_endian = true;
      magic = numbers_.u32(head, 0);
    }
    const auto major = numbers_.u16(head, 4), minor = numbers_.u16(head, 6);
    nano_ = magic == kNanoseconds;
    // The packet headers of Alexey Kuznetzov's libpcap are longer.
    constexpr std::size_t more = 8;
    if (magic == kKuznetzov) header_size_ += more;
    // Before version 2.3 the two lengths stood the other way round, in 2.3 either way; version 543
    // is DG/UX's.
    constexpr std::uint16_t two = 2, three = 3, dg_ux = 543;
    always_swapped_ = (major == two && minor < three) || major == dg_ux;
    perhaps_swapped_ = major == two && minor == three;
    link_ = numbers_.u32(head, 20) & 0xFFFFU;  // above it: the length of a frame check sequence
    began_ = true;
    source.pass(kFileHeader);
    return Step::other;
  }

  [[nodiscard]] bool swapped(std::size_t captured, std::size_t size) const {
    return always_swapped_ || (perhaps_swapped_ && captured > size);
  }

  Numbers numbers_;
  bool began_ = false, nano_ = false, always_swapped_ = false, perhaps_swapped_ = false;
  std::size_t header_size_ = kPacketHeader;
  std::uint32_t link_ = 0;
};

}  // namespace

std::unique_ptr<Format> pcap_format() { return std::make_unique<Pcap>(); }

}  // namespace sealtone::capture
