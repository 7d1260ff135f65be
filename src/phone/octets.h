// SPDX-License-Identifier: Apache-2.0
//
// phone/octets: recordings as what a capture file is written from, and what is said of that file;
// and what was said in them.
#pragma once

#include <string>
#include <vector>

#include "capture/writer.h"
#include "explain/spoken.h"
#include "tls/recording.h"

namespace sealtone::phone {

// Without keys their secrets stay where they are.
[[nodiscard]] capture::KeptConversation conversation_of(const tls::Recording& recording,
                                                        bool with_keys);
[[nodiscard]] explain::Conversation spoken_in(const tls::Recording& recording);
// ASCII: what the file holds, where it is cut, what to heed.
[[nodiscard]] std::string words_on(const std::vector<capture::KeptConversation>& all,
                                   bool with_keys);
// Named in the file as what wrote it.
[[nodiscard]] std::string written_by();

}  // namespace sealtone::phone
