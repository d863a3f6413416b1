#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace zonegen {

// Memory that is only added to, in blocks that never move, for millions of small pieces: none of
// them costs more than its octets.
class Blocks {
 public:
  explicit Blocks(size_t block_bytes) : block_bytes_(block_bytes) {}

  // A piece; not aligned, not initialised.
  char* Take(size_t bytes);
  // All pieces one after the other: calls `each(begin, end)` for every block.
  template <class Each>
  void ForEach(Each each) const {
    for (const Block& block : blocks_) each(block.octets.get(), block.octets.get() + block.used);
  }
  void Clear() { blocks_ = std::vector<Block>(); }

 private:
  struct Block {
    std::unique_ptr<char[]> octets;
    size_t used;
    size_t size;
  };
  size_t block_bytes_;
  std::vector<Block> blocks_;
};

}  // namespace zonegen
