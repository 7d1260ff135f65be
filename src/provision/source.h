// SPDX-License-Identifier: Apache-2.0
//
// provision/source: where a run's configuration files are.
//
// Source: phone-behaviour, chapter 5.2 (the common file, then <mac>.cfg).  The URL is a folder,
// with or without its last slash, as phones take it; one whose last part ends in ".cfg" is that one
// file. A query stays behind the file's name.  Errors: bad_input names the URL's fault.
#pragma once

#include <string_view>
#include <vector>

#include "base/url.h"
#include "settings/views.h"

namespace sealtone::provision {

[[nodiscard]] base::Result<std::vector<base::Url>> config_urls(
    const settings::ProvisionSettings& settings, std::string_view mac);

// "y000000000000.cfg"
[[nodiscard]] std::string_view file_name(const base::Url& url);

}  // namespace sealtone::provision
