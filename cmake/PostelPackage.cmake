# `cmake --install` gives find_package(postel) the targets postel::registry and postel::store.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# Call once, at the end: installs what exists of registry_core and registry_store. The component
# `development` holds headers, libraries and package files; `servers` the executables.
function(postel_install_package)
  set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/postel")
  if(NOT TARGET registry_core)
    return()
  endif()
  foreach(part IN ITEMS core store)
    if(TARGET registry_${part})
      install(TARGETS registry_${part} EXPORT postel_${part}
              ARCHIVE COMPONENT development)
      install(EXPORT postel_${part} NAMESPACE postel:: FILE postel_${part}_targets.cmake
              DESTINATION "${package_dir}" COMPONENT development)
    endif()
  endforeach()

  foreach(folder IN ITEMS base types model rules lifecycle commands store)
    if(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/registry/${folder}"
       AND (NOT folder STREQUAL "store" OR TARGET registry_store))
      install(DIRECTORY "${PROJECT_SOURCE_DIR}/registry/${folder}"
              DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/postel/registry" COMPONENT development
              FILES_MATCHING PATTERN "*.h")
    endif()
  endforeach()

  configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/postelConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/postelConfig.cmake" INSTALL_DESTINATION "${package_dir}")
  write_basic_package_version_file("${PROJECT_BINARY_DIR}/postelConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
  install(FILES "${PROJECT_BINARY_DIR}/postelConfig.cmake"
                "${PROJECT_BINARY_DIR}/postelConfigVersion.cmake"
                "${PROJECT_SOURCE_DIR}/cmake/PostelDependencies.cmake"
          DESTINATION "${package_dir}" COMPONENT development)
endfunction()
