// SPDX-License-Identifier: Apache-2.0
//
// capture/writer: see writer.h.
#include "capture/writer.h"

#include <algorithm>

#include "capture/packet_writer.h"

namespace sealtone::capture {
namespace {

// draft-ietf-opsawg-pcapng §4 and the registry of link types.
constexpr std::uint32_t kSectionBlock = 0x0A0D0D0A, kInterfaceBlock = 1, kPacketBlock = 6,
                        kSecretsBlock = 10;
constexpr std::uint32_t kByteOrderMagic = 0x1A2B3C4D;
constexpr std::uint32_t kTlsKeyLog = 0x544C534B;
constexpr std::uint16_t kRawIp = 101;
constexpr std::uint16_t kComment = 1, kApplicationName = 4, kTimeResolution = 9;
constexpr std::size_t kMostComment = 2'000;

// One block: its body, little-endian, as the section header's magic says.
class Block {
 public:
  explicit Block(std::uint32_t type) : type_(type) {}

  Block& number(std::uint64_t value, int octets) {
    for (int i = 0; i < octets; ++i) body_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    return *this;
  }
  Block& padded(base::ByteView octets) {
    body_.insert(body_.end(), octets.begin(), octets.end());
    while (body_.size() % 4 != 0) body_.push_back(0);
    return *this;
  }
  Block& option(std::uint16_t code, base::ByteView value) {
    number(code, 2).number(value.size(), 2);
    has_options_ = true;
    return padded(value);
  }
  void write_to(base::Bytes& file) {
    if (has_options_) number(0, 4);  // opt_endofopt
    const auto length = static_cast<std::uint32_t>(body_.size() + 12);
    Block frame(0);
    frame.number(type_, 4).number(length, 4).padded(body_).number(length, 4);
    file.insert(file.end(), frame.body_.begin(), frame.body_.end());
  }

 private:
  std::uint32_t type_;
  base::Bytes body_;
  bool has_options_ = false;
};

// A comment ends between characters, not within one.
std::string_view comment_of(std::string_view text) {
  if (text.size() <= kMostComment) return text;
  auto end = kMostComment;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  return text.substr(0, end);
}

void write_packet(base::Bytes& file, const WrittenPacket& packet) {
  const auto micros = static_cast<std::uint64_t>(packet.at.time_since_epoch().count());
  Block block(kPacketBlock);
  block
      .number(0, 4)  // the only interface
      .number(micros >> 32, 4)
      .number(micros, 4)
      .number(packet.octets.size(), 4)
      .number(packet.octets.size(), 4)
      .padded(packet.octets);
  if (!packet.comment.empty()) block.option(kComment, base::view(comment_of(packet.comment)));
  block.write_to(file);
}

}  // namespace

base::Bytes write_pcapng(std::span<const KeptConversation> conversations,
                         const std::string& application) {
  base::Bytes file;
  Block(kSectionBlock)
      .number(kByteOrderMagic, 4)
      .number(1, 2)  // version 1.0
      .number(0, 2)
      .number(~std::uint64_t{0}, 8)  // the section's length is not told
      .option(kApplicationName, base::view(application))
      .write_to(file);
  constexpr std::uint8_t microseconds = 6;
  Block(kInterfaceBlock)
      .number(kRawIp, 2)
      .number(0, 2)
      .number(0, 4)  // packets are whole
      .option(kTimeResolution, base::ByteView(&microseconds, 1))
      .write_to(file);
  // "Decryption Secrets Blocks … must appear before" the packets that need them (§4.7).
  for (const auto& one : conversations) {
    const auto key_log = one.key_log.view();
    if (key_log.empty()) continue;
    Block(kSecretsBlock)
        .number(kTlsKeyLog, 4)
        .number(key_log.size(), 4)
        .padded(key_log)
        .write_to(file);
  }
  std::vector<WrittenPacket> packets;
  for (const auto& one : conversations) {
    std::ranges::move(packets_of(one), std::back_inserter(packets));
  }
  std::ranges::stable_sort(packets, {}, &WrittenPacket::at);
  for (const auto& packet : packets) write_packet(file, packet);
  return file;
}

}  // namespace sealtone::capture
