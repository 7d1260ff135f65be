// SPDX-License-Identifier: Apache-2.0
//
// sip/server: see server.h.
#include "sip/server.h"

#include <boost/asio/ip/address.hpp>

#include "net/resolve.h"
#include "net/srv.h"

namespace sealtone::sip {
namespace {

bool is_address(const std::string& host) {
  boost::system::error_code failed;
  (void)net::asio::ip::make_address(host, failed);
  return !failed;
}

const char* service(Transport transport) {
  return transport == Transport::tls ? "_sips._tcp." : "_sip._tcp.";
}

}  // namespace

const char* word(Transport transport) {
  switch (transport) {
    case Transport::udp: return "UDP";
    case Transport::tcp: return "TCP";
    case Transport::tls: return "TLS";
  }
  return "";
}

std::uint16_t default_port(Transport transport) {
  return transport == Transport::tls ? 5061 : 5060;
}

std::string Server::text() const {
  const auto name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == 0 ? name : name + ":" + std::to_string(port);
}

net::Task<base::Result<std::vector<Hop>>> next_hops(Server server, std::chrono::milliseconds limit,
                                                    std::uint32_t random,
                                                    std::string name_servers) {
  // RFC 3263 §4.2: "If TARGET is a numeric IP address, the client uses that address.  If the URI
  // also contains a port, it uses that port.  If no port is specified, it uses the default port for
  // the particular transport protocol."
  const auto own_port = server.port != 0 ? server.port : default_port(server.transport);
  const std::vector<Hop> itself{{server.host, own_port}};
  if (server.port != 0 || is_address(server.host) || net::is_localhost(server.host)) {
    co_return itself;
  }
  const auto name = service(server.transport) + server.host;
  auto looking_up = net::look_up_srv(name, limit, std::move(name_servers));
  auto records = co_await std::move(looking_up);
  // "If no SRV records were found, the client performs an A or AAAA record lookup of the domain
  // name."  Where the name servers cannot say, that look-up says why.
  if (!records || records->empty()) co_return itself;
  // RFC 2782: "A Target of "." means that the service is decidedly not available at this domain."
  if (records->size() == 1 && records->front().target.empty()) {
    co_return base::fail(base::ErrorCode::unreachable, server.host,
                         std::string("its DNS says that it does not speak SIP over ") +
                             word(server.transport) + " (" + name + " is \".\")");
  }
  std::vector<Hop> hops;
  for (auto& record : net::in_order(std::move(*records), random)) {
    if (record.port != 0 && !record.target.empty()) {
      hops.push_back({std::move(record.target), record.port});
    }
  }
  co_return hops.empty() ? itself : hops;
}

}  // namespace sealtone::sip
