// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

namespace sealtone::base {

const char* word(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input: return "bad-input";
    case ErrorCode::wrong_kind: return "wrong-kind";
    case ErrorCode::too_large: return "too-large";
    case ErrorCode::not_found: return "not-found";
    case ErrorCode::exists: return "exists";
    case ErrorCode::mismatch: return "mismatch";
    case ErrorCode::not_allowed: return "not-allowed";
    case ErrorCode::busy: return "busy";
    case ErrorCode::timeout: return "timeout";
    case ErrorCode::unreachable: return "unreachable";
    case ErrorCode::closed: return "closed";
    case ErrorCode::io: return "io";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

std::string to_string(const Error& error) {
  return error.where.empty() ? error.detail : error.where + ": " + error.detail;
}

}  // namespace sealtone::base
