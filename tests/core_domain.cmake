# The rules, the lifecycle and the commands about domains, and the scene that tests of rules share.
postel_library(tests_scene
  SOURCES support/memory_registry.cc support/scene.cc
  PUBLIC registry_core GTest::gmock)
