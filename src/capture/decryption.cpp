// SPDX-License-Identifier: Apache-2.0
//
// capture/decryption: see decryption.h.
#include "capture/decryption.h"

#include <algorithm>
#include <array>

#include "base/tls_versions.h"
#include "capture/protection.h"
#include "handshake/messages.h"
#include "handshake/reader.h"

namespace sealtone::capture {

using base::ByteView;
using handshake::ContentType;
using handshake::Direction;
using handshake::HandshakeType;

namespace {

constexpr std::size_t kMessageHeader = 4;
constexpr std::uint16_t kEarlyDataExtension = 42;

// Suites of TLS 1.3, for early data: it comes before the server has said which one counts.
constexpr std::uint16_t kSuites13[] = {0x1301, 0x1302, 0x1303, 0x1304, 0x1305};

bool offers_early_data(ByteView client_hello) {
  handshake::Reader reader(client_hello);
  (void)reader.take(2 + 32);
  (void)reader.vector(1);  // legacy_session_id
  (void)reader.vector(2);  // cipher_suites
  (void)reader.vector(1);  // legacy_compression_methods
  handshake::Reader extensions(reader.vector(2));
  while (extensions.ok() && !extensions.empty()) {
    if (extensions.u16() == kEarlyDataExtension) return extensions.ok();
    (void)extensions.vector(2);
  }
  return false;
}

// RFC 8446 §5.4: "Implementations MUST … scan the field from the end toward the beginning until
// [they find] a non-zero octet", which is the content type.
std::optional<Decryption::Opened> without_padding(base::Bytes inner) {
  while (!inner.empty() && inner.back() == 0) inner.pop_back();
  if (inner.empty()) return std::nullopt;
  const auto content = static_cast<ContentType>(inner.back());
  inner.pop_back();
  return Decryption::Opened{content, std::move(inner)};
}

// Which of TLS 1.3's traffic secrets a direction is at.
enum Stage : std::size_t { kEarly, kHandshake, kApplication };

}  // namespace

class Decryption::State {
 public:
  explicit State(const Secrets& secrets) : secrets_(secrets) {}

  void client_hello(ByteView body) {
    if (body.size() < 2 + 32) return;
    std::ranges::copy(body.subspan(2, 32), client_random_.begin());
    // Behind a HelloRetryRequest the hello offers none, and what was sent before may still come.
    early_data_ = early_data_ || offers_early_data(body);
  }

  void server_hello(ByteView body) {
    const auto parsed = handshake::parse_server_hello(body);
    if (!parsed || parsed->hello_retry_request) return;
    const auto protection = protection_of(parsed->hello.cipher_suite);
    version_ = parsed->hello.version;
    agreed_.reset();
    if (!protection || version_ < base::kTls10 || compresses(body)) return;
    agreed_ = Agreed{.version = version_,
                     .protection = *protection,
                     .encrypt_then_mac = parsed->hello.encrypt_then_mac,
                     .client_random = client_random_};
    std::ranges::copy(body.subspan(2, 32), agreed_->server_random.begin());
    if (version_ < base::kTls13) return;
    side(Direction::received).stage = kHandshake;
    side(Direction::sent).stage = early_data_ ? kEarly : kHandshake;
  }

  void change_cipher_spec(Direction direction) {
    // In TLS 1.3 it changes nothing (RFC 8446 §D.4).
    if (version_ >= base::kTls13 || version_ == 0) return;
    auto& changed = side(direction);
    changed.epoch = agreed_;
    changed.keys12.reset();
    changed.met = 0;
  }

  // What else of TLS 1.3 changes the keys.
  void message(Direction direction, HandshakeType type) {
    if (version_ < base::kTls13) return;
    auto& at = side(direction);
    // A client that is asked for its certificate later sends another Finished (§4.6.2).
    if (type == HandshakeType::finished && at.stage < kApplication) enter(at, kApplication);
    if (type == HandshakeType::end_of_early_data && at.stage < kHandshake) enter(at, kHandshake);
    if (type == HandshakeType::key_update && at.keys13) {
      at.keys13 = at.keys13->updated();
      at.met = 0;
    }
  }

  std::optional<Opened> open(Direction direction, const SealedRecord& record) {
    auto& at = side(direction);
    if (at.epoch) return open12(at, direction, record);
    const bool tls13 = version_ >= base::kTls13 || (version_ == 0 && early_data_);
    if (tls13 && record.content == static_cast<std::uint8_t>(ContentType::application_data)) {
      return open13(at, direction, record);
    }
    return std::nullopt;
  }

 private:
  struct Side {
    std::optional<Agreed> epoch;  // up to TLS 1.2, as it was at the ChangeCipherSpec
    std::optional<Keys12> keys12;
    Stage stage = kEarly;
    std::optional<Keys13> keys13;  // of the stage
    std::uint64_t met = 0;         // records under these keys
  };
  Side& side(Direction direction) { return sides_[direction == Direction::sent ? 0 : 1]; }

  static bool compresses(ByteView server_hello) {
    handshake::Reader reader(server_hello);
    (void)reader.take(2 + 32);
    (void)reader.vector(1);  // session_id
    (void)reader.u16();      // cipher_suite
    return reader.u8() != 0;
  }

  static void enter(Side& at, Stage stage) {
    at.stage = stage;
    at.keys13.reset();
    at.met = 0;
  }

  std::optional<Opened> open12(Side& at, Direction direction, const SealedRecord& record) {
    const auto number = at.met++;
    if (!at.keys12) {
      const auto* master = secrets_.find("CLIENT_RANDOM", at.epoch->client_random);
      if (master == nullptr) return std::nullopt;
      at.keys12 = Keys12::derive(*at.epoch, master->view(), direction == Direction::sent);
    }
    if (!at.keys12) return std::nullopt;
    auto opened = at.keys12->open(record, number);
    if (!opened) return std::nullopt;
    return Opened{static_cast<ContentType>(record.content), std::move(*opened)};
  }

  [[nodiscard]] const crypto::Secret* secret_of(Direction direction, Stage stage) const {
    const bool client = direction == Direction::sent;
    switch (stage) {
      case kEarly:
        return client ? secrets_.find("CLIENT_EARLY_TRAFFIC_SECRET", client_random_) : nullptr;
      case kHandshake:
        return secrets_.find(
            client ? "CLIENT_HANDSHAKE_TRAFFIC_SECRET" : "SERVER_HANDSHAKE_TRAFFIC_SECRET",
            client_random_);
      case kApplication:
        return secrets_.find(client ? "CLIENT_TRAFFIC_SECRET_0" : "SERVER_TRAFFIC_SECRET_0",
                             client_random_);
    }
    return nullptr;
  }

  // The keys that a stage may have; one, but for early data.
  [[nodiscard]] std::vector<Keys13> possible(Direction direction, Stage stage) const {
    std::vector<Keys13> found;
    const auto* secret = secret_of(direction, stage);
    if (secret == nullptr) return found;
    const auto add = [&](const Protection& protection) {
      if (auto keys = Keys13::derive(protection, secret->view())) found.push_back(std::move(*keys));
    };
    if (stage == kEarly) {
      for (const auto suite : kSuites13) add(*protection_of(suite));
    } else if (agreed_) {
      add(agreed_->protection);
    }
    return found;
  }

  std::optional<Opened> open13(Side& at, Direction direction, const SealedRecord& record) {
    const auto number = at.met++;
    if (at.keys13) {
      if (auto inner = at.keys13->open(record, number)) return without_padding(std::move(*inner));
    }
    // Records may not have been met where a secret is missing, and early data may be refused: the
    // first record that later keys open is their first.
    for (std::size_t stage = at.stage; stage <= kApplication; ++stage) {
      const bool own = stage == at.stage;
      if (own && at.keys13) continue;
      for (auto& keys : possible(direction, static_cast<Stage>(stage))) {
        auto inner = keys.open(record, own ? number : 0);
        if (!inner) continue;
        enter(at, static_cast<Stage>(stage));
        at.keys13 = std::move(keys);
        at.met = own ? number + 1 : 1;
        return without_padding(std::move(*inner));
      }
    }
    return std::nullopt;
  }

  const Secrets& secrets_;
  std::array<std::uint8_t, 32> client_random_{};
  bool early_data_ = false;
  std::uint16_t version_ = 0;  // 0: no ServerHello yet
  std::optional<Agreed> agreed_;
  Side sides_[2];
};

Decryption::Decryption(const Secrets& secrets) : state_(std::make_unique<State>(secrets)) {}
Decryption::Decryption(Decryption&&) noexcept = default;
Decryption& Decryption::operator=(Decryption&&) noexcept = default;
Decryption::~Decryption() = default;

void Decryption::saw(Direction direction, ContentType content, ByteView message) {
  if (content == ContentType::change_cipher_spec) return state_->change_cipher_spec(direction);
  if (content != ContentType::handshake || message.size() < kMessageHeader) return;
  const auto type = static_cast<HandshakeType>(message[0]);
  const auto body = message.subspan(kMessageHeader);
  if (type == HandshakeType::client_hello) return state_->client_hello(body);
  if (type == HandshakeType::server_hello) return state_->server_hello(body);
  state_->message(direction, type);
}

std::optional<Decryption::Opened> Decryption::open(Direction direction, ContentType content,
                                                   std::uint16_t record_version,
                                                   ByteView fragment) {
  return state_->open(direction, {static_cast<std::uint8_t>(content), record_version, fragment});
}

}  // namespace sealtone::capture
