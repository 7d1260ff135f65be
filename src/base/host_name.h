// SPDX-License-Identifier: Apache-2.0
//
// base/host_name: internationalised host names as A-labels, in which they are compared and
// resolved, and as what these stand for.
//
// Source: RFC 5890 to 5892 (IDNA2008), UTS 46 (what people type: capital letters, wide dots),
// RFC 9525 §6.3.  Errors: bad_input says what is wrong with the name.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace sealtone::base {

// "bücher.example" and "xn--bcher-kva.example" to the latter, in lower case.  Names of ASCII
// letters alone come back as they are; whether they are host names is not looked at.
[[nodiscard]] Result<std::string> to_a_labels(std::string_view name);

// For people: the name, made visible, and where it has A-labels what these stand for:
// "xn--bcher-kva.example (bücher.example)".  Letters that are not Latin are named, and those of
// scripts that nobody writes together are escaped.
[[nodiscard]] std::string shown_host(std::string_view name);

}  // namespace sealtone::base
