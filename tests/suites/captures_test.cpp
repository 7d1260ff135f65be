// SPDX-License-Identifier: Apache-2.0
//
// Captures of other people (tests/data/pcaps), read by the room capture: each TLS connection is
// seen as tshark sees it, but for what trace_disagreements.tsv lists, with who is right and why;
// and each packet is libpcap's.  docs/trace-conformance.md tells the same.
//
// SEALTONE_WRITE_PAGE=yes writes the page's part anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pcap/pcap.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "capture/capture.h"
#include "capture/packets.h"
#include "handshake/names.h"
#include "suites/page.h"
#include "support/process.h"

namespace sealtone::test {
namespace {

using capture::Connection;
using nlohmann::json;

const std::filesystem::path& folder() {
  static const TempDir unpacked;
  static const bool done = [] {
    run_ok({"tar", "-xJf", std::string(SEALTONE_TEST_DATA) + "/pcaps/captures.tar.xz", "-C",
            unpacked.path().string()});
    return true;
  }();
  (void)done;
  static const auto path = unpacked.path();
  return path;
}

const json& tshark_view() {
  static const json view = json::parse(read_text(folder() / "tshark.json"));
  return view;
}

std::vector<Connection> ours(const std::filesystem::path& file) {
  std::vector<Connection> all;
  auto reader = capture::Reader::open(file.string(), {});
  if (!reader) return all;
  const auto ended = [&](Connection one) { all.push_back(std::move(one)); };
  for (bool more = true; more;) {
    const auto step = reader->read(1'000, ended);
    more = step && *step;  // a damaged file gives what stands before the damage
  }
  std::ranges::sort(all, {}, &Connection::number);
  return all;
}

std::string hex(std::optional<std::uint16_t> number) {
  if (!number) return "none";
  std::array<char, 8> text{};
  (void)std::snprintf(text.data(), text.size(), "0x%04x", unsigned{*number});
  return text.data();
}

std::optional<std::uint16_t> number_in(const json& value) {
  if (value.is_null()) return std::nullopt;
  return value.get<std::uint16_t>();
}

std::vector<std::string> hashes(const std::vector<crypto::Sha256>& list) {
  std::vector<std::string> text;
  for (const auto& one : list) text.push_back(base::hex(one));
  return text;
}

std::string alerts_of(const handshake::HandshakeRecord& record) {
  std::string text;
  for (const auto& alert : record.alerts) {
    const bool client = alert.direction == handshake::Direction::sent;
    text += std::string(text.empty() ? "" : ", ") + (client ? "client " : "server ") +
            std::to_string(alert.description);
  }
  return text.empty() ? "none" : text;
}

std::string alerts_of(const json& theirs) {
  std::string text;
  for (const auto& alert : theirs["alerts"]) {
    text += std::string(text.empty() ? "" : ", ") + alert[0].get<std::string>() + " " +
            std::to_string(alert[1].get<int>());
  }
  return text.empty() ? "none" : text;
}

// What differs: ours first.
std::vector<std::string> differences(const Connection& one, const json& theirs) {
  std::vector<std::string> found;
  const auto compare = [&](const std::string& what, const std::string& our,
                           const std::string& their) {
    if (our != their) found.push_back(what + ": " + our + ", tshark " + their);
  };
  const auto& record = one.record;
  if (!theirs["client"].is_null()) {
    compare("client", one.client.text(), theirs["client"].get<std::string>());
  }
  compare("version", hex(record.version()), hex(number_in(theirs["version"])));
  const auto suite =
      record.server_hello ? std::optional(record.server_hello->cipher_suite) : std::nullopt;
  compare("cipher suite", hex(suite), hex(number_in(theirs["cipher"])));
  compare("server's name", record.client_hello ? record.client_hello->server_name : "",
          theirs["sni"].get<std::string>());
  compare("alerts", alerts_of(record), alerts_of(theirs));
  const auto certificates = [&](const std::string& whose, const std::vector<std::string>& our) {
    const auto their = theirs[whose + "_certificates"].get<std::vector<std::string>>();
    if (our == their) return;
    const auto same_count = our.size() == their.size();
    found.push_back(whose + "'s certificates: " + std::to_string(our.size()) + ", tshark " +
                    std::to_string(their.size()) + (same_count ? ", others" : ""));
  };
  certificates("server", hashes(one.server_certificates));
  certificates("client", hashes(one.client_certificates));
  return found;
}

// "FILE\tCONNECTION\tWHAT"
std::vector<std::string> all_differences() {
  std::vector<std::string> found;
  for (const auto& [file, view] : tshark_view().items()) {
    auto mine = ours(folder() / file);
    for (const auto& theirs : view["connections"]) {
      const auto same = std::ranges::find_if(mine, [&](const Connection& one) {
        std::vector<std::string> ends{one.client.text(), one.server.text()};
        std::ranges::sort(ends);
        return ends == theirs["ends"].get<std::vector<std::string>>();
      });
      if (same == mine.end()) {
        const auto ends = theirs["ends"].get<std::vector<std::string>>();
        found.push_back(file + "\t" + ends[0] + " – " + ends[1] + "\tno connection, tshark " +
                        std::to_string(theirs["records"].get<int>()) + " records");
        continue;
      }
      for (const auto& what : differences(*same, theirs)) {
        found.push_back(file + "\t" + same->client.text() + " → " + same->server.text() + "\t" +
                        what);
      }
      mine.erase(same);
    }
    for (const auto& one : mine) {
      found.push_back(file + "\t" + one.client.text() + " → " + one.server.text() +
                      "\ta connection, tshark none");
    }
    if (const int elsewhere = view["elsewhere"].get<int>(); elsewhere > 0) {
      found.push_back(file + "\t–\tnone but in TCP, tshark " + std::to_string(elsewhere) +
                      " handshake messages elsewhere");
    }
  }
  std::ranges::sort(found);
  return found;
}

struct Listed {
  std::string difference, reason;
};

// A line: file, connection, difference, who is right and why; a reason of = is that of the line
// above.
std::vector<Listed> listed() {
  std::ifstream file(std::filesystem::path(std::getenv("SEALTONE_SOURCE")) /
                     "tests/suites/trace_disagreements.tsv");
  std::vector<Listed> all;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto last = line.rfind('\t');
    auto reason = line.substr(last + 1);
    if (reason == "=") reason = all.at(all.size() - 1).reason;
    all.push_back({line.substr(0, last), reason});
  }
  return all;
}

TEST(Captures, AreSeenAsTsharkSeesThemButForTheListedDifferences) {
  std::vector<std::string> expected;
  for (const auto& one : listed()) expected.push_back(one.difference);
  std::ranges::sort(expected);
  const auto found = all_differences();
  for (const auto& one : found) {
    EXPECT_TRUE(std::ranges::count(expected, one) > 0) << "not listed: " << one;
  }
  for (const auto& one : expected) {
    EXPECT_TRUE(std::ranges::count(found, one) > 0) << "listed, and there is none: " << one;
  }
  EXPECT_EQ(found.size(), expected.size());
}

std::string part_of_the_page() {
  std::size_t connections = 0, certificates = 0;
  for (const auto& [file, view] : tshark_view().items()) {
    connections += view["connections"].size();
    for (const auto& one : view["connections"]) {
      certificates += one["server_certificates"].size() + one["client_certificates"].size();
    }
  }
  std::ostringstream out;
  out << "Of " << tshark_view().size() << " captures tshark sees " << connections
      << " connections with " << certificates
      << " certificates. These are seen otherwise, everything else alike:\n\n"
      << "| capture | connection | what: ours, tshark's | who is right, and why |\n"
      << "|---|---|---|---|\n";
  for (const auto& one : listed()) {
    std::istringstream fields(one.difference);
    std::string field;
    while (std::getline(fields, field, '\t')) out << "| " << field << " ";
    out << "| " << one.reason << " |\n";
  }
  return out.str();
}

TEST(Captures, AreDescribedByThePage) {
  const auto path =
      std::filesystem::path(std::getenv("SEALTONE_SOURCE")) / "docs/trace-conformance.md";
  const auto page = read_text(path);
  const auto right = with_part(page, "captures", part_of_the_page());
  if (std::getenv("SEALTONE_WRITE_PAGE") != nullptr) std::ofstream(path) << right;
  EXPECT_EQ(page, right) << "SEALTONE_WRITE_PAGE=yes writes it anew";
}

// "TIME CAPTURED SIZE SHA-256": of each packet, and how it ended.
std::vector<std::string> packets_of(const std::filesystem::path& file) {
  std::vector<std::string> all;
  capture::PacketFile packets(capture::Source::open(file.string(), false).value(), "it",
                              16'000'000);
  capture::Packet packet;
  for (;;) {
    std::string_view secrets;
    const auto step = packets.next(packet, secrets);
    if (!step || *step == capture::Step::end) return all;
    if (*step == capture::Step::cut) return all;
    if (*step != capture::Step::packet) continue;
    all.push_back(std::to_string(packet.time.time_since_epoch().count()) + " " +
                  std::to_string(packet.octets.size()) + " " + std::to_string(packet.size) + " " +
                  base::hex(crypto::sha256(packet.octets)));
  }
}

TEST(Captures, HaveThePacketsThatLibpcapFindsInThem) {
  for (const auto& [file, view] : tshark_view().items()) {
    std::array<char, PCAP_ERRBUF_SIZE> problem{};
    auto* opened = pcap_open_offline((folder() / file).c_str(), problem.data());
    ASSERT_NE(opened, nullptr) << file << ": " << problem.data();
    std::vector<std::string> theirs;
    pcap_pkthdr* header = nullptr;
    const u_char* octets = nullptr;
    while (pcap_next_ex(opened, &header, &octets) == 1) {
      const auto micros =
          static_cast<long long>(header->ts.tv_sec) * 1'000'000 + header->ts.tv_usec;
      theirs.push_back(std::to_string(micros) + " " + std::to_string(header->caplen) + " " +
                       std::to_string(header->len) + " " +
                       base::hex(crypto::sha256({octets, header->caplen})));
    }
    pcap_close(opened);
    EXPECT_EQ(packets_of(folder() / file), theirs) << file;
  }
}

}  // namespace
}  // namespace sealtone::test
