// SPDX-License-Identifier: Apache-2.0
//
// phone/addresses: see addresses.h.
#include "phone/addresses.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <unistd.h>

#include <array>
#include <climits>

namespace sealtone::phone {
namespace {

std::string text_of(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* octets = nullptr;
  if (address->sa_family == AF_INET) {
    octets = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  } else if (address->sa_family == AF_INET6) {
    const auto& v6 = *reinterpret_cast<const sockaddr_in6*>(address);
    // A link-local address says nothing without the name of its interface.
    if (!IN6_IS_ADDR_LINKLOCAL(&v6.sin6_addr)) octets = &v6.sin6_addr;
  }
  if (octets == nullptr) return {};
  const auto* shown = inet_ntop(address->sa_family, octets, text.data(), text.size());
  return shown == nullptr ? std::string() : std::string(shown);
}

}  // namespace

std::vector<std::string> page_addresses(const std::string& listen) {
  const bool every_v4 = listen == "0.0.0.0";
  const bool every = listen == "::";
  if (!every_v4 && !every) return {listen};
  std::vector<std::string> addresses;
  ifaddrs* interfaces = nullptr;
  if (getifaddrs(&interfaces) != 0) return {every_v4 ? "127.0.0.1" : "::1"};
  for (const auto* each = interfaces; each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr) continue;
    auto text = text_of(each->ifa_addr);
    const bool v6 = each->ifa_addr->sa_family == AF_INET6;
    if (!text.empty() && !(every_v4 && v6)) addresses.push_back(std::move(text));
  }
  freeifaddrs(interfaces);
  return addresses;
}

std::string without_port(const std::string& peer) {
  const auto colon = peer.rfind(':');
  if (colon == std::string::npos) return peer;
  if (peer.starts_with('[')) return peer.substr(1, peer.find(']') - 1);
  return peer.substr(0, colon);
}

std::string host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

}  // namespace sealtone::phone
