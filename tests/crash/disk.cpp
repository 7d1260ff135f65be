// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/disk: see disk.h.
#include "crash/disk.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace sealtone::crash {
namespace {

constexpr std::size_t kSector = 512, kPage = 4'096;

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

[[noreturn]] void unfit(const Call& call, const std::string& why) {
  throw std::runtime_error(call.words + ": " + why);
}

void put(std::string& content, std::string_view data, std::uint64_t at, std::size_t from,
         std::size_t to) {
  to = std::min(to, data.size());
  if (from >= to) return;
  if (content.size() < at + to) content.resize(at + to, '\0');
  content.replace(at + from, to - from, data.substr(from, to - from));
}

}  // namespace

std::size_t number_of(const Tree& tree) {
  std::size_t number = 0;
  const auto take = [&number](std::string_view text) {
    number = number * 0x9E3779B97F4A7C15U + std::hash<std::string_view>{}(text) + text.size();
  };
  for (const auto& [path, content] : tree) {
    take(path);
    take(content ? "file" : "folder");
    if (content) take(*content);
  }
  return number;
}

void Disk::apply(const Call& call) {
  last_was_a_write_ = call.kind == Call::Kind::write;
  switch (call.kind) {
    case Call::Kind::open:
      if (!names_.contains(call.path)) make(call, false);
      if (call.empties)
        writes_.push_back(
            {file_of(call), {.data = {}, .at = 0, .resizes = true, .words = call.words}});
      return;
    case Call::Kind::folder: make(call, true); return;
    case Call::Kind::write:
      writes_.push_back(
          {file_of(call),
           {.data = call.data, .at = call.at, .resizes = false, .words = call.words}});
      return;
    case Call::Kind::resize:
      writes_.push_back(
          {file_of(call), {.data = {}, .at = call.at, .resizes = true, .words = call.words}});
      return;
    case Call::Kind::rename:
      if (folder_of(call.path) != folder_of(call.to)) unfit(call, "from one folder to another");
      if (files_[file_of(call)].folder) unfit(call, "a folder");
      name({folder_of(call.path), call.path, call.to, file_of(call), call.words});
      return;
    case Call::Kind::remove:
      name({folder_of(call.path), call.path, std::nullopt, file_of(call), call.words});
      return;
    case Call::Kind::sync: sync(call); return;
    case Call::Kind::say: return;
  }
}

std::size_t Disk::file_of(const Call& call) const {
  const auto& from = call.removed ? removed_ : names_;
  const auto found = from.find(call.path);
  if (found == from.end()) unfit(call, "there is no such file");
  return found->second;
}

void Disk::make(const Call& call, bool folder) {
  files_.push_back({folder, {}});
  name({folder_of(call.path), std::nullopt, call.path, files_.size() - 1, call.words});
}

void Disk::name(Naming naming) {
  if (naming.away) {
    removed_[*naming.away] = naming.file;
    names_.erase(*naming.away);
  }
  if (naming.given) {
    if (const auto old = names_.find(*naming.given); old != names_.end())
      removed_[*naming.given] = old->second;
    names_[*naming.given] = naming.file;
  }
  namings_.push_back(std::move(naming));
}

void Disk::sync(const Call& call) {
  const auto file = file_of(call);
  if (!files_[file].folder) {
    auto& content = files_[file].synced;
    for (const auto& write : writes_) {
      if (write.file != file) continue;
      if (write.change.resizes) content.resize(write.change.at, '\0');
      put(content, write.change.data, write.change.at, 0, SIZE_MAX);
    }
    std::erase_if(writes_, [file](const Write& write) { return write.file == file; });
    return;
  }
  for (const auto& naming : namings_) {
    if (naming.folder != call.path) continue;
    if (naming.away) synced_names_.erase(*naming.away);
    if (naming.given) synced_names_[*naming.given] = naming.file;
  }
  std::erase_if(namings_, [&call](const Naming& each) { return each.folder == call.path; });
}

Tree Disk::rendered(const IsThere& names, const PartOf& writes, Lengths lengths) const {
  auto standing = synced_names_;
  for (std::size_t i = 0; i < namings_.size(); ++i) {
    if (!names(i)) continue;
    if (namings_[i].away) standing.erase(*namings_[i].away);
    if (namings_[i].given) standing[*namings_[i].given] = namings_[i].file;
  }
  Tree tree;
  for (const auto& [path, file] : standing) {
    // A name below a folder that is not there is not there either.  Names are in order.
    if (path.empty() || (!folder_of(path).empty() && !tree.contains(folder_of(path)))) continue;
    if (files_[file].folder) {
      tree[path] = std::nullopt;
      continue;
    }
    auto content = files_[file].synced;
    for (std::size_t i = 0; i < writes_.size(); ++i) {
      if (writes_[i].file != file) continue;
      const auto& change = writes_[i].change;
      const auto part = writes(i);
      if (change.resizes && (part || lengths == Lengths::of_everything))
        content.resize(change.at, '\0');
      if (part) put(content, change.data, change.at, part->from, part->to);
      if (lengths == Lengths::of_everything)
        content.resize(std::max<std::size_t>(content.size(), change.at + change.data.size()), '\0');
    }
    tree[path] = std::move(content);
  }
  return tree;
}

namespace {
constexpr auto kAll = [](std::size_t) { return true; };
constexpr auto kNone = [](std::size_t) { return false; };
}  // namespace

Tree Disk::everything() const {
  return rendered(kAll, [](std::size_t) { return Part{}; });
}

Tree Disk::synced() const {
  return rendered(kNone, [](std::size_t) { return std::nullopt; });
}

void Disk::each_state(const EachState& each) const {
  each_whole_state(each);
  // A write changes nothing about how those before it may be there in part or alone.
  const auto first = last_was_a_write_ ? writes_.size() - 1 : 0;
  for (auto i = first; i < writes_.size(); ++i) each_state_of_write(i, each);
  for (std::size_t i = 0; i < writes_.size(); ++i) each_state_without_write(i, each);
  for (std::size_t i = 0; i < namings_.size(); ++i) each_state_of_naming(i, each);
}

void Disk::each_whole_state(const EachState& each) const {
  const PartOf no_data = [](std::size_t) { return std::nullopt; };
  const PartOf all_data = [](std::size_t) { return Part{}; };
  each("with everything", everything());
  each("with only what was synced", synced());
  if (!namings_.empty()) {
    each("with all names, without data", rendered(kAll, no_data));
    each("with all data, without names", rendered(kNone, all_data));
  }
  if (!writes_.empty())
    each("with all names and lengths, without data",
         rendered(kAll, no_data, Lengths::of_everything));
}

void Disk::each_state_of_write(std::size_t index, const EachState& each) const {
  const auto& change = writes_[index].change;
  const auto alone = [index](Part part) {
    return [index, part](std::size_t i) { return i == index ? std::optional(part) : std::nullopt; };
  };
  const auto behind_others = [index](Part part) {
    return [index, part](std::size_t i) -> std::optional<Part> {
      if (i > index) return std::nullopt;
      return i == index ? part : Part{};
    };
  };
  each(change.words + ", alone", rendered(kAll, alone({})));
  if (!namings_.empty()) each(change.words + ", alone, without names", rendered(kNone, alone({})));
  const auto size = change.data.size();
  for (const auto cut : std::set<std::size_t>{kSector, kPage, size / 2}) {
    if (cut == 0 || cut >= size) continue;
    const auto torn = change.words + ", torn at " + std::to_string(cut);
    const Part begin{0, cut}, end{cut, SIZE_MAX};
    each(torn, rendered(kAll, behind_others(begin)));
    each(torn + ", its end", rendered(kAll, behind_others(end)));
    each(torn + ", alone", rendered(kAll, alone(begin)));
    each(torn + ", its end, alone", rendered(kAll, alone(end)));
  }
}

void Disk::each_state_without_write(std::size_t index, const EachState& each) const {
  const auto dropped = [index](std::size_t i) {
    return i == index ? std::nullopt : std::optional(Part{});
  };
  const auto how = "with everything but " + writes_[index].change.words;
  each(how, rendered(kAll, dropped));
  if (!namings_.empty()) each(how + ", without names", rendered(kNone, dropped));
}

void Disk::each_state_of_naming(std::size_t index, const EachState& each) const {
  const auto alone = [index](std::size_t i) { return i == index; };
  const auto dropped = [index](std::size_t i) { return i != index; };
  const PartOf no_data = [](std::size_t) { return std::nullopt; };
  const PartOf all_data = [](std::size_t) { return Part{}; };
  const auto& words = namings_[index].words;
  each("with everything but " + words, rendered(dropped, all_data));
  each(words + ", alone", rendered(alone, no_data));
  each(words + ", the only name, with all data", rendered(alone, all_data));
}

}  // namespace sealtone::crash
