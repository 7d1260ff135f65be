// SPDX-License-Identifier: Apache-2.0
//
// held_reader STATE: a fresh process that opens the store of a folder and prints what it holds.
// Exit: 0, or 1 with the reason.
#include <iostream>

#include "crash/held.h"

int main(int count, char** arguments) {
  if (count != 2) return 1;
  try {
    std::cout << sealtone::crash::to_json_text(sealtone::crash::held_in(arguments[1])) << "\n";
    return 0;
  } catch (const std::exception& exception) {
    std::cerr << exception.what() << "\n";
    return 1;
  }
}
