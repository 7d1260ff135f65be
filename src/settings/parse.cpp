// SPDX-License-Identifier: Apache-2.0
//
// settings/parse: the "key = value" dialect of V70 to V86.
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "settings/accounts.h"
#include "settings/foreign.h"
#include "settings/lines.h"
#include "settings/settings.h"

namespace sealtone::settings {
namespace {

constexpr std::string_view kRestore = "%NULL%";
constexpr int kMaxSkippedRemarks = 100;

// Whether a remark may quote it: a line that is no setting at all can be a URL with a password
// or a piece of a key.
bool looks_like_key(std::string_view name) {
  return name.size() <= 100 && name.find('.') != std::string_view::npos &&
         name.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyz"
             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._*-") == name.npos;
}

class Reader {
 public:
  void take_line(int number, std::string_view line) {
    const auto text = base::trim(line);
    if (text.empty() || text.starts_with('#')) return;
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) {
      skipped(number, "this line is skipped: it has no \"=\"");
      return;
    }
    // An empty value leaves what is set, so it is nothing that could be known or unknown.
    const auto value = base::trim(text.substr(equals + 1));
    if (value.empty()) return;
    const auto spelled = base::trim(text.substr(0, equals));
    if (const auto known = find_key(spelled)) {
      take_known(number, spelled, *known, value);
    } else {
      take_unknown(number, spelled);
    }
  }

  void mistake(int line, std::string text) { mistakes_.push_back({line, std::move(text)}); }
  void remark(int line, std::string text) { file_.remarks.push_back({line, std::move(text)}); }

  std::expected<ConfigFile, std::vector<Mistake>> finish() && {
    if (!mistakes_.empty()) return std::unexpected(std::move(mistakes_));
    if (skipped_ > kMaxSkippedRemarks) {
      remark(first_untold_, fmt::format("{} more lines from here on are skipped for such reasons",
                                        skipped_ - kMaxSkippedRemarks));
    }
    file_.unknown_keys = static_cast<int>(unknown_.size());
    return std::move(file_);
  }

 private:
  void take_known(int line, std::string_view spelled, const Known& known, std::string_view value) {
    if (!known.key->ignored.empty()) {
      if (ignored_.insert(known.key).second) {
        remark(line, fmt::format("{} is ignored in a file: {}", spelled, known.key->ignored));
      }
      return;
    }
    if (const auto lacking = past_the_last(known.canonical); !lacking.empty()) {
      return skipped(line, fmt::format("{} is skipped: {}", spelled, lacking));
    }
    Assignment assignment{.line = line,
                          .spelled = std::string(spelled),
                          .canonical = known.canonical,
                          .value = {},
                          .restore = value == kRestore};
    if (!assignment.restore) {
      if (const auto checked = check_value(known, value); !checked) {
        mistake(line, fmt::format("{}: {}", spelled, checked.error().detail));
        return;
      }
      assignment.value = value;
    }
    if (known.key->uploads) take_upload(assignment);
    file_.assignments.push_back(std::move(assignment));
  }

  // Each line names one more file; %NULL% takes back those before it.
  void take_upload(const Assignment& assignment) {
    auto& urls = assignment.canonical == "static.trusted_certificates.url"
                     ? file_.trusted_certificate_urls
                     : file_.server_certificate_urls;
    if (assignment.restore) {
      urls.clear();
    } else {
      urls.push_back(assignment.value);
    }
  }

  void take_unknown(int line, std::string_view spelled) {
    if (!unknown_.insert(spelled).second) return;
    skipped(line, looks_like_key(spelled)
                      ? fmt::format("{} is skipped: Sealtone does not know this key", spelled)
                      : "this line is skipped: what stands before its \"=\" is not a key");
  }

  void skipped(int line, std::string text) {
    ++skipped_;
    if (skipped_ <= kMaxSkippedRemarks) return remark(line, std::move(text));
    if (skipped_ == kMaxSkippedRemarks + 1) first_untold_ = line;
  }

  ConfigFile file_;
  std::vector<Mistake> mistakes_;
  std::set<std::string_view> unknown_;  // views into the text
  std::set<const Key*> ignored_;
  int skipped_ = 0;
  int first_untold_ = 0;
};

}  // namespace

std::expected<ConfigFile, std::vector<Mistake>> parse(std::string_view text) {
  if (text.size() > kMaxFileBytes) {
    return std::unexpected(std::vector{
        Mistake{0, fmt::format("this file has {} bytes; a configuration file may have {}",
                               text.size(), kMaxFileBytes)}});
  }
  if (auto foreign = find_foreign(text)) return std::unexpected(std::vector{*std::move(foreign)});

  Reader reader;
  for (Lines lines(text); lines.next();) {
    const auto line = lines.line();
    const int number = lines.number();
    if (number == 1 && !line.starts_with("#!version:")) {
      reader.remark(1, "the first line is not #!version:1.0.0.1; desk phones want it there");
    }
    if (static_cast<std::size_t>(number) > kMaxLines) {
      reader.mistake(number, fmt::format("a configuration file may have {} lines", kMaxLines));
      break;
    }
    if (line.size() > kMaxLineBytes) {
      reader.mistake(number, fmt::format("this line has {} bytes; a line may have {}", line.size(),
                                         kMaxLineBytes));
    } else if (line.find('\0') != std::string_view::npos) {
      reader.mistake(number, "this line holds a byte that is zero, so it is not text");
    } else {
      reader.take_line(number, line);
    }
  }
  return std::move(reader).finish();
}

}  // namespace sealtone::settings
