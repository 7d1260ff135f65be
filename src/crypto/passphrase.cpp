// SPDX-License-Identifier: Apache-2.0
//
// crypto/passphrase: see passphrase.h.
#include "crypto/passphrase.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs12err.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#include <fmt/format.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "crypto/owned.h"

namespace sealtone::crypto {
namespace {

using base::ErrorCode;

using Cipher = Owned<EVP_CIPHER, EVP_CIPHER_free>;

// The old algorithms and today's, away from the context that TLS uses.  Made once and kept to the
// end: threads may still be at work when the program ends.
OSSL_LIB_CTX* old_and_new() {
  static OSSL_LIB_CTX* const context = [] {
    auto* const made = OSSL_LIB_CTX_new();
    OSSL_PROVIDER_load(made, "default");
    OSSL_PROVIDER_load(made, "legacy");
    return made;
  }();
  return context;
}

std::string name_of(const ASN1_OBJECT* object) {
  std::array<char, 100> text{};
  OBJ_obj2txt(text.data(), text.size(), object, 0);
  return base::visible(text.data());
}

std::unexpected<base::Error> no(ErrorCode code, std::string detail) {
  return base::fail(code, "", std::move(detail));
}

std::unexpected<base::Error> not_supported(std::string_view algorithm) {
  return no(ErrorCode::unsupported,
            fmt::format("is encrypted with {}, which is not supported", base::visible(algorithm)));
}

std::unexpected<base::Error> bad_parameters() {
  return no(ErrorCode::bad_input, "states its encryption in a way that cannot be read");
}

std::unexpected<base::Error> too_much(std::uint64_t count) {
  return no(ErrorCode::too_large,
            fmt::format("asks for {} repetitions of a hash to make a key of the passphrase; with "
                        "all else in the file that is more than a second's work: write it anew "
                        "with fewer (openssl's -iter 100000)",
                        count));
}

// Units for one repetition (see Effort).
struct HashCost {
  std::uint64_t pkcs12, pbkdf2;
};
HashCost cost_of_hash(int nid) {
  switch (nid) {
    case NID_sha1:
    case NID_sha224:
    case NID_sha256: return {1, 3};
    case NID_md5: return {2, 4};
    case NID_sha384:
    case NID_sha512: return {3, 7};
    default: return {5, 12};
  }
}
constexpr std::uint64_t kScryptCost = 7;   // for each of N · r · p
constexpr std::uint64_t kFixedCost = 250;  // what one derivation costs besides
constexpr std::uint64_t kMaxScryptMemory = 32U << 20U;

// A SEQUENCE of parameters, taken out of the algorithm that it belongs to.
template <typename T, auto free>
Owned<T, free> unpacked(const ASN1_ITEM* kind, const X509_ALGOR& algorithm) {
  return Owned<T, free>(static_cast<T*>(ASN1_TYPE_unpack_sequence(kind, algorithm.parameter)));
}

// A count that a file states: positive, or nothing.
std::optional<std::uint64_t> count_of(const ASN1_INTEGER* number) {
  std::uint64_t value = 0;
  if (number == nullptr || ASN1_INTEGER_get_uint64(&value, number) != 1 || value == 0) return {};
  return value;
}

// a · b, or the largest number there is.
std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

base::Result<void> spend(Effort& effort, std::uint64_t count, std::uint64_t cost_of_one) {
  const auto cost = times(count, cost_of_one);
  if (cost > Effort::kMost || !effort.take(cost + kFixedCost)) return too_much(count);
  return {};
}

base::Result<void> spend_on_scrypt(const X509_ALGOR& derivation, Effort& effort) {
  const auto parameters =
      unpacked<SCRYPT_PARAMS, SCRYPT_PARAMS_free>(ASN1_ITEM_rptr(SCRYPT_PARAMS), derivation);
  if (!parameters) return bad_parameters();
  const auto n = count_of(parameters->costParameter);
  const auto r = count_of(parameters->blockSize);
  const auto p = count_of(parameters->parallelizationParameter);
  if (!n || !r || !p) return bad_parameters();
  if (times(times(128, *r), std::min(*n, kMaxScryptMemory) + std::min(*p, kMaxScryptMemory)) >
      kMaxScryptMemory) {
    return no(ErrorCode::too_large,
              fmt::format("asks for more than {} MB of memory to make a key of the passphrase "
                          "(scrypt): write it anew with less",
                          kMaxScryptMemory >> 20U));
  }
  return spend(effort, times(times(*n, *r), *p), kScryptCost);
}

base::Result<void> spend_on_pbkdf2(const X509_ALGOR& derivation, std::size_t key_length,
                                   Effort& effort) {
  const auto parameters =
      unpacked<PBKDF2PARAM, PBKDF2PARAM_free>(ASN1_ITEM_rptr(PBKDF2PARAM), derivation);
  if (!parameters) return bad_parameters();
  const auto iterations = count_of(parameters->iter);
  if (!iterations) return bad_parameters();
  int hash = NID_sha1;  // of hmacWithSHA1, the default (RFC 8018 Appendix A.2)
  if (parameters->prf != nullptr &&
      EVP_PBE_find(EVP_PBE_TYPE_PRF, OBJ_obj2nid(parameters->prf->algorithm), nullptr, &hash,
                   nullptr) != 1) {
    return not_supported(name_of(parameters->prf->algorithm));
  }
  const Owned<EVP_MD, EVP_MD_free> found(EVP_MD_fetch(old_and_new(), OBJ_nid2sn(hash), nullptr));
  if (!found) return not_supported(name_of(parameters->prf->algorithm));
  const auto length = static_cast<std::size_t>(EVP_MD_get_size(found.get()));
  return spend(effort, *iterations,
               cost_of_hash(hash).pbkdf2 * ((key_length + length - 1) / length));
}

base::Result<void> spend_on_pbes2(const X509_ALGOR& algorithm, Effort& effort) {
  const auto parameters = unpacked<PBE2PARAM, PBE2PARAM_free>(ASN1_ITEM_rptr(PBE2PARAM), algorithm);
  if (!parameters) return bad_parameters();
  const ASN1_OBJECT* const encryption = parameters->encryption->algorithm;
  const char* const name = OBJ_nid2sn(OBJ_obj2nid(encryption));
  const Cipher cipher(EVP_CIPHER_fetch(old_and_new(), name, nullptr));
  if (!cipher) return not_supported(name_of(encryption));
  const X509_ALGOR& derivation = *parameters->keyfunc;
  switch (OBJ_obj2nid(derivation.algorithm)) {
    case NID_id_pbkdf2:
      return spend_on_pbkdf2(
          derivation, static_cast<std::size_t>(EVP_CIPHER_get_key_length(cipher.get())), effort);
    case NID_id_scrypt: return spend_on_scrypt(derivation, effort);
    default: return not_supported(name_of(derivation.algorithm));
  }
}

// Counts what deriving the key will cost, and finds out whether it can be done at all.
base::Result<void> spend_on(const X509_ALGOR& algorithm, Effort& effort) {
  const int nid = OBJ_obj2nid(algorithm.algorithm);
  if (nid == NID_pbes2) return spend_on_pbes2(algorithm, effort);
  int cipher_nid = NID_undef;
  int hash = NID_undef;
  if (nid == NID_undef || EVP_PBE_find(EVP_PBE_TYPE_OUTER, nid, &cipher_nid, &hash, nullptr) != 1) {
    return not_supported(name_of(algorithm.algorithm));
  }
  const Cipher cipher(EVP_CIPHER_fetch(old_and_new(), OBJ_nid2sn(cipher_nid), nullptr));
  if (!cipher) return not_supported(name_of(algorithm.algorithm));
  const auto parameters = unpacked<PBEPARAM, PBEPARAM_free>(ASN1_ITEM_rptr(PBEPARAM), algorithm);
  if (!parameters) return bad_parameters();
  const auto iterations = count_of(parameters->iter);
  if (!iterations) return bad_parameters();
  // A key of up to two hashes' length, then an initialization vector.
  return spend(effort, *iterations, 3 * cost_of_hash(hash).pkcs12);
}

// No file is encrypted with a longer one.  OpenSSL counts in int: a file has no 2 GB.
bool fits_limits(base::ByteView octets, Password password) {
  return octets.size() <= base::kMaxUploadBytes &&
         (!password || password->size() <= kMaxPassphraseBytes);
}

std::unexpected<base::Error> wrong_passphrase() {
  return no(ErrorCode::mismatch, "is not opened by the passphrase");
}

}  // namespace

void load_old_algorithms() { (void)old_and_new(); }

bool Effort::take(std::uint64_t cost) {
  if (cost > left_) return false;
  left_ -= cost;
  return true;
}

base::Result<Secret> decrypt(const X509_algor_st& algorithm, base::ByteView octets,
                             Password password, Effort& effort) {
  const ErrorsKept errors;
  if (!fits_limits(octets, password)) return wrong_passphrase();
  if (auto spent = spend_on(algorithm, effort); !spent) return std::unexpected(spent.error());
  unsigned char* out = nullptr;
  int length = 0;
  if (PKCS12_pbe_crypt_ex(&algorithm, password ? password->data() : nullptr,
                          password ? static_cast<int>(password->size()) : 0, octets.data(),
                          static_cast<int>(octets.size()), &out, &length, 0, old_and_new(),
                          nullptr) == nullptr) {
    const auto last = ERR_peek_last_error();
    const bool at_the_end = ERR_GET_LIB(last) == ERR_LIB_PKCS12 &&
                            ERR_GET_REASON(last) == PKCS12_R_PKCS12_CIPHERFINAL_ERROR;
    if (at_the_end) return wrong_passphrase();
    return bad_parameters();
  }
  const auto size = static_cast<std::size_t>(length);
  Secret plain(base::ByteView(out, size));
  OPENSSL_clear_free(out, size);
  return plain;
}

base::Result<Secret> decrypt_pem(std::string_view dek_info, base::ByteView octets,
                                 std::string_view password) {
  const ErrorsKept errors;
  if (!fits_limits(octets, password)) return wrong_passphrase();
  const auto comma = dek_info.find(',');
  const auto name = std::string(base::trim(dek_info.substr(0, comma)));
  const Cipher cipher(EVP_CIPHER_fetch(old_and_new(), name.c_str(), nullptr));
  if (!cipher || EVP_CIPHER_get_mode(cipher.get()) != EVP_CIPH_CBC_MODE) {
    return not_supported(name.empty() ? "a method that it does not name" : name);
  }
  const auto iv = comma == std::string_view::npos
                      ? std::nullopt
                      : base::from_hex(base::trim(dek_info.substr(comma + 1)));
  const auto iv_length = static_cast<std::size_t>(EVP_CIPHER_get_iv_length(cipher.get()));
  if (!iv || iv->size() != iv_length || iv_length < PKCS5_SALT_LEN) return bad_parameters();

  Secret key(static_cast<std::size_t>(EVP_MAX_KEY_LENGTH));
  EVP_BytesToKey(cipher.get(), EVP_md5(), iv->data(),
                 reinterpret_cast<const unsigned char*>(password.data()),
                 static_cast<int>(password.size()), 1, key.octets().data(), nullptr);
  const Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context(EVP_CIPHER_CTX_new());
  Secret plain(octets.size() + EVP_MAX_BLOCK_LENGTH);
  auto* const out = plain.octets().data();
  int length = 0;
  int rest = 0;
  if (EVP_DecryptInit_ex2(context.get(), cipher.get(), key.octets().data(), iv->data(), nullptr) !=
          1 ||
      EVP_DecryptUpdate(context.get(), out, &length, octets.data(),
                        static_cast<int>(octets.size())) != 1 ||
      EVP_DecryptFinal_ex(context.get(), out + length, &rest) != 1) {
    return wrong_passphrase();
  }
  plain.shorten(static_cast<std::size_t>(length) + static_cast<std::size_t>(rest));
  return plain;
}

base::Result<bool> fits_mac(PKCS12_st& file, Password password, Effort& effort) {
  const ErrorsKept errors;
  const X509_ALGOR* algorithm = nullptr;
  const ASN1_INTEGER* iterations = nullptr;
  PKCS12_get0_mac(nullptr, &algorithm, nullptr, &iterations, &file);
  if (algorithm == nullptr) return bad_parameters();
  const int hash = OBJ_obj2nid(algorithm->algorithm);
  if (hash == NID_undef || EVP_get_digestbynid(hash) == nullptr) {
    return no(ErrorCode::unsupported, fmt::format("is protected by {}, which is not supported",
                                                  name_of(algorithm->algorithm)));
  }
  // RFC 7292 §4: "iterations INTEGER DEFAULT 1".
  const auto count = iterations == nullptr ? 1 : count_of(iterations);
  if (!count) return bad_parameters();
  if (!fits_limits({}, password)) return false;
  if (auto spent = spend(effort, *count, cost_of_hash(hash).pkcs12); !spent) {
    return std::unexpected(spent.error());
  }
  return PKCS12_verify_mac(&file, password ? password->data() : nullptr,
                           password ? static_cast<int>(password->size()) : 0) == 1;
}

}  // namespace sealtone::crypto
