// SPDX-License-Identifier: Apache-2.0
//
// phone/octets: what went over the wire is given away as a capture file, as long as it is kept.
#include <algorithm>

#include "phone/fixture.h"
#include "phone/octets.h"

namespace sealtone::phone {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kPcapng = "\x0A\x0D\x0D\x0A";

class Octets : public PhoneTest {
 protected:
  // Of the newest connection that is stored for the service.
  static std::int64_t stored(Running& phone, const std::string& service) {
    const auto end = std::chrono::steady_clock::now() + test::kPatience;
    while (std::chrono::steady_clock::now() < end) {
      const auto rows = phone.finish(phone.phone().connections()).value();
      const auto found = std::ranges::find(rows, service, &store::ConnectionRow::service);
      if (found != rows.end()) return found->id;
      std::this_thread::yield();
    }
    throw std::runtime_error("no connection was stored");
  }
  // That row is written anew, under another number, when the connection ends.
  static std::pair<std::int64_t, base::Result<admin::SavedOctets>> save_stored(
      Running& phone, const std::string& service) {
    const auto end = std::chrono::steady_clock::now() + test::kPatience;
    for (;;) {
      const auto id = stored(phone, service);
      auto saved = save(phone, id, false);
      const bool over = std::chrono::steady_clock::now() > end;
      if (saved && stored(phone, service) == id) return {id, std::move(saved)};
      if (over) return {id, std::move(saved)};
    }
  }
  static base::Result<admin::SavedOctets> save(Running& phone, std::optional<std::int64_t> id,
                                               bool with_keys) {
    admin::SaveOctets wanted{.connection = id, .with_keys = with_keys, .who = "test"};
    return phone.finish(phone.phone().save_octets(std::move(wanted)));
  }
};

TEST_F(Octets, OfAVisitorAreGivenWithKeysOrWithout) {
  auto& phone = start();
  curl({phone.page() + "api/session"});
  const auto [id, without] = save_stored(phone, "page");
  ASSERT_TRUE(without) << base::to_string(without.error());
  EXPECT_TRUE(phone.on_loop([&, id = id] { return phone.phone().octets_kept(id); }));
  EXPECT_THAT(without->file, StartsWith(kPcapng));
  EXPECT_THAT(without->file, HasSubstr("page, 127.0.0.1: this end was the server."));
  EXPECT_THAT(without->file, Not(HasSubstr("TRAFFIC_SECRET")));
  EXPECT_THAT(without->says, HasSubstr("The file holds 1 connection, "));
  EXPECT_THAT(without->says, HasSubstr("Without the session keys"));
  const auto with = save(phone, id, true);
  ASSERT_TRUE(with);
  EXPECT_THAT(with->file, HasSubstr("SERVER_HANDSHAKE_TRAFFIC_SECRET "));
  EXPECT_THAT(with->says, HasSubstr("passwords as well"));
  // What is asked in the clear is not in the clear there.
  EXPECT_THAT(with->file, Not(HasSubstr("api/session")));
}

TEST_F(Octets, OfAllConnectionsAreOneFile) {
  auto& phone = start();
  EXPECT_EQ(save(phone, std::nullopt, false).error().code, base::ErrorCode::not_found);
  curl({phone.page() + "api/session"});
  curl({phone.page() + "api/session"});
  (void)stored(phone, "page");
  const auto all = save(phone, std::nullopt, false);
  ASSERT_TRUE(all) << base::to_string(all.error());
  EXPECT_THAT(all->says, HasSubstr("The file holds 2 connections, "));
}

TEST_F(Octets, OfALongAnswerAreCutAndTheFileSaysSo) {
  auto& phone = start();
  for (int i = 0; i < 20; ++i)
    curl({phone.page(), phone.page() + "app.js", phone.page() + "app.js"});
  const auto all = save(phone, std::nullopt, false);
  ASSERT_TRUE(all);
  EXPECT_THAT(all->says, HasSubstr(" octets were kept, together; comments say where that ends."));
  EXPECT_THAT(all->file, HasSubstr("Cut here: Sealtone kept the first "));
}

// Of many small pieces far less is kept than of large ones: the words say what it is.
TEST(WordsOnOctets, SayHowManyWereKeptOfThoseThatAreCut) {
  std::vector<capture::KeptConversation> all(1);
  all[0].octets = base::Bytes(500);
  EXPECT_THAT(words_on(all, false), Not(HasSubstr("only the first")));
  all.emplace_back().octets = base::Bytes(3'800);
  all[1].not_kept_received = 1;
  EXPECT_THAT(words_on(all, false),
              HasSubstr("4300 octets as they went over the wire. Of 1 connection, only the first "
                        "3800 octets were kept; comments"));
  all[0].not_kept_sent = 1;
  EXPECT_THAT(words_on(all, false),
              HasSubstr("Of 2 connections, only the first 4300 octets were kept, together;"));
}

TEST_F(Octets, AreGoneWithThePhoneThatKeptThem) {
  auto* phone = &start();
  curl({phone->page() + "api/session"});
  (void)save_stored(*phone, "page");
  phone = &start();
  const auto id = stored(*phone, "page");
  EXPECT_FALSE(phone->on_loop([&] { return phone->phone().octets_kept(id); }));
  const auto gone = save(*phone, id, false);
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, base::ErrorCode::not_found);
  EXPECT_THAT(gone.error().detail, HasSubstr("is known, but its octets are no longer kept"));
  EXPECT_EQ(save(*phone, id + 1, false).error().code, base::ErrorCode::not_found);
}

TEST_F(Octets, OfAProvisioningRunAreKeptAndOfATrialAreNot) {
  const auto root = made_.root();
  test::Nginx::Options options;
  const auto identity = made_.server(root);
  options.server = "ssl_certificate " + identity.certificate.string() + "; ssl_certificate_key " +
                   identity.key.string() + ";";
  const test::Nginx nginx(options);
  const auto url = "https://localhost:" + std::to_string(nginx.port()) + "/";
  auto& phone = open();
  ASSERT_TRUE(phone.finish(phone.phone().try_provisioning({url, {}, {}, {}})));
  EXPECT_FALSE(save(phone, std::nullopt, false));
  ASSERT_TRUE(phone.set("static.auto_provision.server.url", url));
  ASSERT_TRUE(phone.finish(phone.phone().provision_now()));
  const auto refused = save(phone, stored(phone, "provisioning"), true);
  ASSERT_TRUE(refused) << base::to_string(refused.error());
  EXPECT_THAT(refused->file, HasSubstr("this end was the client."));
}

}  // namespace
}  // namespace sealtone::phone
