# Language, warnings, sanitizers, ccache and linker, for every target of this project.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Debug)
endif()
# -O1 compiles about as fast as -O0 with this much inlining to skip, and its tests run in half the
# time. Line tables are enough for a backtrace and keep links short.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -D_GLIBCXX_ASSERTIONS")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                    -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # These report defects inside libstdc++ 12 that are not there once optimisation or a sanitizer is on.
  add_compile_options(-Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow
                      -Wno-stringop-overread -Wno-array-bounds)
else()
  add_compile_options(-Wthread-safety -Wno-unused-command-line-argument)
endif()
if(POSTEL_WERROR)
  add_compile_options(-Werror)
endif()
# Neither objects nor installed libraries name the folder they were built in.
add_compile_options("-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")

if(POSTEL_SANITIZE)
  add_compile_options(-fsanitize=${POSTEL_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${POSTEL_SANITIZE})
  if(POSTEL_SANITIZE MATCHES "undefined")
    # These stand at every use of a pointer, and take as long to compile as all the rest; a null
    # pointer that is followed is found all the same.
    add_compile_options(-fno-sanitize=null,alignment,vptr,object-size)
  endif()
  if(POSTEL_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Asio and shared_ptr use fences that the thread sanitizer cannot follow.
    add_compile_options(-Wno-tsan)
  endif()
endif()

find_program(POSTEL_CCACHE ccache)
if(POSTEL_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The sloppiness is what ccache asks for with precompiled headers; the base folder lets several
  # checkouts share one cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros"
      "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR};CCACHE_NOHASHDIR=1;${POSTEL_CCACHE}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  else()
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()

find_program(POSTEL_MOLD mold)
if(POSTEL_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
