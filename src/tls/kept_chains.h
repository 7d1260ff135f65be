// SPDX-License-Identifier: Apache-2.0
//
// tls/kept_chains: what servers showed a moment ago, decoded and judged, for whoever asks them for
// one file after the other.
#pragma once

#include "trust/kept_verdicts.h"
#include "x509/kept_certificates.h"

namespace sealtone::tls {

struct KeptChains {
  x509::KeptCertificates certificates;
  trust::KeptVerdicts verdicts;
};

}  // namespace sealtone::tls
