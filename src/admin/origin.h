// SPDX-License-Identifier: Apache-2.0
//
// admin/origin: was the request meant for this phone, by somebody at this phone's page?
//
// Against DNS rebinding the Host must be an IP address, localhost or one of the phone's own names;
// a browser's Origin must be that very host.
#pragma once

#include <span>
#include <string>

#include "http/http.h"

namespace sealtone::admin {

[[nodiscard]] bool host_is_own(std::string_view host, std::span<const std::string> own_names);
[[nodiscard]] bool origin_fits(const http::Request& request);
// The value of one cookie; empty if it is not there.
[[nodiscard]] std::string cookie(const http::Request& request, std::string_view name);

}  // namespace sealtone::admin
