// SPDX-License-Identifier: Apache-2.0
//
// x509/pem: finds the PEM blocks of a text.  For parse's own use.
//
// Source: RFC 7468 §3 (lax), RFC 1421 §4.4 for headers.  A private key may stand in a block: its
// octets are wiped when the block goes.  Errors: none; a damaged block says why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace sealtone::x509 {

struct PemBlock {
  std::string label;       // "CERTIFICATE"
  std::size_t line = 0;    // of its BEGIN, from 1
  bool encrypted = false;  // "Proc-Type: 4,ENCRYPTED"
  std::string dek_info;    // "AES-128-CBC,8F3A…"; empty if there is none
  std::string damage;      // why it cannot be read; empty if it can
  base::Bytes der;

  PemBlock() = default;
  PemBlock(PemBlock&&) = default;
  PemBlock& operator=(PemBlock&&) = default;
  PemBlock(const PemBlock&) = delete;
  PemBlock& operator=(const PemBlock&) = delete;
  ~PemBlock();
};

// What may stand in a block of this label; of none of them: something that is not read.
[[nodiscard]] bool is_key_label(std::string_view label);
[[nodiscard]] bool is_bundle_label(std::string_view label);
[[nodiscard]] bool is_certificate_label(std::string_view label);

// The first `most` of them.
[[nodiscard]] std::vector<PemBlock> pem_blocks(std::string_view text, std::size_t most);

// The text of a file that may begin with a byte order mark, UTF-16 made plain: letters outside
// ASCII become "?", for no PEM block has any.
[[nodiscard]] std::string plain_text(base::ByteView file);

}  // namespace sealtone::x509
