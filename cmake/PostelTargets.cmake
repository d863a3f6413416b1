# The three kinds of targets. Include paths start at the root of the checkout:
# #include "registry/base/outcome.h"

# postel_library(<target> [EXPORT <name>] SOURCES <file>... [PUBLIC <library>...]
#                [PRIVATE <library>...])
# A static library. With EXPORT it belongs to the installed package, as postel::<name>.
function(postel_library target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "EXPORT" "SOURCES;PUBLIC;PRIVATE")
  postel_refuse_leftovers(${target} "${arg_UNPARSED_ARGUMENTS}")
  postel_present_sources(arg_SOURCES)
  add_library(${target} STATIC ${arg_SOURCES})
  target_include_directories(${target} PUBLIC
    "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>"
    "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/postel>")
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  if(arg_EXPORT)
    add_library(postel::${arg_EXPORT} ALIAS ${target})
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${arg_EXPORT}
                                               OUTPUT_NAME postel_${arg_EXPORT})
  endif()
endfunction()

# postel_executable(<target> SOURCES <file>... [LINK <library>...])
# A program, built as bin/<target> and installed. The custom target `executables` builds them all.
function(postel_executable target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  postel_refuse_leftovers(${target} "${arg_UNPARSED_ARGUMENTS}")
  postel_present_sources(arg_SOURCES)
  add_executable(${target} ${arg_SOURCES})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE ${arg_LINK})
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
  install(TARGETS ${target} RUNTIME COMPONENT servers)
  if(NOT TARGET executables)
    add_custom_target(executables)
  endif()
  add_dependencies(executables ${target})
endfunction()

# postel_use_jemalloc(<target>)
# For servers: what one thread allocates another frees, which glibc's allocator is slow at. Not with
# sanitizers, which bring their own.
function(postel_use_jemalloc target)
  if(NOT POSTEL_SANITIZE)
    target_link_options(${target} PRIVATE -Wl,--no-as-needed)
    target_link_libraries(${target} PRIVATE PkgConfig::JEMALLOC)
  endif()
endfunction()

# postel_test(<name> SOURCES <file>... [LINK <library>...] [LABELS unit|postgres|end_to_end]
#             [TIMEOUT <seconds>] [SERIAL])
# One GoogleTest executable, usually one per mirrored folder. Tests run in the root of the checkout,
# so "tests/golden/..." is a path. With the label `unit` (the default) each TEST is an entry of
# ctest; with `postgres` or `end_to_end` the whole executable is one, so that its private cluster
# starts once. The custom target tests_<label> builds all of a label. SERIAL: alone on the machine.
function(postel_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SERIAL" "TIMEOUT" "SOURCES;LINK;LABELS")
  postel_refuse_leftovers(${name} "${arg_UNPARSED_ARGUMENTS}")
  if(NOT arg_LABELS)
    set(arg_LABELS unit)
  endif()
  postel_present_sources(arg_SOURCES)
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINK} tests_main)
  target_precompile_headers(${name} REUSE_FROM tests_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
  if(arg_LABELS STREQUAL "unit")
    if(NOT arg_TIMEOUT)
      set(arg_TIMEOUT 60)
    endif()
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
      WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
      PROPERTIES LABELS unit TIMEOUT ${arg_TIMEOUT})
  else()
    if(NOT arg_TIMEOUT)
      set(arg_TIMEOUT 600)
    endif()
    add_test(NAME ${name}
             COMMAND ${name} "--gtest_output=xml:${PROJECT_BINARY_DIR}/test_results/${name}.xml"
             WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT})
    if(arg_SERIAL)
      set_tests_properties(${name} PROPERTIES RUN_SERIAL TRUE)
    endif()
  endif()
  foreach(label IN LISTS arg_LABELS)
    postel_tests_target(${label} ${name})
  endforeach()
endfunction()

# Makes tests_<label> depend on a target: what a test needs built without linking it.
function(postel_tests_target label)
  if(NOT TARGET tests_${label})
    add_custom_target(tests_${label})
  endif()
  add_dependencies(tests_${label} ${ARGN})
endfunction()

# With -DPOSTEL_PARTIAL=ON, for work in progress: leaves out the sources that are not written yet.
function(postel_present_sources variable)
  if(POSTEL_PARTIAL)
    foreach(source IN LISTS ${variable})
      if(NOT EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${source}")
        list(REMOVE_ITEM ${variable} ${source})
        message(STATUS "Not there yet: ${source}")
      endif()
    endforeach()
    set(${variable} ${${variable}} PARENT_SCOPE)
  endif()
endfunction()

function(postel_refuse_leftovers target leftovers)
  if(leftovers)
    message(FATAL_ERROR "${target}: not understood: ${leftovers}")
  endif()
endfunction()
