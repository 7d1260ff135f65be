// SPDX-License-Identifier: Apache-2.0
//
// net/srv: see srv.h.
#include "net/srv.h"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <random>

#include "net/lookup.h"

namespace sealtone::net {
namespace {

// RFC 1035 §3.2.4, RFC 2782.
constexpr int kClassInternet = 1;
constexpr int kTypeSrv = 33;

struct FreeAresData {
  void operator()(void* data) const { ares_free_data(data); }
};

std::string without_final_dot(std::string name) {
  if (name.ends_with('.')) name.pop_back();
  return name;
}

struct SrvQuestion {
  std::vector<SrvRecord> records;
  std::shared_ptr<Lookup> lookup;  // goes first

  void ask(const std::string& name) {
    const auto callback = [](void* self, int status, int, unsigned char* octets, int size) {
      static_cast<SrvQuestion*>(self)->answer(status, octets, size);
    };
    ares_query(lookup->channel(), name.c_str(), kClassInternet, kTypeSrv, callback, this);
  }

 private:
  void answer(int status, const unsigned char* octets, int size) {
    ares_srv_reply* list = nullptr;
    if (status == ARES_SUCCESS) status = ares_parse_srv_reply(octets, size, &list);
    const std::unique_ptr<ares_srv_reply, FreeAresData> owner(list);
    for (; list != nullptr && records.size() < kMaxSrvRecords; list = list->next) {
      records.push_back({without_final_dot(list->host), list->port, list->priority, list->weight});
    }
    lookup->answer(status);
  }
};

// One of several of the same priority.  RFC 2782: those of weight 0 "are placed at the beginning of
// the list"; "choose a uniform random number between 0 and the sum computed (inclusive), and select
// the RR whose running sum value is the first in the selected order which is greater than or equal
// to the random number selected."
std::size_t chosen(const std::vector<SrvRecord>& records, std::uint64_t random) {
  std::uint64_t sum = 0;
  for (const auto& record : records) sum += record.weight;
  const auto number = (random * (sum + 1)) >> 32U;
  std::uint64_t running = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    running += records[i].weight;
    if (running >= number) return i;
  }
  return records.size() - 1;
}

}  // namespace

Task<base::Result<std::vector<SrvRecord>>> look_up_srv(std::string name,
                                                       std::chrono::milliseconds limit,
                                                       std::string name_servers) {
  const auto executor = co_await asio::this_coro::executor;
  SrvQuestion question{{}, std::make_shared<Lookup>(executor)};
  if (!question.lookup->open(name_servers)) {
    co_return base::fail(base::ErrorCode::internal, name, "the name resolver does not start");
  }
  question.ask(name);
  const auto status = co_await question.lookup->wait(limit);
  if (!status) {
    co_return base::fail(base::ErrorCode::timeout, name, "the name servers did not answer in time");
  }
  const bool none = *status == ARES_ENOTFOUND || *status == ARES_ENODATA;
  if (*status != ARES_SUCCESS && !none) {
    co_return base::fail(base::ErrorCode::unreachable, name,
                         std::string("the name could not be looked up: ") + ares_strerror(*status));
  }
  co_return std::move(question.records);
}

std::vector<SrvRecord> in_order(std::vector<SrvRecord> records, std::uint32_t random) {
  std::ranges::stable_sort(records, {}, [](const SrvRecord& record) {
    return std::pair(record.priority, record.weight != 0);
  });
  std::mt19937 numbers(random);
  std::vector<SrvRecord> ordered;
  for (auto from = records.begin(); from != records.end();) {
    const auto to = std::find_if(from, records.end(), [from](const SrvRecord& record) {
      return record.priority != from->priority;
    });
    std::vector<SrvRecord> same(from, to);
    while (!same.empty()) {
      const auto at = same.begin() + static_cast<std::ptrdiff_t>(chosen(same, numbers()));
      ordered.push_back(*at);
      same.erase(at);
    }
    from = to;
  }
  return ordered;
}

}  // namespace sealtone::net
