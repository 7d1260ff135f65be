// SPDX-License-Identifier: Apache-2.0
//
// sip/registration: what is sent, and what answers mean, those of hostile servers among them.
#include "sip/registering.h"

namespace sealtone::sip::tests {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(Registering, AsksForABindingAsRfc3261AndRfc5626Say) {
  next();
  EXPECT_EQ(request.method, "REGISTER");
  EXPECT_EQ(request.uri, "sip:example.com");
  EXPECT_EQ(request.field("Via"), "SIP/2.0/TLS 192.0.2.5:40112;branch=z9hG4bK1;rport");
  EXPECT_EQ(request.field("From"), "<sip:alice@example.com>;tag=tag");
  EXPECT_EQ(request.field("To"), "<sip:alice@example.com>");
  EXPECT_EQ(request.field("Call-ID"), "call");
  EXPECT_EQ(request.field("CSeq"), "1 REGISTER");
  EXPECT_EQ(request.field("Contact"),
            "<sip:alice@192.0.2.5:40112;transport=tls>;reg-id=1;+sip.instance=\"<" +
                std::string(kInstance) + ">\"");
  EXPECT_EQ(request.field("Expires"), "3600");
  EXPECT_EQ(request.field("Supported"), "path, outbound");
  EXPECT_EQ(request.field("Max-Forwards"), "70");
  EXPECT_EQ(request.field("Route"), "");
  EXPECT_EQ(request.field("Authorization"), "");
  EXPECT_EQ(next().field("CSeq"), "2 REGISTER");
  EXPECT_TRUE(parse(write(request).value()));
}

TEST_F(Registering, WritesWhatNeedsIt) {
  auto odd = identity();
  odd.user = "al ice;x=1@y";
  odd.display = "Alice \"A\" \xC3\x9C";
  Registration other(odd, "call", "tag");
  auto six = whom();
  six.route = Server{"proxy.example.com", 5'071, Transport::tcp};
  six.domain = "2001:db8::1";
  other.begin(six);
  const auto message = other.next({"2001:db8::5", 40'112, Transport::tcp}, "z9", "c0").value();
  EXPECT_EQ(message.field("Via"), "SIP/2.0/TCP [2001:db8::5]:40112;branch=z9;rport");
  EXPECT_THAT(std::string(message.field("From")),
              StartsWith("\"Alice \\\"A\\\" \xC3\x9C\" <sip:al%20ice;x=1%40y@[2001:db8::1]>"));
  EXPECT_EQ(message.field("Route"), "<sip:proxy.example.com:5071;transport=tcp;lr>");
  EXPECT_THAT(std::string(message.field("Contact")),
              HasSubstr("@[2001:db8::5]:40112;transport=tcp>"));
  auto back = parse(write(message).value());
  ASSERT_TRUE(back) << base::to_string(back.error());
  EXPECT_EQ(parse_name_address(back->field("To"))->uri.user, odd.user);
}

TEST_F(Registering, TakesTheTimeThatWasGrantedAndNoMore) {
  struct {
    std::vector<Field> fields;
    int granted;  // 0: refused
  } const cases[] = {
      {{}, 3'600},  // neither Contact nor Expires: as asked
      {{{"Expires", "60"}}, 60},
      {{{"Contact", "OURS;expires=90"}, {"Expires", "60"}}, 90},
      {{{"Contact", "OURS"}, {"Expires", "60"}}, 60},
      {{{"Contact", "OURS;expires=3600"}}, 3'600},
      {{{"Contact", "OURS;expires=3601"}}, 3'600},  // more than was asked for
      {{{"Contact", "OURS;expires=4294967296"}}, 3'600},
      {{{"Contact", "OURS;expires=99999999999999999999999"}}, 3'600},
      {{{"Contact", "OURS;expires=1"}}, 1},
      {{{"Contact", "OURS;expires=0"}}, 0},  // hostile: granted and taken away
      {{{"Expires", "0"}}, 0},
      {{{"Contact", "OURS;expires=-5"}, {"Expires", "60"}}, 60},  // no number: passed over
      {{{"Contact", "<sip:bob@192.0.2.9>;expires=9, OURS;expires=50"}}, 50},
      {{{"Contact", "<sip:alice@203.0.113.1>;expires=70"}}, 70},  // one, in the server's own words
      {{{"Contact", "<sip:a@192.0.2.9>, <sip:b@192.0.2.9>"}}, 0},
  };
  for (const auto& each : cases) {
    next();
    auto response = reply(request, 200, "OK");
    std::string said;
    for (auto field : each.fields) {
      if (const auto at = field.value.find("OURS"); at != std::string::npos) {
        field.value.replace(at, 4, request.field("Contact"));
      }
      said += field.name + ": " + field.value + " ";
      response.add(field.name, field.value);
    }
    const auto answer = take(response);
    const auto* registered = std::get_if<Registered>(&answer);
    ASSERT_EQ(registered != nullptr, each.granted > 0) << said;
    if (registered == nullptr) continue;
    EXPECT_EQ(registered->expires, seconds(each.granted)) << said;
  }
}

TEST_F(Registering, FindsItsBindingAmongThousandsAndIsNotMisledByThem) {
  next();
  std::string others;
  for (int i = 0; i < 2'000; ++i) others += "<sip:a@1>,";
  EXPECT_THAT(refused(reply(request, 200, "OK", {{"Contact", others + "<sip:b@2>"}})).detail,
              HasSubstr("2001 bindings, and this phone's is not among them"));
  const auto answer =
      take(reply(request, 200, "OK",
                 {{"Contact", others + std::string(request.field("Contact")) + ";expires=77"}}));
  ASSERT_TRUE(std::holds_alternative<Registered>(answer));
  EXPECT_EQ(std::get<Registered>(answer).expires, 77s);
}

TEST_F(Registering, TellsItsBindingByInstanceWhateverTheAddressIsWrittenAs) {
  next();
  const auto binding = [](const char* reg_id, int expires) {
    return "<sip:alice@203.0.113.9:1>;+sip.instance=\"<" + std::string(kInstance) +
           ">\";reg-id=" + reg_id + ";expires=" + std::to_string(expires);
  };
  const auto answer =
      take(reply(request, 200, "OK", {{"Contact", binding("2", 5) + ", " + binding("1", 44)}}));
  ASSERT_TRUE(std::holds_alternative<Registered>(answer));
  EXPECT_EQ(std::get<Registered>(answer).expires, 44s);
}

TEST_F(Registering, ReadsFlowTimerAndWhetherPingsAreAnswered) {
  next();
  auto answer =
      take(granted(request, 60, {{"Flow-Timer", "120 Server: kamailio"}, {"Require", "outbound"}}));
  EXPECT_EQ(std::get<Registered>(answer).flow_timer, 120s);
  EXPECT_TRUE(std::get<Registered>(answer).outbound);
  next();
  answer = take(granted(request, 60, {{"Flow-Timer", "soon"}}));
  EXPECT_EQ(std::get<Registered>(answer).flow_timer, std::nullopt);
  EXPECT_FALSE(std::get<Registered>(answer).outbound);
}

TEST_F(Registering, RoutesNothingByWhatAServerPutsIntoItsAnswer) {
  next();
  (void)take(granted(request, 60,
                     {{"Service-Route", "<sip:evil.example;lr>"},
                      {"Record-Route", "<sip:evil.example;lr>"},
                      {"Path", "<sip:evil.example;lr>"},
                      {"P-Associated-URI", "<sip:evil@evil.example>"}}));
  next();
  EXPECT_THAT(write(request).value(), Not(HasSubstr("evil")));
  EXPECT_EQ(request.uri, "sip:example.com");
}

TEST_F(Registering, RaisesExpiresOnceWhereItIsTooBrief) {
  const auto brief = [&](const char* least) {
    return reply(request, 423, "Interval Too Brief", {{"Min-Expires", least}});
  };
  next();
  EXPECT_TRUE(again(brief("7200")));
  EXPECT_EQ(next().field("Expires"), "7200");
  EXPECT_EQ(refused(brief("7201")).status, 423);  // and again
  struct {
    const char* least;
    bool taken;
  } const cases[] = {
      {"3600", false},                          // what was asked for
      {"3601", true},        {"604800", true},  // at the bound
      {"604801", false},                        // past it
      {"4294967295", false}, {"99999999999999999999", false},
      {"", false},           {"soon", false},
      {"-1", false},
  };
  for (const auto& each : cases) {
    registration.begin(whom());
    next();
    EXPECT_EQ(again(brief(each.least)), each.taken) << each.least;
  }
}

TEST_F(Registering, LeavesOutboundOutWhereAServerLacksIt) {
  next();
  EXPECT_TRUE(again(reply(request, 439, "First Hop Lacks Outbound Support")));
  next();
  EXPECT_THAT(std::string(request.field("Contact")), Not(HasSubstr("reg-id")));
  EXPECT_EQ(request.field("Supported"), "path");
  EXPECT_EQ(refused(reply(request, 439, "First Hop Lacks Outbound Support")).status, 439);
}

TEST_F(Registering, UnregistersItsOwnBindingAlone) {
  next();
  (void)take(granted(request, 60));
  registration.unregister();
  next();
  EXPECT_EQ(request.field("Expires"), "0");
  EXPECT_THAT(std::string(request.field("Contact")), StartsWith("<sip:alice@192.0.2.5:40112"));
  EXPECT_TRUE(std::holds_alternative<Registered>(take(granted(request, 0))));
}

TEST_F(Registering, ReadsWhyAndWhenOfARefusal) {
  struct {
    const char* retry_after;
    std::optional<seconds> wait;
  } const cases[] = {
      {"120", 120s},
      {"18000;duration=3600", 18'000s},
      {"120 (I'm in a meeting)", 120s},
      {"99999999999999999999", 4'294'967'295s},
      {"", std::nullopt},
      {"tomorrow", std::nullopt},
      {"-3", std::nullopt},
  };
  for (const auto& each : cases) {
    next();
    const auto no = refused(
        reply(request, 503, "Service Unavailable\x1B[2J",
              {{"Retry-After", each.retry_after}, {"Warning", "399 example.com \"full\""}}));
    EXPECT_EQ(no.status, 503);
    EXPECT_FALSE(no.authentication);
    EXPECT_EQ(no.retry_after, each.wait) << each.retry_after;
    EXPECT_THAT(no.detail, HasSubstr("full"));
    EXPECT_THAT(no.reason, Not(HasSubstr("\x1B")));
  }
}

TEST_F(Registering, ReadsWhereItIsRedirectedToBestFirst) {
  next();
  const auto answer =
      take(reply(request, 302, "Moved Temporarily",
                 {{"Contact",
                   "<sip:a.example;x=y?Route=evil>;q=0.1, <mailto:b@c>, "
                   "<sips:alice:pw@d.example:5071>;q=0.75, <sip:[2001:db8::1];transport=TCP>"},
                  {"Contact", "<sip:z1.example>;q=0.05"},
                  {"Contact", "<sip:z2.example>;q=0"},
                  {"Contact", "<sip:z3.example>;q=0"}}));
  ASSERT_TRUE(std::holds_alternative<Redirected>(answer));
  std::vector<std::string> to;
  for (const auto& uri : std::get<Redirected>(answer).to) to.push_back(uri.text());
  EXPECT_THAT(to, ::testing::ElementsAre("sip:[2001:db8::1];transport=tcp", "sips:d.example:5071",
                                         "sip:a.example", "sip:z1.example", "sip:z2.example"));
  EXPECT_THAT(refused(reply(request, 302, "Moved")).detail, HasSubstr("to nowhere"));
  EXPECT_THAT(refused(reply(request, 300, "Many", {{"Contact", "*"}})).detail,
              HasSubstr("to nowhere"));
}

}  // namespace
}  // namespace sealtone::sip::tests
