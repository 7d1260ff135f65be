// SPDX-License-Identifier: Apache-2.0
//
// net/resolve: see resolve.h.
#include "net/resolve.h"

#include <netinet/in.h>

#include <boost/asio/this_coro.hpp>

#include "base/text.h"
#include "net/lookup.h"

namespace sealtone::net {
namespace {

using Addresses = std::vector<asio::ip::address>;

asio::ip::address address_of(const ares_addrinfo_node& node) {
  if (node.ai_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(node.ai_addr);
    return asio::ip::address_v4(ntohl(v4->sin_addr.s_addr));
  }
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(node.ai_addr);
  asio::ip::address_v6::bytes_type octets{};
  std::copy(std::begin(v6->sin6_addr.s6_addr), std::end(v6->sin6_addr.s6_addr), octets.begin());
  return asio::ip::address_v6(octets, v6->sin6_scope_id);
}

struct AddressQuestion {
  Addresses addresses;
  std::shared_ptr<Lookup> lookup;  // goes first

  void ask(const std::string& host) {
    ares_addrinfo_hints hints{};
    hints.ai_family = AF_UNSPEC;
    const auto callback = [](void* self, int status, int, ares_addrinfo* found) {
      static_cast<AddressQuestion*>(self)->answer(status, found);
    };
    ares_getaddrinfo(lookup->channel(), host.c_str(), nullptr, &hints, callback, this);
  }

 private:
  void answer(int status, ares_addrinfo* found) {
    for (auto* node = found == nullptr ? nullptr : found->nodes; node != nullptr;
         node = node->ai_next) {
      addresses.push_back(address_of(*node));
    }
    ares_freeaddrinfo(found);
    lookup->answer(status);
  }
};

}  // namespace

bool is_localhost(std::string_view host) {
  const auto name = base::lower_ascii(host.ends_with('.') ? host.substr(0, host.size() - 1) : host);
  return name == "localhost" || name.ends_with(".localhost");
}

Task<base::Result<Addresses>> resolve(std::string host, std::chrono::milliseconds limit,
                                      std::string name_servers) {
  // c-ares takes an empty name for this machine.
  if (host.empty()) co_return base::fail(base::ErrorCode::unreachable, host, "there is no name");
  boost::system::error_code failed;
  const auto literal = asio::ip::make_address(host, failed);
  if (!failed) co_return Addresses{literal};
  if (is_localhost(host)) {
    const Addresses own{asio::ip::address_v4::loopback(), asio::ip::address_v6::loopback()};
    co_return own;
  }
  const auto executor = co_await asio::this_coro::executor;
  AddressQuestion question{{}, std::make_shared<Lookup>(executor)};
  if (!question.lookup->open(name_servers)) {
    co_return base::fail(base::ErrorCode::internal, host, "the name resolver does not start");
  }
  question.ask(host);
  const auto status = co_await question.lookup->wait(limit);
  if (!status) {
    co_return base::fail(base::ErrorCode::timeout, host, "the name servers did not answer in time");
  }
  if (*status != ARES_SUCCESS || question.addresses.empty()) {
    const bool no_such_name = *status == ARES_ENOTFOUND || *status == ARES_ENODATA;
    co_return base::fail(
        base::ErrorCode::unreachable, host,
        no_such_name ? std::string("no address is known for this name")
                     : std::string("the name could not be looked up: ") + ares_strerror(*status));
  }
  co_return std::move(question.addresses);
}

}  // namespace sealtone::net
