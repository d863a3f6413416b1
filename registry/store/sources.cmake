# registry_store: the registry in PostgreSQL. Included by registry/CMakeLists.txt.

# The migrations become part of the program, so that no file can be missing where it runs.
set(POSTEL_MIGRATION_STEPS "")
foreach(step IN ITEMS 0001_schema)
  set(file "${CMAKE_CURRENT_LIST_DIR}/migrations/${step}.sql")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(READ "${file}" sql)
  string(APPEND POSTEL_MIGRATION_STEPS "      {\"${step}\", R\"sql(${sql})sql\"},\n")
endforeach()
configure_file("${CMAKE_CURRENT_LIST_DIR}/migrations/embed.cc.in"
               "${CMAKE_CURRENT_BINARY_DIR}/store/migration_steps.cc" @ONLY)

postel_library(registry_store EXPORT store
  SOURCES
    store/add_grace_limits.cc store/allocation_tokens.cc store/audit.cc store/bulk_insert.cc store/calendar.cc store/cds_scans.cc
    store/commit_outcome.cc
    store/connection.cc store/copy.cc store/database_error.cc store/delegation_reader.cc store/directory_loader.cc
    store/domain_links.cc store/execute.cc store/execute_again.cc store/fair_queue.cc
    store/feed_reader.cc store/feed_watch.cc store/flush.cc store/flush_directory.cc store/flush_objects.cc
    store/history_reader.cc store/keeper.cc store/lane.cc store/listed_labels.cc store/load.cc store/maintenance.cc
    store/maintenance_notices.cc
    store/migrations.cc store/needs_union.cc store/number_source.cc store/object_rows.cc
    store/object_search.cc store/object_searcher.cc
    store/operator_reader.cc store/parameters.cc store/password.cc store/rdds_tokens.cc store/row_reader.cc
    store/settings.cc store/snapshot.cc store/store.cc store/variant_keys.cc store/wire.cc store/zone_line.cc
    store/zone_reader.cc
  PUBLIC registry_core
  PRIVATE PkgConfig::LIBPQ PkgConfig::LIBARGON2 Threads::Threads)
target_sources(registry_store PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/store/migration_steps.cc")
