# Made-up domains for sandboxes.
postel_library(fill_lib
  SOURCES fill/cast.cc fill/label.cc fill/load.cc fill/made_up_domains.cc
          fill/staging.cc fill/state.cc fill/words.cc
  PUBLIC registry_store
  PRIVATE absl::str_format)
postel_executable(postel-fill SOURCES fill/main.cc LINK fill_lib CLI11::CLI11 absl::str_format)
