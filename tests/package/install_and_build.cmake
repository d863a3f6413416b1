# Run by ctest with BUILD, EXAMPLE, WORK, GENERATOR, COMPILER and SANITIZE.

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE "${WORK}")
run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/prefix" --component development)

set(flags "")
if(SANITIZE)
  set(flags "-fsanitize=${SANITIZE}")
endif()
run("${CMAKE_COMMAND}" -S "${EXAMPLE}" -B "${WORK}/build" -G "${GENERATOR}"
    "-DCMAKE_PREFIX_PATH=${WORK}/prefix" "-DCMAKE_CXX_COMPILER=${COMPILER}"
    "-DCMAKE_CXX_FLAGS=${flags}")
run("${CMAKE_COMMAND}" --build "${WORK}/build")
run("${WORK}/build/in_memory")

# Of ours, an installed header may include only what is installed with it.
file(GLOB_RECURSE headers RELATIVE "${WORK}/prefix/include/postel"
     "${WORK}/prefix/include/postel/*.h")
foreach(header IN LISTS headers)
  file(STRINGS "${WORK}/prefix/include/postel/${header}" includes REGEX "^#include \"registry/")
  foreach(include IN LISTS includes)
    string(REGEX REPLACE "^#include \"([^\"]*)\".*" "\\1" path "${include}")
    if(NOT EXISTS "${WORK}/prefix/include/postel/${path}")
      message(FATAL_ERROR "${header} includes ${path}, which is not installed")
    endif()
  endforeach()
endforeach()
