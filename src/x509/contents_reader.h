// SPDX-License-Identifier: Apache-2.0
//
// x509/contents_reader: one file, of PEM blocks or of DER, on its way to its Contents.  For parse's
// own use.
//
// Errors: as parse.h has them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "x509/look.h"
#include "x509/opener.h"
#include "x509/pem.h"

namespace sealtone::x509 {

// A private key that nobody gave the passphrase for, in a PEM file; and a damaged piece.
enum class ClosedKey { refused, noted };
enum class Damage { refused, named };

class ContentsReader {
 public:
  ContentsReader(std::string_view name, crypto::Password passphrase, ClosedKey closed_key,
                 Damage damage)
      : name_(name), opener_(name, passphrase), closed_key_(closed_key), damage_(damage) {}

  base::Result<Contents> pem(const std::vector<PemBlock>& blocks);
  base::Result<Contents> der(base::ByteView file);

  // Once it is read: what damaged() has is no part of the Contents.
  [[nodiscard]] const char* form() const { return form_; }
  [[nodiscard]] std::vector<std::string>& damaged() { return damaged_; }
  [[nodiscard]] std::vector<std::size_t>& numbers() { return numbers_; }

 private:
  [[nodiscard]] std::unexpected<base::Error> no(base::ErrorCode code, std::string detail) const {
    return base::fail(code, name_, std::move(detail));
  }
  std::optional<base::Error> take_block(const PemBlock& block, std::size_t number);
  std::optional<base::Error> take_certificate(base::ByteView der, const std::string& what);
  std::optional<base::Error> take_key(const PemBlock& block, const std::string& what);
  std::optional<base::Error> take_bundle(const PemBlock& block, const std::string& what);
  std::optional<base::Result<Contents>> alone(base::ByteView file);
  std::optional<base::Error> take_element(base::ByteView file, base::ByteView element);
  [[nodiscard]] base::Error not_whole(base::ByteView rest, std::optional<std::size_t> length) const;
  // Whether the rest is read all the same, the piece being named; if not, the failure says why.
  bool goes_on(base::Error& failure);

  std::string name_;
  Opener opener_;
  ClosedKey closed_key_;
  Damage damage_;
  const char* form_ = "";
  std::size_t seen_ = 0;  // certificates, damaged ones too
  std::vector<std::size_t> numbers_;
  std::vector<std::string> damaged_;
  std::optional<base::Error> closed_;  // why a key was not opened that is noted
  Contents contents_;
  std::string other_kind_;                       // what the first block of another kind is
  std::optional<base::Result<Contents>> other_;  // DER that is something else than certificates
};

[[nodiscard]] base::Error too_many(const std::string& name, std::string_view what,
                                   std::size_t limit);

}  // namespace sealtone::x509
