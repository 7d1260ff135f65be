// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/recording: see recording.h.
#include "crash/recording.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace sealtone::crash {
namespace {

// Everything that changes what a folder holds, or makes it last; mmap because of shared pages.
constexpr const char* kTraced =
    "trace=open,openat,openat2,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,"
    "fallocate,copy_file_range,sendfile,splice,rename,renameat,renameat2,unlink,unlinkat,rmdir,"
    "mkdir,mkdirat,link,linkat,symlink,symlinkat,fsync,fdatasync,sync,syncfs,msync,mmap,"
    "io_uring_setup";

// The one name in a state folder that is no file.
constexpr std::string_view kSocket = "admin.sock";

int digit(char hexadecimal) {
  return hexadecimal <= '9' ? hexadecimal - '0' : hexadecimal - 'a' + 10;
}
std::string unhex(std::string_view escaped) {  // "\x41\x42"
  std::string octets;
  octets.reserve(escaped.size() / 4);
  for (std::size_t at = 0; at + 4 <= escaped.size(); at += 4)
    octets += static_cast<char>(digit(escaped[at + 2]) << 4 | digit(escaped[at + 3]));
  return octets;
}

// One call as strace wrote it: name, arguments, what it returned.
struct Line {
  std::string name;
  std::vector<std::string_view> arguments;
  std::string_view result;
};

Line split(std::string_view text) {
  Line line;
  const auto open = text.find('(');
  const auto close = text.rfind(") = ", text.size());
  const auto padded = text.rfind(" = ");
  line.name = text.substr(0, open);
  line.result = text.substr(padded + 3);
  auto inside =
      text.substr(open + 1, (close == std::string_view::npos ? padded : close) - open - 1);
  while (!inside.empty() && inside.back() == ' ') inside.remove_suffix(1);
  if (!inside.empty() && inside.back() == ')' && close == std::string_view::npos)
    inside.remove_suffix(1);
  // Strings and paths are hexadecimal, so that a comma is always strace's own.
  while (!inside.empty()) {
    const auto comma = inside.find(", ");
    line.arguments.push_back(inside.substr(0, comma));
    inside = comma == std::string_view::npos ? std::string_view() : inside.substr(comma + 2);
  }
  return line;
}

std::string string_of(std::string_view argument) {
  return unhex(argument.substr(1, argument.rfind('"') - 1));
}
// The path behind "7<\x2f…>(deleted)"; "" if there is none.
std::string path_of(std::string_view descriptor) {
  const auto begin = descriptor.find('<');
  const auto end = descriptor.rfind('>');
  if (begin == std::string_view::npos || end == std::string_view::npos) return "";
  return unhex(descriptor.substr(begin + 1, end - begin - 1));
}

class Reader {
 public:
  explicit Reader(std::string root) : root_(std::move(root)) {}

  void take(std::string_view text) {
    const auto line = split(text);
    if (line.result.starts_with("-1") || line.result.starts_with("?")) return;
    if (read(line)) return;
    if (touches(line)) recording.not_understood.push_back(words(text));
  }

  Recording recording;

 private:
  [[nodiscard]] bool read(const Line& line) {
    const auto& name = line.name;
    const auto& arguments = line.arguments;
    if (name == "openat") return opened(line);
    if (name == "pwrite64") return written(line);
    if (name == "write") return said(line);
    if (name == "ftruncate")
      return keep(on(arguments[0], Call::Kind::resize, number(arguments[1])));
    if (name == "fsync" || name == "fdatasync") return keep(on(arguments[0], Call::Kind::sync));
    if (name == "mkdir") return keep(of(string_of(arguments[0]), Call::Kind::folder));
    if (name == "unlink") return removed(string_of(arguments[0]));
    if (name == "unlinkat") return removed(under(arguments[0], arguments[1]));
    if (name == "rename") return renamed(string_of(arguments[0]), string_of(arguments[1]));
    if (name == "renameat")
      return renamed(under(arguments[0], arguments[1]), under(arguments[2], arguments[3]));
    if (name == "mmap") return !(contains(arguments, "MAP_SHARED") && writable(arguments));
    return false;
  }

  [[nodiscard]] static std::uint64_t number(std::string_view text) {
    return std::stoull(std::string(text));
  }
  [[nodiscard]] static bool contains(const std::vector<std::string_view>& arguments,
                                     std::string_view word) {
    for (const auto& each : arguments) {
      if (each.find(word) != std::string_view::npos) return true;
    }
    return false;
  }
  [[nodiscard]] static bool writable(const std::vector<std::string_view>& arguments) {
    return contains(arguments, "PROT_WRITE");
  }
  [[nodiscard]] static std::string under(std::string_view folder, std::string_view name) {
    auto path = string_of(name);
    return path.starts_with('/') ? path : path_of(folder) + "/" + path;
  }
  [[nodiscard]] bool inside(const std::string& path) const {
    return path == root_ || path.starts_with(root_ + "/");
  }
  [[nodiscard]] bool touches(const Line& line) const {
    for (const auto& argument : line.arguments) {
      const bool text = argument.starts_with('"');
      if (inside(text ? string_of(argument) : path_of(argument))) return true;
    }
    return line.name == "io_uring_setup" || line.name == "sync";
  }

  [[nodiscard]] Call of(const std::string& path, Call::Kind kind) const {
    Call call;
    call.kind = kind;
    // Outside of the root: marked by a path that cannot be, and dropped by keep().
    call.path = inside(path) ? path.substr(std::min(root_.size() + 1, path.size())) : "/";
    return call;
  }
  [[nodiscard]] Call on(std::string_view descriptor, Call::Kind kind, std::uint64_t at = 0) const {
    auto call = of(path_of(descriptor), kind);
    call.removed = descriptor.ends_with("(deleted)");
    call.at = at;
    return call;
  }
  bool keep(Call call, std::string_view what = "") {
    if (call.path == "/" || call.path.ends_with(kSocket)) return true;
    call.words = std::string(what.empty() ? word(call.kind) : what) + " of " +
                 (call.path.empty() ? "the folder" : call.path);
    if (call.kind == Call::Kind::rename) call.words += " to " + call.to;
    recording.calls.push_back(std::move(call));
    return true;
  }
  [[nodiscard]] static std::string_view word(Call::Kind kind) {
    switch (kind) {
      case Call::Kind::open: return "opening for writing";
      case Call::Kind::folder: return "making";
      case Call::Kind::write: return "writing";
      case Call::Kind::resize: return "resizing";
      case Call::Kind::rename: return "renaming";
      case Call::Kind::remove: return "removing";
      case Call::Kind::sync: return "syncing";
      case Call::Kind::say: return "saying";
    }
    return "";
  }
  [[nodiscard]] std::string words(std::string_view text) const {
    const auto line = split(text);
    std::string said = line.name;
    for (const auto& argument : line.arguments) {
      const auto path = argument.starts_with('"') ? string_of(argument) : path_of(argument);
      if (inside(path)) said += " " + path;
    }
    return said;
  }

  bool opened(const Line& line) {
    if (line.arguments.size() < 3) return false;
    const auto flags = line.arguments[2];
    const bool creates = flags.find("O_CREAT") != std::string_view::npos;
    const bool empties = flags.find("O_TRUNC") != std::string_view::npos;
    if (flags.find("O_TMPFILE") != std::string_view::npos) return false;
    if (!creates && !empties) return true;
    auto call = of(under(line.arguments[0], line.arguments[1]), Call::Kind::open);
    call.empties = empties;
    return keep(std::move(call));
  }
  bool written(const Line& line) {
    auto call = on(line.arguments[0], Call::Kind::write, number(line.arguments[3]));
    if (call.path == "/") return true;
    // What the call returned is how much of it was taken.
    call.data = string_of(line.arguments[1]).substr(0, number(line.result));
    const auto what =
        "writing " + std::to_string(call.data.size()) + " octets at " + std::to_string(call.at);
    return keep(std::move(call), what);
  }
  // To the standard output; the offset of any other write(2) is not known, so it is not understood.
  bool said(const Line& line) {
    if (!line.arguments[0].starts_with("1<")) return false;
    Call call;
    call.kind = Call::Kind::say;
    call.data = string_of(line.arguments[1]);
    call.words = "saying " + call.data.substr(0, call.data.find('\n'));
    recording.calls.push_back(std::move(call));
    return true;
  }
  bool removed(const std::string& path) { return keep(of(path, Call::Kind::remove)); }
  bool renamed(const std::string& from, const std::string& to) {
    if (inside(from) != inside(to)) return false;
    auto call = of(from, Call::Kind::rename);
    call.to = of(to, Call::Kind::rename).path;
    return keep(std::move(call));
  }

  std::string root_;
};

}  // namespace

Recording read_trace(const std::string& trace, const std::filesystem::path& root) {
  constexpr std::string_view kCut = " <unfinished ...>";
  Reader reader(root.string());
  std::map<std::string, std::string> unfinished;  // by thread
  std::istringstream lines(trace);
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.find(' ');
    const auto thread = line.substr(0, space);
    auto text = line.substr(line.find_first_not_of(' ', space));
    if (text.starts_with("+++") || text.starts_with("---")) continue;
    if (text.ends_with(kCut)) {
      unfinished[thread] = text.substr(0, text.size() - kCut.size());
      continue;
    }
    if (text.starts_with("<... ")) text = unfinished[thread] + text.substr(text.find('>') + 1);
    if (text.find(" = ") == std::string::npos) continue;
    reader.take(text);
  }
  return std::move(reader.recording);
}

std::string why_no_recording() {
  const auto tried = test::run({"strace", "-f", "-e", "trace=none", "-o", "/dev/null", "true"});
  if (tried.status == 0) return "";
  return "strace may not watch a program here: " + tried.err.substr(0, tried.err.find('\n'));
}

Recording record(const test::Arguments& command, const std::filesystem::path& root,
                 test::StartOptions options) {
  const test::TempDir scratch;
  const auto file = scratch.path() / "trace";
  test::Arguments strace{"strace",        "-f", "-y",          "-xx", "-s",    "10000000",
                         "--seccomp-bpf", "-e", "signal=none", "-e",  kTraced, "-o",
                         file.string()};
  strace.insert(strace.end(), command.begin(), command.end());
  const auto finished = test::run(strace, std::move(options), 4 * test::kPatience);
  auto recording = read_trace(test::read_text(file), root);
  recording.finished = finished;
  return recording;
}

}  // namespace sealtone::crash
