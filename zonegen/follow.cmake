# `follow`: the zone, change by change. Included by CMakeLists.txt.
postel_library(zonegen_follow
  SOURCES
    comparison.cc follow_metrics.cc follower.cc serve_follow.cc wanted_file.cc zone_change.cc zone_difference.cc
    zone_records.cc zone_update.cc zone_version.cc
  PUBLIC zonegen_lib
  PRIVATE PkgConfig::LIBKNOT)
