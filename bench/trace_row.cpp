// SPDX-License-Identifier: Apache-2.0
//
// bench/trace_row: handshakes read from a capture, beside tshark.
//
// The capture is the note's (examples/T28-https.pcap, two handshakes) over and over, each time with
// another address of the client.
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "bench/authority.h"
#include "bench/rows.h"
#include "capture/capture.h"
#include "capture/packets.h"
#include "support/process.h"

namespace sealtone::bench {
namespace {

constexpr std::size_t kEthernet = 14, kSource = kEthernet + 12, kDestination = kEthernet + 16,
                      kPorts = kEthernet + 20;

struct Frame {
  std::uint64_t micros;
  base::Bytes octets;
};

std::vector<Frame> template_frames() {
  capture::PacketFile file(value_of(capture::Source::open(SEALTONE_TRACE, false)), "template",
                           16'000'000);
  std::vector<Frame> frames;
  capture::Packet packet;
  for (;;) {
    std::string_view secrets;
    const auto step = value_of(file.next(packet, secrets));
    if (step == capture::Step::end) return frames;
    if (step != capture::Step::packet) continue;
    const auto micros = static_cast<std::uint64_t>(packet.time.time_since_epoch().count());
    frames.push_back({micros, {packet.octets.begin(), packet.octets.end()}});
    if (packet.link != 1) throw std::runtime_error("the template is no Ethernet");
  }
}

void put_little(std::string& to, std::uint64_t number, int octets) {
  for (int i = 0; i < octets; ++i) to.push_back(static_cast<char>(number >> (8 * i)));
}

// The server is where the first packet goes to; the client gets an address of its own.
void rewrite(base::Bytes& octets, const base::Bytes& first, std::uint32_t number) {
  const auto* server = first.data() + kPorts + 2;
  const bool to_server = std::equal(server, server + 2, octets.data() + kPorts + 2);
  const auto address = to_server ? kSource : kDestination;
  octets[address] = 10;
  octets[address + 1] = static_cast<std::uint8_t>(number >> 16U);
  octets[address + 2] = static_cast<std::uint8_t>(number >> 8U);
  octets[address + 3] = static_cast<std::uint8_t>(number);
}

std::string capture_of(const std::vector<Frame>& frames, int handshakes) {
  std::string file;
  put_little(file, 0xA1B2C3D4, 4);
  put_little(file, 0x00040002, 4);
  put_little(file, 0, 8);
  put_little(file, 262'144, 4);
  put_little(file, 1, 4);
  constexpr std::uint64_t million = 1'000'000, apart = 5'000;
  for (int i = 0; i < handshakes / 2; ++i) {
    for (const auto& frame : frames) {
      auto octets = frame.octets;
      rewrite(octets, frames.front().octets, static_cast<std::uint32_t>(i));
      const auto micros = frame.micros + static_cast<std::uint64_t>(i) * apart;
      put_little(file, micros / million, 4);
      put_little(file, micros % million, 4);
      put_little(file, octets.size(), 4);
      put_little(file, octets.size(), 4);
      file.append(reinterpret_cast<const char*>(octets.data()), octets.size());
    }
  }
  return file;
}

struct Read {
  int handshakes = 0;
  double most_kb = 0;  // of memory in use
};

Read read_capture(const std::filesystem::path& path) {
  auto reader = value_of(capture::Reader::open(path.string(), {}));
  Read read;
  const auto ended = [&](const capture::Connection& one) {
    if (one.record.handshake_done && !one.server_certificates.empty()) ++read.handshakes;
  };
  constexpr std::size_t share = 5'000;
  constexpr double octets_per_kb = 1'024;
  while (value_of(reader.read(share, ended))) {
    read.most_kb =
        std::max(read.most_kb, static_cast<double>(mallinfo2().uordblks) / octets_per_kb);
  }
  return read;
}

}  // namespace

void trace_row(const Scene& scene, Results& results) {
  const test::TempDir folder;
  const auto frames = template_frames();
  const int handshakes = scene.scale.count(10'000, 100);
  const auto file = folder.write("10000.pcap", capture_of(frames, handshakes));
  const auto ours = [&](int) {
    if (read_capture(file).handshakes != handshakes)
      throw std::runtime_error("handshakes are missing");
  };
  const auto tshark = [&](int) {
    test::run_ok({"sh", "-c",
                  "exec tshark -n -r " + file.string() +
                      " -Y tls.handshake -T fields -e ip.src -e tcp.srcport -e ip.dst"
                      " -e tcp.dstport -e tls.handshake.type -e tls.handshake.version"
                      " -e tls.handshake.ciphersuite -e tls.handshake.extensions_server_name"
                      " > /dev/null"});
  };
  Row row{"trace", "handshake read from a capture", "µs", {}, {}, {}};
  row.series = take_turns({{kOurs, ours, own_cpu}, {"tshark", tshark, cpu_of_children}},
                          {scene.scale.count(5, 1), 1});
  // Each turn reads the whole file.
  for (auto& series : row.series) {
    for (auto* value : {&series.spread.median, &series.spread.lowest, &series.spread.highest}) {
      *value /= handshakes;
    }
  }
  row.bars = {at_most(1.0 / 30, "tshark", row)};
  const auto longer = folder.write("40000.pcap", capture_of(frames, 4 * handshakes));
  const auto once = read_capture(file), four_times = read_capture(longer);
  row.notes = {
      fmt::format("the capture has {} handshakes; certificates are hashed, and decoded when "
                  "they are shown",
                  handshakes),
      fmt::format("while it is read at most {:.1f} MB are in use, {:.1f} MB for one that is "
                  "four times as long",
                  once.most_kb / 1'024, four_times.most_kb / 1'024)};
  results.add(row);
}

}  // namespace sealtone::bench
