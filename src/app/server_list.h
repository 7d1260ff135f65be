// SPDX-License-Identifier: Apache-2.0
//
// app/server_list: the file of `sealtone check --list`: one server a line.
//
//   # the provisioning server, and the proxy under the name that the phones have for it
//   https://prov.example.com/
//   192.0.2.7:5061  name=pbx.example.com   # a comment may stand behind a blank, too
//
// Errors: every mistake with its line (bad_input, unsupported, not_allowed); too_large.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/url.h"
#include "trust/trust.h"

namespace sealtone::app {

struct ListedServer {
  base::Url url;
  std::string name;  // what its certificate has to name: name=, else the host
  trust::Service service = trust::Service::https;  // sips:HOST is judged as SIP's
};

inline constexpr std::size_t kMaxListBytes = 1'000'000;
inline constexpr std::size_t kMaxListLine = 1'000;  // octets
inline constexpr std::size_t kMaxListed = 1'000;    // servers

// At least one server, or at least one mistake; of those no more than twenty.
[[nodiscard]] std::expected<std::vector<ListedServer>, std::vector<base::Error>> read_server_list(
    std::string_view text, const std::string& file);

}  // namespace sealtone::app
