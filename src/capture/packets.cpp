// SPDX-License-Identifier: Apache-2.0
#include "capture/packets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sealtone::capture {
namespace {

struct OtherFile {
  std::string_view begins, what;
};
constexpr auto kOtherFiles = std::to_array<OtherFile>({
    {"\x1F\x8B", "it is compressed by gzip: run gunzip over it first"},
    {"\x28\xB5\x2F\xFD", "it is compressed by zstd: run unzstd over it first"},
    {"\xFD"
     "7zXZ",
     "it is compressed by xz: run unxz over it first"},
    {"PK\x03\x04", "it is a ZIP file: unpack it first"},
    {"snoop", "it is a capture of Solaris' snoop: convert it by Wireshark's editcap first"},
    {"RTSS",
     "it is a capture of Microsoft's Network Monitor: convert it by Wireshark's editcap "
     "first"},
    {"GMBU",
     "it is a capture of Microsoft's Network Monitor: convert it by Wireshark's editcap "
     "first"},
    {"-----BEGIN", "it is a PEM file, as certificates and keys are in"},
});

std::string what_it_is(base::ByteView first) {
  const auto text = base::text(first);
  for (const auto& known : kOtherFiles) {
    if (text.starts_with(known.begins)) return std::string(known.what);
  }
  const bool words = std::ranges::all_of(first, [](std::uint8_t octet) {
    return octet == '\t' || octet == '\n' || octet == '\r' || (octet >= 0x20 && octet < 0x7F);
  });
  return words ? "it is text, not a capture (pcap or pcapng)"
               : "it is no capture (neither pcap nor pcapng)";
}

// Usual, with nanoseconds, Alexey Kuznetzov's.
constexpr std::array<std::uint32_t, 3> kPcapMagics{0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34};

}  // namespace

std::unexpected<base::Error> cut_within_header() {
  return base::fail(base::ErrorCode::bad_input, {},
                    "it ends within its file header, before any packet: take the capture anew");
}

std::uint16_t Numbers::u16(base::ByteView octets, std::size_t at) const {
  const unsigned first = octets[at], second = octets[at + 1];
  return static_cast<std::uint16_t>(big_endian ? first << 8U | second : second << 8U | first);
}

std::uint32_t Numbers::u32(base::ByteView octets, std::size_t at) const {
  const std::uint32_t first = u16(octets, at), second = u16(octets, at + 2);
  return big_endian ? first << 16U | second : second << 16U | first;
}

std::chrono::sys_time<std::chrono::microseconds> packet_time(std::uint64_t seconds,
                                                             std::uint32_t micros) {
  constexpr std::uint64_t last = 253'402'300'799;  // 9999-12-31T23:59:59Z
  const std::chrono::seconds whole(static_cast<std::int64_t>(std::min(seconds, last)));
  return std::chrono::sys_time<std::chrono::microseconds>(whole) +
         std::chrono::microseconds(std::min<std::uint32_t>(micros, 999'999));
}

PacketFile::PacketFile(Source source, std::string name, std::size_t most_block, Wanted wanted)
    : source_(std::move(source)),
      name_(std::move(name)),
      most_block_(most_block),
      wanted_(wanted) {}

base::Result<Step> PacketFile::recognise() {
  constexpr std::size_t magic = 4;
  const auto state = source_.need(magic);
  if (state == Source::State::wait) return Step::wait;
  const auto there = source_.view();
  if (state == Source::State::end) {
    if (!source_.problem().empty()) {
      return base::fail(base::ErrorCode::io, name_, source_.problem());
    }
    return base::fail(base::ErrorCode::bad_input, name_,
                      there.empty() ? "it is empty, and no capture" : what_it_is(there));
  }
  constexpr std::uint32_t section_header = 0x0A0D0D0A;
  const auto number = Numbers{}.u32(there, 0);
  if (number == section_header) {
    format_ = pcapng_format(most_block_, wanted_);
    may_hold_secrets_ = true;
    return Step::other;
  }
  for (const auto known : kPcapMagics) {
    if (number == known || Numbers{true}.u32(there, 0) == known) format_ = pcap_format();
  }
  if (format_) return Step::other;
  return base::fail(base::ErrorCode::bad_input, name_,
                    what_it_is(there.first(std::min<std::size_t>(there.size(), 64))));
}

base::Result<Step> PacketFile::next(Packet& packet, std::string_view& secrets) {
  if (!format_) return recognise();
  auto step = format_->next(source_, packet, secrets);
  if (!step) step.error().where = name_;
  return step;
}

}  // namespace sealtone::capture
