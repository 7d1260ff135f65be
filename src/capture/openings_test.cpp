// SPDX-License-Identifier: Apache-2.0
#include "capture/openings.h"

#include <gtest/gtest.h>

namespace sealtone::capture {
namespace {

const base::Bytes kHello{22, 3, 1, 0, 60, 1, 0, 0, 56, 3, 3, 9, 9};
const base::Bytes kOldHello{0x80, 28, 1, 3, 1, 0, 3, 0, 0,  0,  16, 0,  0,  5,  1,
                            2,    3,  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

TEST(OpeningOf, TellsAClientHelloByElevenOctetsAndNotByLess) {
  for (std::size_t cut = 0; cut < 11; ++cut) {
    EXPECT_EQ(opening_of(base::ByteView(kHello).first(cut), false), Opening::not_yet) << cut;
  }
  EXPECT_EQ(opening_of(base::ByteView(kHello).first(11), false), Opening::client_hello);
}

TEST(OpeningOf, TellsAServerHello) {
  auto hello = kHello;
  hello[5] = 2;
  EXPECT_EQ(opening_of(hello, false), Opening::server_hello);
}

TEST(OpeningOf, TakesAHelloThatIsCutIntoTinyRecords) {
  EXPECT_EQ(opening_of(base::Bytes{22, 3, 1, 0, 1, 1}, false), Opening::client_hello);
  EXPECT_EQ(opening_of(base::Bytes{22, 3, 1, 0, 1, 4}, false), Opening::no);
}

TEST(OpeningOf, TakesNothingElseForAHello) {
  for (const std::size_t at : {0U, 1U, 2U, 5U, 6U, 9U}) {
    auto other = kHello;
    other[at] = 77;
    EXPECT_EQ(opening_of(other, false), Opening::no) << at;
  }
  auto empty = kHello;
  empty[4] = 0;
  EXPECT_EQ(opening_of(empty, false), Opening::no);
  EXPECT_EQ(opening_of(base::view("GET / HTTP/1.1\r\n"), false), Opening::no);
}

TEST(OpeningOf, TellsAHelloInTheFormOfSsl2WhenAllOfItIsThere) {
  const base::ByteView whole(kOldHello);
  EXPECT_EQ(opening_of(whole, false), Opening::ssl2_client_hello);
  for (std::size_t cut = 1; cut < kOldHello.size(); ++cut) {
    EXPECT_EQ(opening_of(whole.first(cut), false), Opening::not_yet) << cut;
  }
  for (const std::size_t at : {1U, 2U, 3U, 6U, 8U, 10U}) {
    auto other = kOldHello;
    other[at] = 99;
    EXPECT_EQ(opening_of(other, false), Opening::no) << at;
  }
}

TEST(OpeningOf, TakesOneOtherRecordWhereTheConnectionBeganBeforeAndTwoAnywhere) {
  const base::Bytes one{23, 3, 3, 0, 2, 9, 9};
  EXPECT_EQ(opening_of(one, true), Opening::records);
  EXPECT_EQ(opening_of(one, false), Opening::no);
  const base::Bytes records{23, 3, 3, 0, 2, 9, 9, 23, 3, 3, 0, 1, 9};
  EXPECT_EQ(opening_of(records, true), Opening::records);
  EXPECT_EQ(opening_of(records, false), Opening::records);
  auto broken = records;
  broken[7] = 99;
  EXPECT_EQ(opening_of(broken, true), Opening::no);
}

TEST(AnswerOf, TellsARecordFromPlainText) {
  const base::Bytes alert{21, 3, 1, 0, 2};
  for (std::size_t cut = 0; cut < alert.size(); ++cut) {
    EXPECT_EQ(answer_of(base::ByteView(alert).first(cut)), Opening::not_yet) << cut;
  }
  EXPECT_EQ(answer_of(alert), Opening::records);
  EXPECT_EQ(answer_of(base::view("HTTP/1.1 400 Bad Request")), Opening::no);
}

TEST(IsRecordHeader, KnowsTheLargestRecord) {
  EXPECT_TRUE(is_record_header(base::Bytes{23, 3, 3, 0x48, 0x00}));
  EXPECT_FALSE(is_record_header(base::Bytes{23, 3, 3, 0x48, 0x01}));
  EXPECT_FALSE(is_record_header(base::Bytes{23, 3, 3, 0, 0}));
}

TEST(SpokenBefore, NamesTheProtocol) {
  const auto spoken = [](std::string_view client, std::string_view server) {
    return spoken_before(base::view(client), base::view(server));
  };
  EXPECT_EQ(spoken("EHLO a\r\nSTARTTLS\r\n", "220 mail ready\r\n"), "SMTP");
  EXPECT_EQ(spoken("AUTH TLS\r\n", "220 ready\r\n"), "FTP");
  EXPECT_EQ(spoken("STLS\r\n", "+OK ready\r\n"), "POP3");
  EXPECT_EQ(spoken("a1 STARTTLS\r\n", "* OK ready\r\n"), "IMAP");
  EXPECT_EQ(spoken("<?xml version='1.0'?>", ""), "XMPP");
  EXPECT_EQ(spoken({"\0\0\0\x08\x04\xD2\x16\x2F", 8}, "S"), "PostgreSQL");
  EXPECT_EQ(spoken("\x30\x1d\x02\x01\x01\x77\x18\x80\x16"
                   "1.3.6.1.4.1.1466.20037",
                   ""),
            "LDAP");
  EXPECT_EQ(spoken("", {"J\0\0\0\x0a"
                        "8.0",
                        8}),
            "MySQL");
  EXPECT_EQ(spoken("hello", "you"), "plain text");
}

}  // namespace
}  // namespace sealtone::capture
