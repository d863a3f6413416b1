# What servers share: listening, TLS, signals, limits, metrics. Asio is compiled once, here.
find_package(Threads REQUIRED)
postel_library(registry_net
  SOURCES
    net/asio_separate.cc net/await_callback.cc net/command_line_error.cc net/connection_limits.cc net/deadline.cc net/endpoint.cc
    net/io_threads.cc net/listener.cc
    net/metrics.cc net/monotonic.cc net/peer_certificate.cc net/rounds.cc net/server_command_line.cc
    net/settings_options.cc net/signals.cc net/tls_context.cc net/tls_stream.cc net/user_name.cc
  PUBLIC registry_core absl::any_invocable absl::synchronization Boost::headers OpenSSL::SSL
         prometheus-cpp::pull Threads::Threads
  PRIVATE CLI11::CLI11)
target_compile_definitions(registry_net PUBLIC BOOST_ASIO_SEPARATE_COMPILATION
                                               BOOST_ASIO_NO_DEPRECATED)
set_source_files_properties(net/server_command_line.cc PROPERTIES COMPILE_DEFINITIONS
  "POSTEL_VERSION=\"${PROJECT_VERSION}\"")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 inlines one half of the pair with which Asio allocates coroutine frames, and mistakes the
  # other for a mismatch.
  target_compile_options(registry_net PUBLIC -Wno-mismatched-new-delete)
endif()
