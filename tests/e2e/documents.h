// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/documents: the commands in a document, and whether what they print is what stands
// there.
//
// A fenced block whose lines begin with "$ " is run in order; what follows such a line is its
// output, and "[…]" alone on a line stands for any lines.  Any other block says behind its fence
// why it is not run, where no reader sees it: ```text not run: REASON
//
// Of the output everything counts but how it is broken into lines, and what kNormalised (in
// documents.cpp, the one table) lets differ.  Errors: std::runtime_error names file and line.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sealtone::test {

struct DocumentStep {
  int line;  // of the command
  std::string command;
  std::string printed;  // as the document has it
};
struct LeftOut {
  int line;
  std::string reason;
};
struct Document {
  std::vector<DocumentStep> steps;
  std::vector<LeftOut> left_out;
};
[[nodiscard]] Document read_document(std::string_view text, const std::string& name);

// What a document's values are called in this run: its port 8444 is 40123 here, its fingerprint
// AB:… is another one.  The same value is the same throughout a document, and two are never one.
class Renamed {
 public:
  // kind: as in kNormalised.  False if either has another partner already.
  bool pair(const std::string& kind, const std::string& written, const std::string& here);
  // A command of the document with the values of this run.
  [[nodiscard]] std::string in(const std::string& command) const;

 private:
  std::map<std::pair<std::string, std::string>, std::string> here_, written_;
};

// Empty if printed fits what the document says, else where they part.  renamed learns new values.
[[nodiscard]] std::string difference(const std::string& written, const std::string& printed,
                                     Renamed& renamed);

}  // namespace sealtone::test
