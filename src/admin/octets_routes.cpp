// SPDX-License-Identifier: Apache-2.0
// The routes that give connections' octets as a capture file.
#include <nlohmann/json.hpp>

#include "admin/answers.h"
#include "admin/body.h"
#include "admin/routes.h"

namespace sealtone::admin {
namespace {

// tail: the connection's number; empty: all of them.
net::Task<http::Response> give_octets(Call call, bool with_keys) {
  SaveOctets wanted{.connection = {}, .with_keys = with_keys, .who = {}};
  wanted.who = call.local ? "command line" : "page";
  if (!call.tail.empty()) {
    const auto id = id_of(call.tail);
    if (!id) co_return refuse(id.error());
    wanted.connection = *id;
  }
  auto saved = co_await call.phone.save_octets(std::move(wanted));
  if (!saved) co_return refuse(saved.error());
  const auto name =
      call.tail.empty() ? std::string("sealtone-connections") : "sealtone-connection-" + call.tail;
  http::Response response;
  response.fields = {{"Content-Type", "application/x-pcapng"},
                     {"Content-Disposition", "attachment; filename=\"" + name + ".pcapng\""},
                     {"X-Says", std::move(saved->says)}};
  response.body = std::move(saved->file);
  co_return response;
}

}  // namespace

net::Task<http::Response> save_octets(Call call) { return give_octets(std::move(call), false); }

net::Task<http::Response> save_octets_as_asked(Call call) {
  const auto body = json_object(call.request.body);
  if (!body) co_return refuse(body.error());
  const auto with_keys = body->value("with_keys", nlohmann::json(false));
  if (!with_keys.is_boolean()) {
    co_return refuse({base::ErrorCode::bad_input, "with_keys", "say true or false"});
  }
  // Secrets leave over no network: who has the page has not the passwords below its keys.
  if (with_keys.get<bool>() && !call.local) {
    co_return refuse(403, "local-only",
                     "The session keys are given on the phone itself alone: sealtone connections "
                     "save, with --with-keys. Without them the page gives the same octets.");
  }
  auto response = co_await give_octets(std::move(call), with_keys.get<bool>());
  co_return response;
}

}  // namespace sealtone::admin
