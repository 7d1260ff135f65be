// SPDX-License-Identifier: Apache-2.0
//
// Every message of RFC 4475, parsed or refused, framed and answered as it says.
#include <gmock/gmock.h>

#include <filesystem>

#include "base/files.h"
#include "sip/answers.h"
#include "sip/framing.h"
#include "sip/shown.h"

namespace sealtone::sip {
namespace {

enum class Framed { one, two_and_refused, refused, waits };

struct Torture {
  const char* name;
  bool parsed;
  Framed framed;
  int status;  // of our answer, for the user that the Request-URI names; 0: none
};

constexpr Torture kTorture[] = {
    // §3.1.1: valid
    {"wsinv", true, Framed::one, 481},  // its To has a tag, and no dialog of ours has it
    {"intmeth", true, Framed::one, 501},
    {"esc01", true, Framed::one, 480},
    {"escnull", true, Framed::one, 405},
    {"esc02", true, Framed::one, 501},  // "An endpoint would reject this message with a 501"
    {"lwsdisp", true, Framed::one, 200},
    {"longreq", true, Framed::one, 480},
    // In one datagram the second message is noise.  On a stream it counts; its Content-Length is
    // short by an octet, so that noise follows.
    {"dblreq", true, Framed::two_and_refused, 405},
    {"semiuri", true, Framed::one, 200},
    {"transports", true, Framed::one, 200},
    {"mpart01", true, Framed::one, 405},
    {"unreason", true, Framed::one, 0},
    {"noreason", true, Framed::one, 0},
    // §3.1.2: invalid
    {"badinv01", false, Framed::one, 400},
    {"clerr", false, Framed::waits, 400},
    {"ncl", false, Framed::refused, 400},
    {"scalar02", false, Framed::one, 400},
    {"scalarlg", false, Framed::one, 0},
    {"quotbal", false, Framed::one, 400},
    {"ltgtruri", false, Framed::one, 400},
    {"lwsruri", false, Framed::one, 400},
    {"lwsstart", false, Framed::one, 400},
    {"trws", false, Framed::one, 400},
    {"escruri", false, Framed::one, 400},
    {"baddate", true, Framed::one,
     480},  // "shouldn't do that unless the contents … were important"
    {"regbadct", false, Framed::one, 400},
    {"badaspec", false, Framed::one, 400},
    {"baddn", false, Framed::waits, 400},  // the archive has it without its last empty line
    {"badvers", false, Framed::one, 505},
    {"mismatch01", false, Framed::one, 400},
    {"mismatch02", false, Framed::one, 400},  // 501, or "a 400 Bad Request is also acceptable"
    {"bigcode", false, Framed::one, 0},
    // §3.2, §3.3
    {"badbranch", true, Framed::one, 200},
    {"insuf", false, Framed::one, 400},
    {"unkscm", true, Framed::one, 416},
    {"novelsc", true, Framed::one, 416},
    {"unksm2", true, Framed::one, 405},
    {"bext01", true, Framed::one, 420},
    {"invut", true, Framed::one, 415},
    {"regaut01", true, Framed::one, 405},
    {"multi01", false, Framed::one, 400},
    {"mcl01", false, Framed::refused, 400},
    {"bcast", true, Framed::one, 0},
    {"zeromf", true, Framed::one, 200},
    {"cparam01", true, Framed::one, 405},
    {"cparam02", true, Framed::one, 405},
    {"regescrt", true, Framed::one, 405},
    {"sdp01", true, Framed::one, 480},
    // §3.4: no Content-Length, which a datagram needs not and a stream does
    {"inv2543", true, Framed::refused, 480},
    // In the archive only: a first line without a version, and no Via to answer along.
    {"test", false, Framed::refused, 0},
};

std::filesystem::path torture_folder() {
  return std::filesystem::path(SEALTONE_TEST_DATA) / "sip/torture";
}

std::string torture(std::string_view name) {
  const auto path = torture_folder() / (std::string(name) + ".dat");
  const auto octets = base::read_file(path, 10'000);
  return octets ? std::string(base::text(*octets)) : std::string();
}

struct Stream {
  std::vector<std::string> messages;
  bool refused = false;
  bool waits = false;
  bool operator==(const Stream&) const = default;
};

// What a framer makes of octets that arrive in two pieces.
void read_frames(Framer& framer, Stream& into) {
  for (;;) {
    auto frame = framer.next();
    if (!frame) into.refused = true;
    if (!frame || !*frame) break;
    if ((*frame)->kind == Frame::Kind::message) into.messages.push_back((*frame)->octets);
  }
  into.waits = framer.in_message();
}

Stream framed_in_pieces(std::string_view octets, std::size_t piece) {
  Framer framer;
  Stream stream;
  for (std::size_t at = 0; at < octets.size() && !stream.refused; at += piece) {
    framer.feed(octets.substr(at, piece));
    read_frames(framer, stream);
  }
  return stream;
}

Stream framed_cut_at(std::string_view octets, std::size_t cut) {
  Framer framer;
  Stream stream;
  framer.feed(octets.substr(0, cut));
  read_frames(framer, stream);
  if (stream.refused) return stream;
  framer.feed(octets.substr(cut));
  read_frames(framer, stream);
  return stream;
}

std::string user_of(const Message& request) {
  const auto uri = parse_uri(request.uri);
  return uri ? uri->user : std::string();
}

TEST(Torture, KnowsEachFileOfTheArchive) {
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(torture_folder())) {
    ++files;
    EXPECT_TRUE(std::ranges::any_of(kTorture, [&](const Torture& one) {
      return file.path().stem() == one.name;
    })) << file.path();
  }
  EXPECT_EQ(files, std::size(kTorture));
}

TEST(Torture, ParsesOrRefusesEachMessageAsTheRfcSays) {
  for (const auto& one : kTorture) {
    const auto message = parse(torture(one.name));
    EXPECT_EQ(message.has_value(), one.parsed)
        << one.name << ": " << (message ? "parsed" : message.error().detail);
  }
}

TEST(Torture, AnswersEachMessageAsTheRfcSays) {
  for (const auto& one : kTorture) {
    const auto octets = torture(one.name);
    const auto message = parse(octets);
    std::optional<Message> response;
    if (!message) {
      response = refusal(octets, message.error(), "ours");
    } else if (message->is_request()) {
      Invites invites;
      response = answer(*message, {}, true, user_of(*message), "ours", invites).response;
    }
    EXPECT_EQ(response ? response->status : 0, one.status) << one.name;
    if (!response) continue;
    const auto written = write(*response);
    ASSERT_TRUE(written) << one.name << ": " << written.error().detail;
    EXPECT_EQ(response->field("CSeq").empty(), false) << one.name;
  }
}

TEST(Torture, ReadsBackWhatItWrites) {
  for (const auto& one : kTorture) {
    if (!one.parsed) continue;
    const auto message = parse(torture(one.name));
    ASSERT_TRUE(message) << one.name;
    const auto written = write(*message);
    ASSERT_TRUE(written) << one.name << ": " << written.error().detail;
    const auto again = parse(*written);
    ASSERT_TRUE(again) << one.name << ": " << again.error().detail;
    EXPECT_EQ(*again, *message) << one.name;
    EXPECT_EQ(shown(*again), shown(*message)) << one.name;
  }
}

TEST(Torture, FramesEachMessageWhereverTheStreamIsCut) {
  for (const auto& one : kTorture) {
    const auto octets = torture(one.name);
    const auto whole = framed_in_pieces(octets, octets.size());
    const bool two = one.framed == Framed::two_and_refused;
    EXPECT_EQ(whole.refused, two || one.framed == Framed::refused) << one.name;
    EXPECT_EQ(whole.waits && !whole.refused, one.framed == Framed::waits) << one.name;
    const std::size_t messages = two ? 2 : (one.framed == Framed::one ? 1 : 0);
    EXPECT_EQ(whole.messages.size(), messages) << one.name;
    EXPECT_TRUE(framed_in_pieces(octets, 1) == whole) << one.name;
    // The longest in pieces of each size; the work at each of its octets would be its square.
    const bool is_long = octets.size() > 1'500;
    for (std::size_t piece = 2; is_long && piece < 64; ++piece) {
      ASSERT_TRUE(framed_in_pieces(octets, piece) == whole) << one.name << " by " << piece;
    }
    for (std::size_t cut = 1; !is_long && cut < octets.size(); ++cut) {
      ASSERT_TRUE(framed_cut_at(octets, cut) == whole) << one.name << " cut at " << cut;
    }
  }
}

TEST(Torture, FramesAllOfThemOneAfterTheOther) {
  std::string stream;
  std::vector<std::string> messages;
  for (const auto& one : kTorture) {
    if (one.framed != Framed::one) continue;
    const auto octets = torture(one.name);
    stream += octets;
    for (auto& message : framed_in_pieces(octets, octets.size()).messages) {
      messages.push_back(std::move(message));
    }
  }
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{7}, std::size_t{1'460}, stream.size()}) {
    const auto framed = framed_in_pieces(stream, piece);
    EXPECT_FALSE(framed.refused) << piece;
    EXPECT_TRUE(framed.messages == messages) << piece;
  }
}

TEST(Torture, TellsWhatStandsInTheValidMessages) {
  const auto tortuous = parse(torture("wsinv"));
  ASSERT_TRUE(tortuous);
  EXPECT_EQ(tortuous->field("CSeq"), "0009 INVITE");
  EXPECT_EQ(tortuous->field("Subject"), "");
  EXPECT_EQ(tortuous->field("NewFangledHeader"), "newfangled value continued newfangled value");
  EXPECT_EQ(tortuous->field("UnknownHeaderWithUnusualValue"), ";;,,;;,;");
  const auto vias = tortuous->all("v");
  ASSERT_EQ(vias.size(), 3U);
  EXPECT_EQ(parse_via(vias[1])->transport, "TCP");
  EXPECT_EQ(parse_via(vias[2])->host, "192.168.255.111");
  const auto from = parse_name_address(tortuous->field("From"));
  ASSERT_TRUE(from);
  EXPECT_EQ(from->display, "J Rosenberg \\\"");
  EXPECT_EQ(*parameter(from->parameters, "tag"), "98asjd8");

  // "value%41" is not unescaped once more, and "%00" ends no name.
  const auto escaped = parse_name_address(parse(torture("esc01"))->field("Contact"));
  ASSERT_TRUE(escaped);
  EXPECT_EQ(escaped->uri.user, "caller");
  EXPECT_EQ(*parameter(escaped->uri.parameters, "name"), "value%41");
  EXPECT_NE(parameter(escaped->uri.parameters, "lr"), nullptr);
  const auto null = parse_name_address(parse(torture("escnull"))->field("To"));
  EXPECT_EQ(null->uri.user, std::string_view("null-\0-null", 11));
  EXPECT_EQ(null->uri.text(), "sip:null-%00-null@example.com");

  EXPECT_EQ(parse(torture("esc02"))->all("Contact").size(), 2U);
  EXPECT_EQ(parse_uri(parse(torture("semiuri"))->uri)->user, "user;par=u@example.net");
  EXPECT_EQ(parse(torture("transports"))->all("Via").size(), 5U);
  EXPECT_EQ(parse(torture("mpart01"))->body.size(), 553U);
  EXPECT_EQ(parse(torture("longreq"))->all("Via").size(), 34U);
  EXPECT_EQ(parse(torture("noreason"))->reason, "");
  EXPECT_THAT(parse(torture("baddn") + "\r\n").error().detail,
              testing::HasSubstr("must be in quotation marks"));

  // A parameter without angle brackets is the field's, within them the URI's.
  const auto outside = parse_name_address(parse(torture("cparam01"))->field("Contact"));
  EXPECT_NE(parameter(outside->parameters, "unknownparam"), nullptr);
  const auto inside = parse_name_address(parse(torture("cparam02"))->field("Contact"));
  EXPECT_NE(parameter(inside->uri.parameters, "unknownparam"), nullptr);
  const auto headers = parse_name_address(parse(torture("regescrt"))->field("Contact"));
  EXPECT_EQ(headers->uri.headers, "Route=%3Csip:sip.example.com%3E");
}

}  // namespace
}  // namespace sealtone::sip
