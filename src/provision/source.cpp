// SPDX-License-Identifier: Apache-2.0
//
// provision/source: see source.h; and the MAC address that names a phone's own file.
#include "provision/source.h"

#include "base/bytes.h"
#include "base/text.h"
#include "provision/provision.h"

namespace sealtone::provision {
namespace {

using base::ErrorCode;

constexpr std::string_view kKey = "static.auto_provision.server.url";
constexpr std::size_t kMacDigits = 12;

struct Target {
  std::string path, query;  // the query with its question mark
};

Target split_target(const std::string& target) {
  const auto at = target.find('?');
  if (at == std::string::npos) return {target, {}};
  return {target.substr(0, at), target.substr(at)};
}

}  // namespace

base::Result<std::vector<base::Url>> config_urls(const settings::ProvisionSettings& settings,
                                                 std::string_view mac) {
  auto url = base::parse_url(settings.url);
  if (!url) return base::fail(ErrorCode::bad_input, std::string(kKey), url.error().detail);
  if (url->scheme != "https" && url->scheme != "http") {
    return base::fail(
        ErrorCode::bad_input, std::string(kKey),
        "the provisioning URL begins with " + base::visible(url->scheme) +
            ":, which is not supported; give one that begins with https:// or http://");
  }
  if (base::lower_ascii(file_name(*url)).ends_with(".cfg")) return std::vector{*std::move(url)};

  auto [folder, query] = split_target(url->target);
  if (!folder.ends_with('/')) folder += '/';
  std::vector<base::Url> urls(2, *url);
  urls[0].target = folder + settings.common_file + query;
  urls[1].target = folder + std::string(mac) + ".cfg" + query;
  return urls;
}

std::string_view file_name(const base::Url& url) {
  const std::string_view target = url.target;
  const auto path = target.substr(0, target.find('?'));
  return path.substr(path.rfind('/') + 1);
}

base::Result<std::string> normalise_mac(std::string_view text) {
  constexpr std::size_t kGroup = 3;  // two digits and what parts them from the next
  std::string digits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool parts = text.size() != kMacDigits && at % kGroup == 2;
    const bool fits = (text[at] == ':' || text[at] == '-') && text[at] == text[2];
    if (!parts || !fits) digits += text[at];
  }
  const bool whole = text.size() == kMacDigits || text.size() == kMacDigits / 2 * kGroup - 1;
  if (!whole || digits.size() != kMacDigits ||
      digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
    return base::fail(ErrorCode::bad_input, base::visible(text, kMacDigits * 2),
                      "a MAC address has twelve hexadecimal digits, as in 00:15:65:00:00:01");
  }
  return base::lower_ascii(digits);
}

}  // namespace sealtone::provision
