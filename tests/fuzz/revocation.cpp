// SPDX-License-Identifier: Apache-2.0
//
// fuzz/revocation: any octets as an answer of OCSP that a server sent along, and as the file of a
// revocation list that an admin uploads.
//
// Input: one octet (bit 0: a list), then the octets.  What must hold besides "no crash": by itself
// neither refuses a certificate that it does not name, whatever it holds; under the policy that
// demands one, a certificate that is not covered is refused; and no answer but a signed one says
// anything.
#include "crypto/crypto.h"
#include "fuzz/x509_contents.h"
#include "x509/crl.h"
#include "x509/issue.h"
#include "x509/ocsp.h"

namespace {

using namespace sealtone;

// A root and a leaf of the test's own: nothing that comes in is signed by that root.
struct Chain {
  x509::Certificate root, leaf;
};

Chain made_for_the_test() {
  crypto::SystemRandom random;
  x509::Request request;
  request.common_name = "root";
  request.ca = true;
  request.validity = {fuzz::kNow - std::chrono::days(1), fuzz::kNow + std::chrono::days(1)};
  auto root = x509::issue_self_signed(request, random).value();
  request.common_name = "leaf";
  request.ca = false;
  auto leaf = x509::issue(request, root, random).value();
  return {root.certificate, leaf.certificate};
}

std::vector<x509::Fault> faults(const Chain& chain, const x509::AnchorSet& anchors,
                                x509::PathOptions options, bool required) {
  options.purpose = x509::Purpose::any;
  options.revocation_required = required;
  return x509::check_path({&chain.leaf, 1}, anchors, fuzz::kNow, options).faults;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const auto chain = made_for_the_test();
  static const x509::AnchorSet anchors({chain.root});
  const base::ByteView octets(data + 1, size - 1);
  x509::PathOptions options;
  if ((data[0] & 1U) != 0) {
    auto lists = x509::parse_crls(octets, "upload");
    if (!lists) {
      fuzz::require(!lists.error().detail.empty());
      return 0;
    }
    fuzz::require(!lists->empty());
    for (const auto& list : *lists) {
      // What is kept is what is read again.
      const auto again = x509::Crl::from_der(list.der());
      fuzz::require(again && again->facts().entries == list.facts().entries);
      fuzz::require(!list.signed_by(chain.root));
    }
    options.crls = std::make_shared<const std::vector<x509::Crl>>(*std::move(lists));
  } else {
    const x509::OcspAnswer answer(octets);
    fuzz::require(answer.certificates().size() <= x509::kMaxOcspCertificates);
    if (!answer.unusable().empty()) {
      fuzz::require(base::visible(answer.unusable(), 2'000) == answer.unusable());
    }
    (void)answer.about(chain.leaf, chain.root);
    fuzz::require(!answer.signed_by(chain.root));
    options.ocsp_responses =
        std::make_shared<const std::vector<base::Bytes>>(1, base::Bytes(data + 1, data + size));
  }
  fuzz::require(faults(chain, anchors, options, false).empty());
  fuzz::require(!faults(chain, anchors, options, true).empty());
  return 0;
}
