// SPDX-License-Identifier: Apache-2.0
//
// capture/packets: the packets of a capture file, one after the other, as they were captured.
//
// Source: draft-ietf-opsawg-pcap-04 and the older forms that libpcap reads (sf-pcap.c),
// draft-ietf-opsawg-pcapng-02.  Interfaces of one pcapng file may differ in everything.
// Units: octets; UTC, microseconds.  Errors: bad_input: no capture, or not from here on, or cut
// within its file header; the detail says what it is instead.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "capture/source.h"

namespace sealtone::capture {

// libpcap's MAXIMUM_SNAPLEN: what says that it is longer is no packet.
inline constexpr std::size_t kMostPacket = 262'144;

struct Packet {
  std::chrono::sys_time<std::chrono::microseconds> time;
  std::uint32_t link = 0;  // LINKTYPE_… of https://www.tcpdump.org/linktypes.html
  base::ByteView octets;   // good until the next one
  std::size_t size = 0;    // on the wire
};

// What stands at the next place of the file.
enum class Step {
  packet,
  secrets,  // text of a key log
  other,    // something that need not be read
  wait,     // nothing more by now
  end,
  cut,  // the end, within a packet
};

// One kind of file.
class Format {
 public:
  Format() = default;
  Format(const Format&) = delete;
  Format& operator=(const Format&) = delete;
  virtual ~Format() = default;
  virtual base::Result<Step> next(Source& source, Packet& packet, std::string_view& secrets) = 0;
};
// What ends there tells nothing, not even of what kind its packets are.
[[nodiscard]] std::unexpected<base::Error> cut_within_header();
[[nodiscard]] std::unique_ptr<Format> pcap_format();
enum class Wanted { all, secrets };  // secrets: what is no key log is passed over
[[nodiscard]] std::unique_ptr<Format> pcapng_format(std::size_t most_block,
                                                    Wanted wanted = Wanted::all);

class PacketFile {
 public:
  // A block that is longer than most_block holds no packet, and a key log of that length is left
  // out.
  PacketFile(Source source, std::string name, std::size_t most_block, Wanted wanted = Wanted::all);

  // Which kind of file it is; next() does so, too.
  [[nodiscard]] base::Result<Step> recognise();
  [[nodiscard]] base::Result<Step> next(Packet& packet, std::string_view& secrets);
  // Of a kind that may hold secrets; known as soon as the kind is.
  [[nodiscard]] bool may_hold_secrets() const { return may_hold_secrets_; }

 private:
  Source source_;
  std::string name_;
  std::size_t most_block_;
  Wanted wanted_;
  bool may_hold_secrets_ = false;
  std::unique_ptr<Format> format_;
};

// Numbers as the file's writer had them.
struct Numbers {
  bool big_endian = false;
  [[nodiscard]] std::uint16_t u16(base::ByteView octets, std::size_t at) const;
  [[nodiscard]] std::uint32_t u32(base::ByteView octets, std::size_t at) const;
};

// No time of a packet lies before 1970 or behind the year 9999.
[[nodiscard]] std::chrono::sys_time<std::chrono::microseconds> packet_time(std::uint64_t seconds,
                                                                           std::uint32_t micros);

}  // namespace sealtone::capture
