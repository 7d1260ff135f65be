// SPDX-License-Identifier: Apache-2.0
//
// net/unix_path: see unix_path.h.
#include "net/unix_path.h"

#include <fcntl.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace sealtone::net {

base::Result<UnixPath> UnixPath::of(const std::filesystem::path& path) {
  constexpr auto kFits = sizeof(sockaddr_un::sun_path) - 1;
  if (path.string().size() <= kFits) return UnixPath(path.string(), -1);
  const int folder = open(path.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) {
    return base::fail(base::ErrorCode::not_found, path.parent_path().string(),
                      std::strerror(errno));
  }
  UnixPath reachable("/proc/self/fd/" + std::to_string(folder) + "/" + path.filename().string(),
                     folder);
  if (reachable.text().size() > kFits) {
    return base::fail(base::ErrorCode::too_large, path.filename().string(),
                      "the name of the socket's file is too long");
  }
  return reachable;
}

UnixPath::UnixPath(UnixPath&& other) noexcept
    : text_(std::move(other.text_)), folder_(std::exchange(other.folder_, -1)) {}

UnixPath::~UnixPath() {
  if (folder_ >= 0) ::close(folder_);
}

}  // namespace sealtone::net
