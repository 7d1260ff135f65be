// SPDX-License-Identifier: Apache-2.0
#include "app/usage_words.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace sealtone::app {
namespace {

// What stands before and behind the first place of it.
std::optional<std::pair<std::string, std::string>> parted(const std::string& text,
                                                          const std::string& by) {
  const auto at = text.find(by);
  if (at == std::string::npos) return std::nullopt;
  return std::pair(text.substr(0, at), text.substr(at + by.size()));
}

// "--port"; of what has no dashes "the number"; "connections save", a command's, as it is.
std::string named(const std::string& option) {
  const bool bare = option.starts_with('-') || option.find(' ') != std::string::npos;
  return bare ? option : "the " + option;
}

// "phones not in {phone}", "Value 0 not in range 1 to 65535" or "… not in range [1 - 65535]".
std::string not_allowed(const std::string& option, const std::string& why) {
  if (const auto members = parted(why, " not in {")) {
    auto list = members->second;
    if (!list.empty() && list.back() == '}') list.pop_back();
    std::string spaced;
    for (const char character : list)
      spaced += character == ',' ? std::string(", ") : std::string(1, character);
    return fmt::format("{} knows no \"{}\", only: {}", option, members->first, spaced);
  }
  const auto range = parted(why, " not in range ");
  if (range && range->first.starts_with("Value ")) {
    auto bounds = range->second;
    if (bounds.starts_with('[')) bounds = bounds.substr(1, bounds.find(']') - 1);
    const auto ends = parted(bounds, bounds.find(" - ") != std::string::npos ? " - " : " to ");
    if (ends) {
      return fmt::format("{} cannot be {}: it goes from {} to {}", option, range->first.substr(6),
                         ends->first, ends->second);
    }
  }
  return option + ": " + why;
}

}  // namespace

std::string usage_words(const std::string& kind, const std::string& says) {
  // Its kind is the name of the command.
  if (const auto one = parted(says, "The following argument was not expected: ");
      one && one->first.empty()) {
    // The idiom of other programs for a file that is standard input.
    if (one->second == "-") {
      return "\"-\" is more than the command takes: leave it out; what is read from standard "
             "input needs none";
    }
    return fmt::format("\"{}\" is more than the command takes: leave it out", one->second);
  }
  if (const auto several = parted(says, "The following arguments were not expected: ");
      several && several->first.empty()) {
    return fmt::format("\"{}\" are more than the command takes: leave them out", several->second);
  }
  if (kind == "RequiresError") {
    if (const auto both = parted(says, " requires ")) {
      return fmt::format("{} says nothing without {}: give both, or neither", named(both->first),
                         named(both->second));
    }
  } else if (kind == "ExcludesError") {
    if (const auto both = parted(says, " excludes ")) {
      return fmt::format("{} and {} do not go together: give one of them", named(both->first),
                         named(both->second));
    }
  } else if (kind == "RequiredError") {
    if (const auto what = parted(says, " is required")) {
      return fmt::format("{} is missing: add it to the command", named(what->first));
    }
  } else if (kind == "ConversionError") {
    const auto value = parted(says, " = ");
    const std::string lead = "Could not convert: ";
    if (value && says.starts_with(lead)) {
      return fmt::format("{} cannot be \"{}\": give a whole number, such as 7",
                         named(value->first.substr(lead.size())), value->second);
    }
  } else if (kind == "ValidationError") {
    if (const auto what = parted(says, ": ")) return not_allowed(named(what->first), what->second);
  } else if (kind == "ArgumentMismatch") {
    const auto what = parted(says, ": 1 required ");
    if (what && says.ends_with(" missing")) {
      return fmt::format("{} is followed by its value, which is missing: add it", what->first);
    }
  }
  return says;
}

}  // namespace sealtone::app
