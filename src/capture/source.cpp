// SPDX-License-Identifier: Apache-2.0
#include "capture/source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace sealtone::capture {
namespace {

constexpr std::size_t kBuffer = 262'144;
constexpr int kPatienceMs = 200;
// What is passed over in one call, where more may come for ever.
constexpr std::uint64_t kMostPassed = 16'777'216;
constexpr int kWriterPatienceMs = 10'000;
constexpr const char* kWanted = "a capture";

// A pipe by name: it is opened whether anybody writes to it or not, and then has so long to begin.
base::Result<int> open_pipe(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return base::fail(base::ErrorCode::io, path, std::strerror(errno));
  pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
  int answer = 0;
  do {
    answer = ::poll(&waiting, 1, kWriterPatienceMs);
  } while (answer < 0 && errno == EINTR);
  if (answer <= 0) {
    ::close(descriptor);
    return base::fail(base::ErrorCode::timeout, path,
                      "it is a pipe, and nobody wrote to it within 10 seconds");
  }
  (void)::fcntl(descriptor, F_SETFL, 0);  // from now on it waits for the next packet
  return descriptor;
}

base::Result<void> no_folder(int descriptor, const std::string& path, const char* wanted) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0 || !S_ISDIR(status.st_mode)) return {};
  return base::fail(base::ErrorCode::bad_input, path, std::string("it is a folder, not ") + wanted);
}

bool is_pipe(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
}

}  // namespace

base::Result<int> open_to_read(const std::string& path, const char* wanted) {
  using base::ErrorCode;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) {
    const int number = errno;
    const auto code = number == ENOENT                      ? ErrorCode::not_found
                      : number == EACCES || number == EPERM ? ErrorCode::not_allowed
                                                            : ErrorCode::io;
    return base::fail(code, path, std::strerror(number));
  }
  if (auto file = no_folder(descriptor, path, wanted); !file) {
    ::close(descriptor);
    return std::unexpected(file.error());
  }
  return descriptor;
}

Source::Source(int descriptor, bool owned, bool follow, bool grows)
    : buffer_(kBuffer), descriptor_(descriptor), owned_(owned), follow_(follow), grows_(grows) {}

Source::Source(Source&& other) noexcept
    : buffer_(std::move(other.buffer_)),
      begin_(std::exchange(other.begin_, 0)),
      end_(std::exchange(other.end_, 0)),
      to_pass_(other.to_pass_),
      descriptor_(std::exchange(other.descriptor_, -1)),
      owned_(other.owned_),
      follow_(other.follow_),
      grows_(other.grows_),
      whole_file_(other.whole_file_),
      problem_(std::move(other.problem_)) {}

Source& Source::operator=(Source&& other) noexcept {
  std::swap(buffer_, other.buffer_);
  std::swap(begin_, other.begin_);
  std::swap(end_, other.end_);
  std::swap(to_pass_, other.to_pass_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(owned_, other.owned_);
  std::swap(follow_, other.follow_);
  std::swap(grows_, other.grows_);
  std::swap(whole_file_, other.whole_file_);
  std::swap(problem_, other.problem_);
  return *this;
}

Source::~Source() {
  if (owned_ && descriptor_ >= 0) ::close(descriptor_);
}

base::Result<Source> Source::open(const std::string& path, bool follow) {
  const bool standard_input = path == "-";
  const bool pipe_by_name = !standard_input && is_pipe(path);
  const auto opened = standard_input ? base::Result<int>(STDIN_FILENO)
                      : pipe_by_name ? open_pipe(path)
                                     : open_to_read(path, kWanted);
  if (!opened) return std::unexpected(opened.error());
  const int descriptor = *opened;
  struct stat status{};
  // A pipe ends by itself, and who reads it gets what there is in time.  A file on standard input
  // ends where it ends, unless it is to be followed.
  const bool file = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  const bool waits = follow || standard_input || pipe_by_name;
  Source source(descriptor, !standard_input, waits, follow && file);
  source.whole_file_ = file && !waits;
  if (auto read = no_folder(descriptor, path, kWanted); !read) {
    return std::unexpected(read.error());
  }
  return source;
}

Source::State Source::need(std::size_t octets) {
  std::uint64_t passed = 0;
  while (to_pass_ > 0 || end_ - begin_ < octets) {
    if (to_pass_ > 0) {
      const auto now = std::min<std::uint64_t>(to_pass_, end_ - begin_);
      begin_ += now;
      to_pass_ -= now;
      passed += now;
      if (to_pass_ == 0) continue;
      if (follow_ && passed >= kMostPassed) return State::wait;
    }
    make_room(octets);
    const auto state = read_more();
    if (state != State::ready) return state;
  }
  return State::ready;
}

void Source::pass(std::uint64_t octets) {
  const auto now = std::min<std::uint64_t>(octets, end_ - begin_);
  begin_ += now;
  to_pass_ += octets - now;
}

// What is there moves to the front only when what is needed would not fit behind it.
void Source::make_room(std::size_t octets) {
  if (descriptor_ < 0) return;
  if (begin_ == end_) begin_ = end_ = 0;
  if (begin_ + octets <= buffer_.size() && end_ < buffer_.size()) return;
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
  end_ -= begin_;
  begin_ = 0;
  if (octets > buffer_.size()) buffer_.resize(octets);
}

Source::State Source::read_more() {
  if (descriptor_ < 0) return State::end;
  pollfd waiting{.fd = descriptor_, .events = POLLIN, .revents = 0};
  if (follow_ && !grows_ && ::poll(&waiting, 1, kPatienceMs) <= 0) return State::wait;
  const auto got = ::read(descriptor_, buffer_.data() + end_, buffer_.size() - end_);
  if (got > 0) {
    end_ += static_cast<std::size_t>(got);
    return State::ready;
  }
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return State::wait;
  if (got < 0) {
    problem_ = std::strerror(errno);
    return State::end;
  }
  if (!follow_ || !grows_) return State::end;
  (void)::poll(nullptr, 0, kPatienceMs);
  return State::wait;
}

}  // namespace sealtone::capture
