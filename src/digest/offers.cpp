// SPDX-License-Identifier: Apache-2.0
//
// digest/offers: see offers.h.
#include "digest/offers.h"

#include <algorithm>

#include "base/text.h"

namespace sealtone::digest {
namespace {

using base::ErrorCode;
using base::Result;

constexpr const char* kField = "the server's challenge";

std::unexpected<base::Error> malformed(const char* why) {
  return base::fail(ErrorCode::bad_input, kField, why);
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
bool is_token_character(char c) {  // RFC 9110 §5.6.2
  return is_alphanumeric(c) ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}
bool is_token68_character(char c) {  // RFC 9110 §11.2
  return is_alphanumeric(c) || std::string_view("-._~+/").find(c) != std::string_view::npos;
}
bool is_control(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet < 0x20 && c != '\t') || octet == 0x7F;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] bool next_is(char c) const { return !at_end() && text_[at_] == c; }

  bool skip_blanks() {
    const auto before = at_;
    while (next_is(' ') || next_is('\t')) ++at_;
    return at_ != before;
  }
  // RFC 9110 §5.6.1.2: "A recipient MUST parse and ignore a reasonable number of empty list
  // elements".
  bool skip_commas() {
    bool any = false;
    for (skip_blanks(); next_is(','); skip_blanks()) {
      any = true;
      ++at_;
    }
    return any;
  }

  std::string_view token() { return while_is(is_token_character); }

  // Whether a token68 stands here ("TlRMTVNTUAAB="), which is passed over.  "realm=…" is none.
  bool skip_token68() {
    const auto before = at_;
    while_is(is_token68_character);
    while (next_is('=')) ++at_;
    const bool some = at_ != before;
    skip_blanks();
    if (some && (at_end() || next_is(','))) return true;
    at_ = before;
    return false;
  }

  // Whether "name =" stands here and not the scheme of another offer; nothing is consumed.
  [[nodiscard]] bool parameter_follows() const {
    Reader ahead(*this);
    if (ahead.token().empty()) return false;
    ahead.skip_blanks();
    return ahead.next_is('=');
  }

  Result<void> parameter(Parameters& into) {
    auto name = base::lower_ascii(token());
    skip_blanks();
    if (name.empty() || !next_is('=')) return malformed("a parameter has no name or no value");
    ++at_;
    skip_blanks();
    auto value = next_is('"') ? quoted_value() : plain_value();
    if (!value) return std::unexpected(value.error());
    if (find(into, name) != nullptr) return malformed("it gives one parameter twice");
    if (into.size() == kMaxParameters) {
      return base::fail(ErrorCode::too_large, kField, "it has too many parameters");
    }
    into.emplace_back(std::move(name), *std::move(value));
    return {};
  }

  // #auth-param, up to the end or to what is no parameter.
  Result<void> parameters(Parameters& into) {
    while (parameter_follows()) {
      if (auto read = parameter(into); !read) return read;
      const bool more = skip_commas();
      if (!more && !at_end()) return malformed("two parameters have no comma between them");
    }
    return {};
  }

 private:
  template <typename Is>
  std::string_view while_is(Is is) {
    const auto from = at_;
    while (!at_end() && is(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }

  Result<std::string> plain_value() {
    const auto value = token();
    if (value.empty()) return malformed("a parameter has no value");
    return std::string(value);
  }

  // RFC 9110 §5.6.4: "Recipients that process the value of a quoted-string MUST handle a
  // quoted-pair as if it were replaced by the octet following the backslash."
  Result<std::string> quoted_value() {
    std::string value;
    for (++at_; !at_end(); ++at_) {
      char c = text_[at_];
      if (c == '"') {
        ++at_;
        return value;
      }
      if (c == '\\') {
        if (++at_ == text_.size()) break;
        c = text_[at_];
      }
      if (is_control(c)) return malformed("it holds control characters");
      value += c;
    }
    return malformed("a quotation mark is missing at its end");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

Result<void> check_size(std::string_view field) {
  if (field.size() <= kMaxFieldBytes) return {};
  return base::fail(ErrorCode::too_large, kField, "it is longer than a header may be");
}

}  // namespace

const std::string* find(const Parameters& parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &Parameters::value_type::first);
  return found == parameters.end() ? nullptr : &found->second;
}

Result<std::vector<Offer>> read_offers(std::string_view field) {
  if (auto fits = check_size(field); !fits) return std::unexpected(fits.error());
  std::vector<Offer> offers;
  Reader reader(field);
  for (reader.skip_commas(); !reader.at_end();) {
    if (offers.size() == kMaxOffers) {
      return base::fail(ErrorCode::too_large, kField, "it offers too many ways to log in");
    }
    auto& offer = offers.emplace_back();
    offer.scheme = base::lower_ascii(reader.token());
    if (offer.scheme.empty()) return malformed("a scheme has no name");
    const bool parted = reader.skip_blanks();
    if (parted && !reader.skip_token68()) {
      if (auto read = reader.parameters(offer.parameters); !read) {
        return std::unexpected(read.error());
      }
      if (!offer.parameters.empty()) continue;  // the comma behind them is read
    }
    if (!reader.skip_commas() && !reader.at_end()) {
      return malformed("two schemes have no comma between them");
    }
  }
  return offers;
}

Result<Parameters> read_parameters(std::string_view field) {
  if (auto fits = check_size(field); !fits) return std::unexpected(fits.error());
  Parameters parameters;
  Reader reader(field);
  reader.skip_commas();
  if (auto read = reader.parameters(parameters); !read) return std::unexpected(read.error());
  if (!reader.at_end()) return malformed("it is no list of parameters");
  return parameters;
}

Result<std::string> quoted(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    if (is_control(c)) return malformed("what goes back to it would hold control characters");
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace sealtone::digest
