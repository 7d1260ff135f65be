// SPDX-License-Identifier: Apache-2.0
#include "app/paths.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/bytes.h"
#include "base/files.h"
#include "base/url.h"

namespace sealtone::app {
namespace {

constexpr std::size_t kMaxSecretBytes = 4'096;

std::size_t first_line_length(std::string_view text) {
  return std::min(text.find_first_of("\r\n"), text.size());
}

// The terminal as it was, for the signals that may end the program while its echo is off.
termios terminal_before{};
constexpr std::array kEndings{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// Only what POSIX calls async-signal-safe; the signal's own effect follows on return.
void restore_and_end(int signal) {
  tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
  raise(signal);
}

// Switches the terminal's echo off and, whatever happens, on again.
class WithoutEcho {
 public:
  WithoutEcho() : terminal_(tcgetattr(STDIN_FILENO, &terminal_before) == 0) {
    if (!terminal_) return;
    struct sigaction ending{};
    ending.sa_handler = restore_and_end;
    ending.sa_flags = static_cast<int>(SA_RESETHAND);
    for (std::size_t i = 0; i < kEndings.size(); ++i) {
      sigaction(kEndings[i], &ending, &handlers_before_[i]);
    }
    termios silent = terminal_before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~WithoutEcho() {
    if (!terminal_) return;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
    for (std::size_t i = 0; i < kEndings.size(); ++i) {
      sigaction(kEndings[i], &handlers_before_[i], nullptr);
    }
    std::fputc('\n', stderr);
  }
  WithoutEcho(const WithoutEcho&) = delete;
  WithoutEcho& operator=(const WithoutEcho&) = delete;

 private:
  std::array<struct sigaction, kEndings.size()> handlers_before_{};
  bool terminal_;
};

}  // namespace

base::Result<std::filesystem::path> state_folder(const std::string& given) {
  if (!given.empty()) return given;
  const auto from = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  if (auto own = from("SEALTONE_STATE"); !own.empty()) return own;
  if (const auto xdg = from("XDG_STATE_HOME"); !xdg.empty()) {
    return std::filesystem::path(xdg) / "sealtone";
  }
  if (const auto home = from("HOME"); !home.empty()) {
    return std::filesystem::path(home) / ".local/state/sealtone";
  }
  return base::fail(base::ErrorCode::not_found, "--state",
                    "no folder was given, and neither SEALTONE_STATE nor HOME is set");
}

std::string input_name(const std::string& file) { return file == "-" ? "standard input" : file; }

base::Result<base::Bytes> read_input(const std::string& file, std::size_t max_bytes) {
  if (file != "-") return base::read_file(file, max_bytes);
  return base::read_open_file(STDIN_FILENO, input_name(file), max_bytes);
}

base::Result<crypto::Secret> read_secret(const std::string& file, const std::string& prompt) {
  if (!file.empty()) {
    auto content = base::read_file(file, kMaxSecretBytes);
    if (!content) return std::unexpected(content.error());
    crypto::Secret secret(*content);
    crypto::wipe({reinterpret_cast<char*>(content->data()), content->size()});
    secret.shorten(first_line_length(secret.text()));
    return secret;
  }
  const WithoutEcho silent;  // before the prompt: what is typed upon it is never seen nor lost
  std::fprintf(stderr, "%s: ", prompt.c_str());
  std::fflush(stderr);
  // Octet by octet: a stream of the library would keep a copy.
  crypto::Secret typed(kMaxSecretBytes);
  std::size_t length = 0;
  while (length < kMaxSecretBytes) {
    const auto got = ::read(STDIN_FILENO, typed.octets().data() + length, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 && length == 0) {
      return base::fail(base::ErrorCode::bad_input, prompt, "nothing was typed");
    }
    if (got <= 0 || typed.octets()[length] == '\n') break;
    ++length;
  }
  typed.shorten(first_line_length(typed.text().substr(0, length)));
  return typed;
}

base::Result<std::filesystem::path> phone_folder(const std::string& given) {
  auto folder = state_folder(given);
  if (!folder) return folder;
  std::error_code why;
  const bool there = std::filesystem::exists(*folder / "sealtone.db", why);
  if (why) {
    return base::fail(base::ErrorCode::io, folder->string(),
                      "this folder cannot be looked into (" + why.message() +
                          "); run this as the user whose phone it is");
  }
  if (!there) {
    return base::fail(base::ErrorCode::not_found, folder->string(),
                      "no phone keeps its state there; name its folder with --state DIR");
  }
  return folder;
}

base::Result<void> without_password(const std::string& url) {
  const auto parsed = base::parse_url(url);
  if (!parsed || parsed->password.empty()) return {};
  return base::fail(base::ErrorCode::not_allowed, parsed->shown(),
                    "a password is not given as an argument, where others can read it; use --user "
                    "and --password-file FILE");
}

base::Result<std::filesystem::path> make_temporary_folder() {
  const char* base = std::getenv("TMPDIR");
  std::string pattern =
      std::string(base == nullptr || *base == 0 ? "/tmp" : base) + "/sealtone-lab-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) {
    return base::fail(base::ErrorCode::io, pattern, std::strerror(errno));
  }
  return pattern;
}

}  // namespace sealtone::app
