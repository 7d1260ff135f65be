// SPDX-License-Identifier: Apache-2.0
#include "app/key_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "capture/source.h"

namespace sealtone::app {
namespace {

constexpr std::size_t kReadAtOnce = 65'536;

}  // namespace

KeyLog::KeyLog(int descriptor) : descriptor_(descriptor) {}

KeyLog::KeyLog(KeyLog&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      text_(std::move(other.text_)),
      told_(std::exchange(other.told_, 0)) {}

KeyLog& KeyLog::operator=(KeyLog&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(text_, other.text_);
  std::swap(told_, other.told_);
  return *this;
}

KeyLog::~KeyLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Result<KeyLog> KeyLog::open(const std::string& path) {
  const auto descriptor = capture::open_to_read(path, "a key log");
  if (!descriptor) return std::unexpected(descriptor.error());
  return KeyLog(*descriptor);
}

void KeyLog::stop_waiting() {
  const int flags = ::fcntl(descriptor_, F_GETFL);
  if (flags >= 0) (void)::fcntl(descriptor_, F_SETFL, flags | O_NONBLOCK);
}

void KeyLog::drop_told() { text_.erase(0, std::exchange(told_, 0)); }

std::string_view KeyLog::more() {
  drop_told();
  for (;;) {
    const auto before = text_.size();
    text_.resize(before + kReadAtOnce);
    const auto got = ::read(descriptor_, text_.data() + before, kReadAtOnce);
    text_.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got <= 0) return {};
    if (const auto end = text_.rfind('\n'); end != std::string::npos) {
      told_ = end + 1;
      return std::string_view(text_).substr(0, told_);
    }
    // No secret is so long: the line's end is waited for, and its beginning is not kept.
    if (text_.size() > kReadAtOnce) text_.assign(1, '#');
  }
}

std::string_view KeyLog::rest() {
  drop_told();
  told_ = text_.size();
  return text_;
}

}  // namespace sealtone::app
