// SPDX-License-Identifier: Apache-2.0
#include "e2e/stranger.h"

#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <utility>

#include "support/loopback.h"

namespace sealtone::test {
namespace {

SSL_CTX* context() {
  struct Free {
    void operator()(SSL_CTX* made) const { SSL_CTX_free(made); }
  };
  static const std::unique_ptr<SSL_CTX, Free> made(SSL_CTX_new(TLS_client_method()));
  std::signal(SIGPIPE, SIG_IGN);
  return made.get();
}

void give_up_after_a_while(int descriptor) {
  const timeval limit{.tv_sec = kPatience.count() / 1'000, .tv_usec = 0};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

// Whether the text holds a header section and the body that it announces.
bool whole(const std::string& text) {
  const auto end = text.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  constexpr std::string_view length = "Content-Length: ";
  const auto at = text.find(length);
  if (at > end) return true;
  return text.size() >= end + 4 + std::stoul(text.substr(at + length.size()));
}

}  // namespace

Stranger::Stranger(std::uint16_t port, std::uint8_t from)
    : descriptor_(dial_loopback(port, from)), ssl_(SSL_new(context())) {
  give_up_after_a_while(descriptor_);
  SSL_set_fd(ssl_, descriptor_);
  ERR_clear_error();
  if (descriptor_ < 0 || SSL_connect(ssl_) != 1) {
    SSL_free(ssl_);
    close(descriptor_);
    throw std::runtime_error("no TLS connection with port " + std::to_string(port));
  }
}

Stranger::~Stranger() {
  SSL_free(ssl_);
  if (descriptor_ >= 0) close(descriptor_);
}

Stranger::Stranger(Stranger&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), ssl_(std::exchange(other.ssl_, nullptr)) {}

bool Stranger::say(std::string_view octets) {
  ERR_clear_error();
  return SSL_write(ssl_, octets.data(), static_cast<int>(octets.size())) > 0;
}

std::string Stranger::answer() {
  std::string text;
  std::array<char, 16'384> buffer{};
  while (!whole(text)) {
    ERR_clear_error();
    const int got = SSL_read(ssl_, buffer.data(), buffer.size());
    if (got <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return text;
}

bool Stranger::was_left(std::chrono::milliseconds limit) {
  return comes_to_its_end(descriptor_, limit);
}

bool comes_to_its_end(int descriptor, std::chrono::milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  std::array<char, 16'384> buffer{};
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    pollfd watched{descriptor, POLLIN, 0};
    if (left.count() <= 0 || poll(&watched, 1, static_cast<int>(left.count())) != 1) return false;
    if (recv(descriptor, buffer.data(), buffer.size(), 0) <= 0) return true;
  }
}

long kilobytes(int pid, const std::string& field) {
  const auto status = read_text("/proc/" + std::to_string(pid) + "/status");
  const auto at = status.find(field + ":");
  if (at == std::string::npos) throw std::runtime_error("there is no " + field);
  return std::stol(status.substr(at + field.size() + 1));
}

void forget_peak(int pid) { write_text("/proc/" + std::to_string(pid) + "/clear_refs", "5"); }

}  // namespace sealtone::test
