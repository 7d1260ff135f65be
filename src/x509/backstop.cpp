// SPDX-License-Identifier: Apache-2.0
//
// x509/backstop: see backstop.h.
#include "x509/backstop.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

struct Refusal {
  int code;
  int depth;
};
using Refusals = std::vector<Refusal>;

struct StackFree {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }  // the certificates stay
};
using Stack = std::unique_ptr<STACK_OF(X509), StackFree>;
using Context = Owned<X509_STORE_CTX, X509_STORE_CTX_free>;

// Notes every refusal and lets OpenSSL go on to the next.
int note_refusal(int ok, X509_STORE_CTX* context) {
  if (ok == 1) return 1;
  auto& refusals = *static_cast<Refusals*>(X509_STORE_CTX_get_app_data(context));
  refusals.push_back({X509_STORE_CTX_get_error(context), X509_STORE_CTX_get_error_depth(context)});
  return 1;
}

// Signatures and dates, which OpenSSL checks in this last step, were checked by path's own rules:
// with the same X509_verify, and to the last second of notAfter, which OpenSSL leaves out. To
// verify every signature twice would double what a verdict costs.
int signatures_are_checked(X509_STORE_CTX*) { return 1; }

Refusals verify(const CheckedPath& checked) {
  const Stack sent(sk_X509_new_null());
  const Stack trusted(sk_X509_new_null());
  for (const auto& certificate : checked.path) {
    const bool is_anchor = checked.reaches_anchor && &certificate == &checked.path.back();
    sk_X509_push(is_anchor ? trusted.get() : sent.get(), certificate.native());
  }
  Refusals refusals;
  const Context context(X509_STORE_CTX_new());
  if (!context ||
      X509_STORE_CTX_init(context.get(), nullptr, checked.path.front().native(), sent.get()) != 1) {
    return {{X509_V_ERR_OUT_OF_MEM, 0}};
  }
  // Only the path's own end is trusted, so that OpenSSL judges this path and no other.
  X509_STORE_CTX_set0_trusted_stack(context.get(), trusted.get());
  X509_STORE_CTX_set_app_data(context.get(), &refusals);
  X509_STORE_CTX_set_verify_cb(context.get(), note_refusal);
  X509_STORE_CTX_set_verify(context.get(), signatures_are_checked);
  X509_VERIFY_PARAM* const rules = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_POLICY_CHECK);
  // The strength of keys and signatures is judged by path's own rules.
  X509_VERIFY_PARAM_set_auth_level(rules, 0);
  if (X509_verify_cert(context.get()) != 1 && refusals.empty()) {
    refusals.push_back({X509_STORE_CTX_get_error(context.get()), 0});
  }
  return refusals;
}

PathFault fault_for(int code) {
  switch (code) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return PathFault::self_signed_leaf;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED: return PathFault::issuer_unknown;
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_INVALID_NON_CA: return PathFault::not_a_ca;
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN: return PathFault::key_usage;
    case X509_V_ERR_PATH_LENGTH_EXCEEDED: return PathFault::path_length;
    case X509_V_ERR_PERMITTED_VIOLATION:
    case X509_V_ERR_EXCLUDED_VIOLATION:
    case X509_V_ERR_SUBTREE_MINMAX:
    case X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE:
    case X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX:
    case X509_V_ERR_UNSUPPORTED_NAME_SYNTAX: return PathFault::name_constraint;
    case X509_V_ERR_INVALID_POLICY_EXTENSION:
    case X509_V_ERR_NO_EXPLICIT_POLICY: return PathFault::policy;
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION: return PathFault::unknown_critical_extension;
    default: return PathFault::other;
  }
}

// Names of the certificates below, times the octets of the constraints they are compared with: what
// OpenSSL's comparing costs, a few milliseconds here, and without a bound of ours half a second.
constexpr std::size_t kMaxComparing = 2'000'000;

std::size_t constraint_octets(const Certificate& certificate) {
  const int at = X509_get_ext_by_NID(certificate.native(), NID_name_constraints, -1);
  if (at < 0) return 0;
  return octets(X509_EXTENSION_get_data(X509_get_ext(certificate.native(), at))).size();
}

// The issuer with whose constraints it gets too much.
std::optional<std::size_t> too_much_to_compare(const CheckedPath& checked) {
  std::size_t names = 0, comparing = 0;
  for (std::size_t index = 0; index < checked.path.size(); ++index) {
    comparing += names * constraint_octets(checked.path[index]);
    if (comparing > kMaxComparing) return index;
    names += checked.path[index].names().size() + 1;
  }
  return std::nullopt;
}

bool has_any(const std::vector<Fault>& faults, std::initializer_list<PathFault> codes) {
  return std::ranges::any_of(faults, [&](const Fault& fault) {
    return std::ranges::find(codes, fault.code) != codes.end();
  });
}

// Whether a fault found already is why OpenSSL says so: it takes no certificate for an issuer
// whose key usage forbids it, and then finds no path at all.
bool implied(PathFault code, const std::vector<Fault>& faults) {
  switch (code) {
    case PathFault::issuer_unknown:
    case PathFault::self_signed_leaf:
      return has_any(faults, {PathFault::issuer_unknown, PathFault::self_signed_leaf,
                              PathFault::bad_signature, PathFault::key_usage, PathFault::not_a_ca});
    case PathFault::not_a_ca: return has_any(faults, {PathFault::not_a_ca, PathFault::key_usage});
    case PathFault::key_usage: return has_any(faults, {PathFault::key_usage});
    default: return false;
  }
}

}  // namespace

void add_openssl_faults(CheckedPath& checked) {
  const ErrorsKept errors;
  if (const auto index = too_much_to_compare(checked)) {
    checked.faults.push_back({PathFault::other, *index,
                              "its name constraints were not checked: to compare so many with so "
                              "many names takes longer than is allowed for one connection"});
    return;
  }
  for (const auto& refusal : verify(checked)) {
    auto code = fault_for(refusal.code);
    if (implied(code, checked.faults)) continue;
    // It gives up at a key that it cannot read, which has been said.
    if (refusal.code == X509_V_ERR_UNSPECIFIED && !checked.faults.empty()) continue;
    // A path of ours that ends in a trusted certificate has no unknown issuer; if OpenSSL still
    // sees none, its words say why.
    if (code == PathFault::issuer_unknown || code == PathFault::self_signed_leaf) {
      code = PathFault::other;
    }
    const auto depth = static_cast<std::size_t>(std::max(refusal.depth, 0));
    checked.faults.push_back({code, std::min(depth, checked.path.size() - 1),
                              X509_verify_cert_error_string(refusal.code)});
  }
}

}  // namespace sealtone::x509
