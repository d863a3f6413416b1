#pragma once

namespace bench {

// As many descriptors as this process may have: every session takes one.
void AllowManyFiles();

}  // namespace bench
