# The EPP server without a socket, and what servers share.
postel_test(net_test
  SOURCES
    registry/net/await_callback_test.cc registry/net/connection_limits_test.cc
    registry/net/deadline_test.cc registry/net/endpoint_test.cc registry/net/gatherer_test.cc
    registry/net/io_threads_test.cc registry/net/metrics_test.cc
    registry/net/server_command_line_test.cc registry/net/tls_stream_test.cc
  LINK registry_net tests_support)

postel_test(epp_server_test
  SOURCES
    epp/config_test.cc epp/frame_test.cc epp/password_verifier_test.cc
    epp/session_limits_test.cc epp/session_test.cc
  LINK epp_lib tests_support)

if(TARGET bench_load)
  # The frames are those of the load driver.
  postel_test(epp_cost_test LABELS postgres
    SOURCES epp/cost_test.cc
    LINK bench_load epp_protocol store_scene)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 sees only half of the pair of operators that the test replaces inlined.
    target_compile_options(epp_cost_test PRIVATE -Wno-mismatched-new-delete)
  endif()
endif()
