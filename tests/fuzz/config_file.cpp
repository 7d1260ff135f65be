// SPDX-License-Identifier: Apache-2.0
//
// fuzz/config_file: any octets read as a configuration file.
//
// What must hold besides "no crash": mistakes or a file, never an empty list of mistakes; each
// assignment stands under its own name and may be set by hand too; applying twice changes
// nothing more; what is told is short and fit for a terminal.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/tls_versions.h"
#include "settings/views.h"

namespace {

using namespace sealtone;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_fit_to_show(std::string_view text) {
  require(!text.empty() && text.size() < 400);
  for (const unsigned char c : text) require(c >= 0x20 && c != 0x7F);
}

void check(const settings::ConfigFile& file) {
  for (const auto& remark : file.remarks) require_fit_to_show(remark.text);
  for (const auto& one : file.assignments) {
    const auto known = settings::find_key(one.canonical);
    require(known && known->canonical == one.canonical);
    require(one.restore ? one.value.empty()
                        : !one.value.empty() && settings::check_value(*known, one.value));
  }
  const auto once = settings::apply({}, {&file, 1});
  require(settings::apply(once, {&file, 1}) == once);
  for (const auto* const app : {"auto_provision", "web_server", "sip"}) {
    const auto tls = settings::tls_settings(once, app);
    require(tls.lowest_version >= base::kTls10 && tls.lowest_version <= tls.highest_version &&
            tls.highest_version <= base::kTls13);
  }
  const auto web = settings::web_settings(once);
  require(web.https_port >= 1 && web.https_port <= 65535 && web.relog_minutes >= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = settings::parse({reinterpret_cast<const char*>(data), size});
  if (file) {
    check(*file);
    return 0;
  }
  require(!file.error().empty());
  for (const auto& mistake : file.error()) require_fit_to_show(mistake.text);
  return 0;
}
