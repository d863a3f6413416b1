#include "zonegen/blocks.h"

#include <algorithm>

namespace zonegen {

char* Blocks::Take(size_t bytes) {
  if (blocks_.empty() || blocks_.back().size - blocks_.back().used < bytes) {
    const size_t size = std::max(bytes, block_bytes_);
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(size), 0, size});
  }
  Block& last = blocks_.back();
  char* piece = last.octets.get() + last.used;
  last.used += bytes;
  return piece;
}

}  // namespace zonegen
