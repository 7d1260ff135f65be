// SPDX-License-Identifier: Apache-2.0
// sealtone check --capture: what went over the wire, as a capture file.
#include "app/checking.h"
#include "app/new_file.h"
#include "base/text.h"
#include "phone/octets.h"

namespace sealtone::app {

base::Result<std::string> write_capture(const CheckArguments& arguments, const std::string& server,
                                        const tls::Recordings& recordings) {
  std::vector<capture::KeptConversation> all;
  for (const auto& recording : recordings.all()) {
    recording->named("check", server);
    all.push_back(phone::conversation_of(*recording, arguments.with_keys));
  }
  const auto file = capture::write_pcapng(all, phone::written_by());
  // For nobody else: what is in it is encrypted, but not who spoke to whom.
  if (auto written = write_new_file(arguments.capture, file, 0600); !written) {
    return std::unexpected(written.error());
  }
  return base::visible(arguments.capture) + " was written. " +
         phone::words_on(all, arguments.with_keys);
}

}  // namespace sealtone::app
