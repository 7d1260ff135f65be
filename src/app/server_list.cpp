// SPDX-License-Identifier: Apache-2.0
#include "app/server_list.h"

#include <fmt/format.h>

#include "app/checking.h"
#include "base/text.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::size_t kMostMistakes = 20;

// The words of a line, up to a comment.
std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (true) {
    const auto start = line.find_first_not_of(" \t\r");
    if (start == std::string_view::npos || line[start] == '#') return words;
    line.remove_prefix(start);
    const auto end = std::min(line.find_first_of(" \t\r"), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

Result<ListedServer> server_of(const std::vector<std::string_view>& words) {
  auto target = target_of(std::string(words.front()));
  if (!target) return std::unexpected(target.error());
  ListedServer server{.url = std::move(target->url), .name = {}, .service = target->service};
  server.name = server.url.host;
  constexpr std::string_view key = "name=";
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool is_name = words[i].starts_with(key) && i == 1;
    const auto name = is_name ? words[i].substr(key.size()) : std::string_view();
    if (name.empty() || base::visible(name) != name) {
      return base::fail(ErrorCode::bad_input, "",
                        fmt::format("behind the server stands \"{}\"; all that can stand there is "
                                    "name=, once, with the name that the phones are given",
                                    base::visible(words[i], 80)));
    }
    auto given = name_asked_for(std::string(name), std::string(key));
    if (!given) return std::unexpected(given.error());
    server.name = std::move(given->value);
  }
  return server;
}

}  // namespace

std::expected<std::vector<ListedServer>, std::vector<base::Error>> read_server_list(
    std::string_view text, const std::string& file) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";  // some editors begin a file with it
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  std::vector<ListedServer> servers;
  std::vector<base::Error> mistakes;
  std::size_t number = 0;
  for (const auto line : base::split(text, '\n')) {
    ++number;
    const auto wrong = [&](ErrorCode code, std::string why) {
      mistakes.push_back({code, fmt::format("{}:{}", file, number), std::move(why)});
    };
    if (mistakes.size() == kMostMistakes) break;
    if (line.size() > kMaxListLine) {
      wrong(ErrorCode::too_large, fmt::format("this line has more than {} octets", kMaxListLine));
      continue;
    }
    const auto words = words_of(line);
    if (words.empty()) continue;
    if (servers.size() == kMaxListed) {
      wrong(
          ErrorCode::too_large,
          fmt::format("a list holds at most {} servers; put the rest in another one", kMaxListed));
      break;
    }
    auto server = server_of(words);
    if (server) {
      servers.push_back(*std::move(server));
    } else {
      const auto& problem = server.error();
      wrong(problem.code, problem.code == ErrorCode::not_allowed
                              ? "a password does not belong here: nothing is asked of these servers"
                              : base::visible(base::to_string(problem), 400));
    }
  }
  if (servers.empty() && mistakes.empty()) {
    mistakes.push_back({ErrorCode::bad_input, file,
                        "it names no server; write one a line, as HOST:PORT or https://HOST/"});
  }
  if (!mistakes.empty()) return std::unexpected(std::move(mistakes));
  return servers;
}

}  // namespace sealtone::app
