# What the clock does, and the housekeeping of the database.
postel_library(worker_lib
  SOURCES
    worker/cds_config.cc worker/cds_pass.cc worker/config.cc worker/housekeeping.cc worker/lifecycle_pass.cc
    worker/worker.cc
  PUBLIC registry_store registry_net registry_cds)
postel_executable(postel-worker SOURCES worker/main.cc LINK worker_lib CLI11::CLI11)
