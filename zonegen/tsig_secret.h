#pragma once

#include "zonegen/knot.h"
#include "zonegen/tsig_key.h"

namespace zonegen {

// What libknot signs with.
struct TsigKey::Secret {
  knot_tsig_key_t key{};
  Secret() = default;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { knot_tsig_key_deinit(&key); }
};

}  // namespace zonegen
