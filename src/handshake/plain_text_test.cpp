// SPDX-License-Identifier: Apache-2.0
#include "handshake/plain_text.h"

#include <gtest/gtest.h>

namespace sealtone::handshake {
namespace {

bool tls(std::string_view first) { return looks_like_tls(base::view(first)); }
std::string protocol(std::string_view first) { return plain_protocol(base::view(first)); }

TEST(LooksLikeTls, TakesTheBeginningOfEveryRecordType) {
  EXPECT_TRUE(tls({"\x16\x03\x01\x02\x00", 5}));
  EXPECT_TRUE(tls({"\x15\x03\x03\x00\x02", 5}));
  EXPECT_TRUE(tls({"\x14\x03\x00", 3}));
  EXPECT_TRUE(tls({"\x17\x03\x04", 3}));
}

TEST(LooksLikeTls, WaitsWhileNothingSpeaksAgainstIt) {
  EXPECT_TRUE(tls(""));
  EXPECT_TRUE(tls("\x16"));
  EXPECT_TRUE(tls("\x16\x03"));
}

TEST(LooksLikeTls, TakesTheHelloOfSsl2ThatOldClientsWrapTls10In) {
  EXPECT_TRUE(tls({"\x80\x2E\x01\x03\x01", 5}));
  EXPECT_FALSE(tls({"\x80\x2E\x01\x02\x00", 5}));
}

TEST(LooksLikeTls, RefusesTheNeighboursOfEachBound) {
  EXPECT_FALSE(tls({"\x13\x03\x01", 3}));
  EXPECT_FALSE(tls({"\x18\x03\x01", 3}));
  EXPECT_FALSE(tls({"\x16\x02\x01", 3}));
  EXPECT_FALSE(tls({"\x16\x03\x05", 3}));
  EXPECT_FALSE(tls("HTTP/1.1 400 Bad Request"));
}

TEST(PlainProtocol, KnowsTheGreetings) {
  EXPECT_EQ(protocol("HTTP/1.1 400 Bad Request\r\n"), "HTTP");
  EXPECT_EQ(protocol("GET / HTTP/1.1\r\n"), "HTTP");
  EXPECT_EQ(protocol("<!DOCTYPE html>"), "HTTP");
  EXPECT_EQ(protocol("SSH-2.0-OpenSSH_9.2\r\n"), "SSH");
  EXPECT_EQ(protocol("220 mail.example.com ESMTP\r\n"), "SMTP");
  EXPECT_EQ(protocol("220 (vsFTPd 3.0.3)\r\n"), "FTP");
  EXPECT_EQ(protocol("SIP/2.0 400 Bad Request\r\n"), "SIP");
  EXPECT_EQ(protocol("OPTIONS sip:a SIP/2.0\r\n"), "SIP");
  EXPECT_EQ(protocol("OPTIONS * HTTP/1.1\r\n"), "HTTP");
  EXPECT_EQ(protocol("* OK IMAP4 ready"), "IMAP");
  EXPECT_EQ(protocol("+OK POP3 ready"), "POP3");
}

TEST(PlainProtocol, AdmitsWhatItDoesNotKnow) {
  EXPECT_EQ(protocol(""), "");
  EXPECT_EQ(protocol({"\x00\x01\x02", 3}), "");
  EXPECT_EQ(protocol("HTT"), "");
}

}  // namespace
}  // namespace sealtone::handshake
