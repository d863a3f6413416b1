# What each part of Postel needs. The installed package includes this file too, so that a user's
# project finds exactly what this one was built with.

# pkg-config's libraries are used as PkgConfig::<NAME>, for example PkgConfig::LIBPQ.
macro(postel_find_with_pkg_config)
  find_package(PkgConfig REQUIRED)
  foreach(_postel_name ${ARGN})
    string(TOUPPER ${_postel_name} _postel_prefix)
    pkg_check_modules(${_postel_prefix} REQUIRED IMPORTED_TARGET GLOBAL ${_postel_name})
  endforeach()
endmacro()

# registry_core: absl::*, OpenSSL::Crypto, Boost::json, PkgConfig::LIBIDN2.
macro(postel_find_core_dependencies)
  find_package(absl REQUIRED)
  find_package(OpenSSL 3 REQUIRED)
  find_package(Boost 1.81 REQUIRED COMPONENTS json)
  postel_find_with_pkg_config(libidn2)
endmacro()

# registry_store: PkgConfig::LIBPQ, PkgConfig::LIBARGON2, Boost::headers, prometheus-cpp::core.
macro(postel_find_store_dependencies)
  find_package(Threads REQUIRED)
  find_package(prometheus-cpp REQUIRED)
  postel_find_with_pkg_config(libpq libargon2)
endmacro()

# libunbound. Its pkg-config file wants libevent's, which its Debian package does not bring along.
macro(postel_find_unbound)
  find_path(POSTEL_UNBOUND_INCLUDE unbound.h REQUIRED)
  find_library(POSTEL_UNBOUND_LIBRARY unbound REQUIRED)
  add_library(postel_unbound INTERFACE IMPORTED)
  target_include_directories(postel_unbound INTERFACE "${POSTEL_UNBOUND_INCLUDE}")
  target_link_libraries(postel_unbound INTERFACE "${POSTEL_UNBOUND_LIBRARY}")
endmacro()

# The executables: Boost::json, Boost::url, pugixml::pugixml, CLI11::CLI11, prometheus-cpp::pull,
# PkgConfig::LDNS, PkgConfig::LIBKNOT, PkgConfig::LIBDNSSEC, PkgConfig::LIBZSCANNER,
# PkgConfig::JEMALLOC, PkgConfig::XMLSEC1-OPENSSL, PkgConfig::ZLIB, PkgConfig::LIBZSTD, postel_unbound.
macro(postel_find_server_dependencies)
  find_package(Boost 1.81 REQUIRED COMPONENTS url)
  find_package(pugixml REQUIRED)
  find_package(CLI11 REQUIRED)
  postel_find_with_pkg_config(ldns libknot libdnssec libzscanner jemalloc xmlsec1-openssl zlib libzstd)
  postel_find_unbound()
endmacro()
