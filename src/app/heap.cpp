// SPDX-License-Identifier: Apache-2.0
//
// app/heap: what the program frees is wiped first, whoever frees it: Sealtone, OpenSSL, SQLite,
// c-ares.
//
// A key or password passes through buffers that nobody here owns: OpenSSL's decoders, SQLite's
// rows, strings that grow.  Wiping each in its place cannot be complete, so the one way out of
// memory does it.  free() and realloc() stand before glibc's for the whole program (glibc manual,
// "Replacing malloc"); everything else of malloc stays glibc's.  Not in a build with sanitizers,
// whose heap is their own.
#ifndef SEALTONE_SANITIZED

#include <malloc.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>

extern "C" {

void __libc_free(void* memory);  // NOLINT(bugprone-reserved-identifier): glibc's own name for it

void free(void* memory) noexcept {
  if (memory == nullptr) return;
  explicit_bzero(memory, malloc_usable_size(memory));
  __libc_free(memory);
}

// glibc's own may leave the old place, or the end of it, as it was.
void* realloc(void* memory, std::size_t size) noexcept {
  if (memory == nullptr) return std::malloc(size);
  if (size == 0) {
    free(memory);
    return nullptr;
  }
  const auto held = malloc_usable_size(memory);
  if (size <= held && size >= held / 2) return memory;
  void* const moved = std::malloc(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, memory, std::min(held, size));
  free(memory);
  return moved;
}

}  // extern "C"

#endif
