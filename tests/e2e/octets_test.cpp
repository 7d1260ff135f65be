// SPDX-License-Identifier: Apache-2.0
//
// What went over the wire, as the phone writes it, is what Wireshark reads: with the session keys
// all that was said, without them none of it.
#include <gmock/gmock.h>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kMac = "001565000001";

// tshark's fields of the frames that pass the filter, a line a frame.
std::string fields(const std::filesystem::path& file, const std::string& filter,
                   const Arguments& names, std::uint16_t port) {
  Arguments command{"tshark",
                    "-r",
                    file.string(),
                    "-o",
                    "tcp.check_checksum:TRUE",
                    "-o",
                    "ip.check_checksum:TRUE",
                    "-d",
                    "tls.port==" + std::to_string(port) + ",http",
                    "-Y",
                    filter,
                    "-T",
                    "fields"};
  for (const auto& name : names) command.insert(command.end(), {"-e", name});
  return run_ok(std::move(command));
}

class OctetsOnTheWire : public testing::TestWithParam<const char*> {
 protected:
  // 1.2 or 1.3.
  static std::string version() { return GetParam(); }

  std::filesystem::path save(const PhoneUnderTest& phone, const std::string& name,
                             Arguments arguments) {
    const auto file = folder_.path() / (name + ".pcapng");
    arguments.insert(arguments.begin(), {"connections", "save"});
    arguments.push_back(file.string());
    const auto saved = phone.command(arguments);
    EXPECT_EQ(saved.status, 0) << saved.err;
    EXPECT_THAT(unwrapped(saved.out), HasSubstr("The file holds "));
    EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
    return file;
  }
  void fetch_from_the_page(const PhoneUnderTest& phone) {
    run_ok({"curl", "-sk", "--tls-max", version(), phone.page() + "api/session"});
  }
  // Once the record of the page's connection is stored.
  static std::string id_of(const PhoneUnderTest& phone, const std::string& service) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < end) {
      const auto listed = phone.ask({"connections"});
      for (const auto& row : listed.at("connections")) {
        if (row.at("service") == service) return std::to_string(row.at("id").get<int>());
      }
    }
    throw std::runtime_error("no such connection was stored");
  }

  Certificates certificates_;
  TempDir folder_;
};

TEST_P(OctetsOnTheWire, AreDecryptedByTsharkWithTheKeysAndWithoutThemAreNot) {
  PhoneUnderTest phone;
  fetch_from_the_page(phone);
  const auto id = id_of(phone, "page");
  const auto with = save(phone, "with", {id, "--with-keys"});
  const auto without = save(phone, "without", {id});
  // Finished and the request are encrypted in both versions.
  const auto asked = [&](const auto& file) {
    return fields(file, "http.request", {"http.request.uri"}, phone.port());
  };
  const auto finished = [&](const auto& file) {
    return fields(file, "tls.handshake.type == 20", {"tcp.dstport"}, phone.port());
  };
  EXPECT_EQ(asked(with), "/api/session\n");
  EXPECT_EQ(asked(without), "");
  EXPECT_THAT(finished(with), HasSubstr(std::to_string(phone.port()) + "\n"));
  EXPECT_EQ(std::ranges::count(finished(with), '\n'), 2);
  EXPECT_EQ(finished(without), "");
  // Both are a proper connection: checksums, sequence numbers, beginning and end.
  for (const auto& file : {with, without}) {
    const auto all = [&](const std::string& filter) {
      return fields(file, filter, {"frame.number"}, phone.port());
    };
    EXPECT_THAT(all("tcp.checksum.status == 0 || ip.checksum.status == 0"), IsEmpty());
    EXPECT_THAT(all("tcp.analysis.flags || _ws.malformed"), IsEmpty());
    EXPECT_THAT(all("tcp.flags.syn == 1 && tcp.flags.ack == 0"), StartsWith("1\n"));
    EXPECT_THAT(all("tcp.flags.fin == 1"), Not(IsEmpty()));
    EXPECT_THAT(fields(file, "tls.handshake.type == 1", {"ip.src", "tcp.dstport"}, phone.port()),
                HasSubstr("127.0.0.1\t" + std::to_string(phone.port())));
    EXPECT_THAT(fields(file, "frame.number == 1", {"frame.comment"}, phone.port()),
                HasSubstr("page, 127.0.0.1: this end was the server."));
  }
}

TEST_P(OctetsOnTheWire, OfProvisioningAndThePageAreOneFileWithTheKeysOfAll) {
  const auto root = certificates_.root();
  Nginx::Options options;
  options.server = nginx_identity(certificates_.server(root)) + "ssl_protocols TLSv" + version() +
                   "; location / { return 404; }";
  const Nginx nginx(options);
  PhoneUnderTest phone({"--mac", kMac}, {root.certificate});
  phone.set("static.auto_provision.server.url",
            "https://localhost:" + std::to_string(nginx.port()) + "/");
  (void)phone.provision();
  fetch_from_the_page(phone);
  (void)id_of(phone, "page");
  const auto file = save(phone, "all", {"--all", "--with-keys"});
  EXPECT_THAT(fields(file, "http.request", {"http.request.uri"}, nginx.port()),
              HasSubstr("/y000000000000.cfg\n"));
  const auto to_the_page = "http.request && tcp.dstport == " + std::to_string(phone.port());
  EXPECT_EQ(fields(file, to_the_page, {"http.request.uri"}, phone.port()), "/api/session\n");
  const auto one = save(phone, "one", {id_of(phone, "provisioning")});
  EXPECT_THAT(fields(one, "tls.handshake.type == 2", {"tcp.srcport"}, nginx.port()),
              StartsWith(std::to_string(nginx.port())));
}

INSTANTIATE_TEST_SUITE_P(, OctetsOnTheWire, testing::Values("1.2", "1.3"),
                         [](const auto& info) { return info.index == 0 ? "Tls12" : "Tls13"; });

TEST(SavingOctets, WarnsAndTellsTheLogThatKeysWereGivenAway) {
  const TempDir folder;
  PhoneUnderTest phone;
  run_ok({"curl", "-sk", phone.page() + "api/session"});
  const auto with = (folder.path() / "with.pcapng").string();
  const auto saved = phone.command({"connections", "save", "--all", with, "--with-keys"});
  EXPECT_EQ(saved.status, 0) << saved.err;
  EXPECT_THAT(saved.err, HasSubstr("whoever reads " + with + " will read all that was said"));
  EXPECT_THAT(unwrapped(saved.out), HasSubstr("delete it when it has served"));
  const auto without = (folder.path() / "without.pcapng").string();
  const auto quiet = phone.command({"connections", "save", "--all", without});
  EXPECT_EQ(quiet.err, "");
  EXPECT_THAT(unwrapped(quiet.out), HasSubstr("Without the session keys nobody reads in it"));
  EXPECT_THAT(read_text(with), HasSubstr("CLIENT_TRAFFIC_SECRET_0 "));
  EXPECT_THAT(read_text(without), Not(HasSubstr("SECRET")));
  EXPECT_EQ(phone.process().stop(), 0);
  EXPECT_THAT(phone.process().err(),
              HasSubstr("the octets of 1 connection were given away with their session keys "
                        "(command line)"));
}

// What --all writes is listed, shown and saved one by one, too, also where a later connection of
// the same client took its place.
TEST(SavingOctets, KnowsEachByItsNumberAlsoTheEarlierOnes) {
  const TempDir folder;
  PhoneUnderTest phone;
  const auto listed = [&](const char* which) {
    const auto answer = phone.command({"connections", "--json"});
    return nlohmann::json::parse(answer.out).at(which);
  };
  constexpr std::size_t visits = 3;
  for (std::size_t i = 1; i <= visits; ++i) {
    run_ok({"curl", "-sk", phone.page() + "api/session"});
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (listed("earlier").size() + 1 < i) {
      ASSERT_LT(std::chrono::steady_clock::now(), until) << "visit " << i << " is not listed";
    }
  }
  const auto earlier = listed("earlier");
  ASSERT_EQ(earlier.size(), visits - 1);
  EXPECT_EQ(listed("connections").size(), 1U);
  EXPECT_THAT(phone.command({"connections"}).out,
              HasSubstr("Earlier ones, whose octets are kept:"));
  for (const auto& row : earlier) {
    const auto id = std::to_string(row.at("id").get<int>());
    EXPECT_EQ(row.at("octets_kept"), true);
    const auto shown = phone.command({"connections", id});
    EXPECT_EQ(shown.status, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("ClientHello"));
    const auto file = (folder.path() / (id + ".pcapng")).string();
    EXPECT_EQ(phone.command({"connections", "save", id, file}).status, 0);
    EXPECT_NE(read_text(file), "");
  }
}

// Nothing is given away for a file that cannot be written.
TEST(SavingOctets, AsksForNothingWhereTheFileCannotBe) {
  const TempDir folder;
  PhoneUnderTest phone;
  run_ok({"curl", "-sk", phone.page() + "api/session"});
  const auto nowhere = (folder.path() / "no-folder" / "all.pcapng").string();
  const auto refused = phone.command({"connections", "save", "--all", nowhere});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr(nowhere + ": it cannot be written"));
  EXPECT_EQ(phone.process().stop(), 0);
  EXPECT_THAT(phone.process().err(), Not(HasSubstr("given away")));
}

TEST(SavingOctets, SaysSoWhereThereAreNoneAndWritesNothing) {
  const TempDir folder;
  const auto file = (folder.path() / "octets.pcapng").string();
  std::filesystem::path state = folder.path() / "state";
  {
    auto phone = PhoneUnderTest::on(state);
    run_ok({"curl", "-sk", phone.page() + "api/session"});
    const auto none = phone.command({"connections", "save", "99", file});
    EXPECT_EQ(none.status, 2);
    EXPECT_EQ(phone.process().stop(), 0);
  }
  // The phone has stopped, and knows its connections all the same.
  const auto listed = sealtone_json({"connections", "--state", state.string()});
  const auto id = listed.at("connections").at(0).at("id").get<int>();
  const auto gone =
      sealtone({"connections", "save", std::to_string(id), file, "--state", state.string()});
  EXPECT_EQ(gone.status, 2);
  EXPECT_THAT(gone.err, HasSubstr("is known, but its octets are no longer kept"));
  const auto mistyped = sealtone({"connections", "save", "one", file, "--state", state.string()});
  EXPECT_EQ(mistyped.status, 2);
  EXPECT_THAT(mistyped.err, HasSubstr("is no number"));
  EXPECT_FALSE(std::filesystem::exists(file));
  write_text(file, "mine");
  EXPECT_EQ(sealtone({"connections", "save", "--all", file, "--state", state.string()}).status, 2);
  EXPECT_EQ(read_text(file), "mine");
}

TEST_P(OctetsOnTheWire, OfACheckAreWrittenWhereItIsAskedFor) {
  const auto root = certificates_.root();
  Nginx::Options options;
  options.server = nginx_identity(certificates_.server(root)) + "ssl_protocols TLSv" + version() +
                   "; location / { return 404; }";
  const Nginx nginx(options);
  const auto server = "localhost:" + std::to_string(nginx.port());
  const auto check = [&](const std::string& target, const std::string& name, Arguments further) {
    const auto file = folder_.path() / name;
    further.insert(further.begin(), {"check", target, "--trust", root.certificate.string(),
                                     "--capture", file.string()});
    const auto done = sealtone(further);
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_THAT(unwrapped(done.out),
                HasSubstr(file.string() + " was written. The file holds 1 connection, "));
    return file;
  };
  const auto asked = [&](const auto& file) {
    return fields(file, "http.request", {"http.request.uri"}, nginx.port());
  };
  EXPECT_EQ(asked(check("https://" + server + "/phones/", "with", {"--with-keys"})), "/phones/\n");
  const auto without = check("https://" + server + "/phones/", "without", {});
  EXPECT_EQ(asked(without), "");
  const auto handshake = check(server, "handshake", {"--with-keys"});
  EXPECT_EQ(std::ranges::count(
                fields(handshake, "tls.handshake.type == 20", {"tcp.dstport"}, nginx.port()), '\n'),
            2);
  EXPECT_EQ(sealtone({"check", server, "--trust", root.certificate.string(), "--capture",
                      without.string()})
                .status,
            2);  // never over another file
}

}  // namespace
}  // namespace sealtone::test
