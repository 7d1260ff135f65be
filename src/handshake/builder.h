// SPDX-License-Identifier: Apache-2.0
//
// handshake/builder: the one parser of TLS messages; turns what was seen into a HandshakeRecord.
//
// Fed by tls with each plain-text message (live) and by capture with what it could read of each
// record (observed).  Never throws on hostile octets: what cannot be read is kept as size and type,
// and the ending says so.
#pragma once

#include <utility>

#include "handshake/record.h"

namespace sealtone::handshake {

class Builder {
 public:
  Builder(Role role, std::string peer, std::chrono::sys_seconds started);

  // The header of a record as it went over the wire, before what it holds is told: what that is, is
  // known by it alone, as it is encrypted or not.  A ChangeCipherSpec that is received is told by
  // it.
  void record_began(Direction direction, ContentType content, std::size_t length,
                    std::chrono::microseconds at);
  // One whole handshake message, ChangeCipherSpec body, or Alert body (plain text).
  void message(Direction direction, ContentType content, base::ByteView body,
               std::chrono::microseconds at);
  // Of a connection that is only observed: it is known from outside what was encrypted, and no
  // certificate is decoded.  What observation says is the caller's to fill.
  void observe() { record_.observed = HandshakeRecord::Observed{}; }
  [[nodiscard]] HandshakeRecord::Observed& observation() { return *record_.observed; }
  void protect(Direction direction, bool is_encrypted) { encrypted(direction) = is_encrypted; }
  // A record that cannot be read: all that is known is what the wire says of it.
  void unread(Direction direction, ContentType content, std::size_t size,
              std::chrono::microseconds at);
  // A handshake message, header included, that has too many octets to be read.
  void too_long(Direction direction, HandshakeType type, std::size_t size, std::size_t most,
                std::chrono::microseconds at);
  // A ClientHello in the form of SSL 2.0, behind its two octets of length.
  void ssl2_hello(Direction direction, base::ByteView body, std::chrono::microseconds at);
  // Octets as they came on the wire; the first 64 received are kept.
  void wire(Direction direction, base::ByteView octets);
  void application_data(Direction direction, std::size_t octets);
  // With the answer of OCSP that came along with its certificates then.
  void resumes(EarlierSession session, base::Bytes ocsp_answer = {});
  void handshake_done(std::chrono::microseconds at);
  // The first ending counts, and a fatal alert is one; a handshake that was done stays established.
  void ended(Ending ending, std::chrono::microseconds at);
  // The peer ends the stream without close_notify.  Alerts that are sent then reach nobody and are
  // no part of what was said.
  void end_of_stream(std::chrono::microseconds at);
  // Who ended the stream; the first counts.
  void closed_by(Direction direction, bool reset = false);
  // The TLS library could not accept what came: its words; or it did not read a Certificate message
  // of more than most octets.
  void refused(std::string words) { record_.library_words = std::move(words); }
  void certificate_over(std::size_t most) { record_.certificate_over = most; }
  void http_status(std::string line);
  // What came is a whole response: a stream that ends behind it is not cut short.
  void whole_response() { whole_at_ = record_.application_received; }
  [[nodiscard]] const HandshakeRecord& record() const { return record_; }
  [[nodiscard]] HandshakeRecord take() { return std::move(record_); }  // at the end

 private:
  [[nodiscard]] bool from_client(Direction direction) const;
  [[nodiscard]] std::uint16_t version() const;
  [[nodiscard]] bool is_tls13() const;
  [[nodiscard]] bool& encrypted(Direction direction);
  void note(Message message);
  void make_room_for_the_fatal_alert();
  void change_cipher_spec(Direction direction, std::size_t size, std::chrono::microseconds at);
  void put_where_it_arrived();
  void handshake(Direction direction, base::ByteView body, std::chrono::microseconds at);
  [[nodiscard]] bool read(Message& message, base::ByteView content);
  [[nodiscard]] bool read_client_hello(base::ByteView content);
  [[nodiscard]] bool read_server_hello(Message& message, base::ByteView content);
  [[nodiscard]] bool read_certificate(Direction direction, base::ByteView content);
  [[nodiscard]] bool read_certificate_request(base::ByteView content);
  void read_certificate_verify(Direction direction, base::ByteView content);
  [[nodiscard]] bool read_server_key_exchange(base::ByteView content);
  void took_no_session_up();
  void alert(Direction direction, base::ByteView body, std::chrono::microseconds at);
  void look_at_peer_chain();

  HandshakeRecord record_;
  base::Bytes session_id_;  // of the ClientHello
  bool sent_encrypted_ = false;
  bool received_encrypted_ = false;
  bool stream_ended_ = false;
  std::size_t arrived_ = 0;                // messages that there were when octets came last
  bool retried_ = false;                   // by a HelloRetryRequest, which is TLS 1.3's
  std::optional<std::uint64_t> whole_at_;  // octets of application data received by then
};

}  // namespace sealtone::handshake
