# `follow`: the zone, change by change. Included by CMakeLists.txt.
postel_library(zonegen_follow
  SOURCES
    change_rows.cc comparison.cc comparisons.cc due_domains.cc election.cc feed_progress.cc
    follow_metrics.cc follower.cc refused_names.cc serve_follow.cc wanted_file.cc zone_change.cc zone_difference.cc
    zone_records.cc zone_sender.cc zone_update.cc zone_version.cc
  PUBLIC zonegen_lib
  PRIVATE PkgConfig::LIBKNOT)
