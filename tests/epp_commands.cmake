# The EPP protocol without I/O: XML, dispatch, and every command against a registry in memory.
postel_test(epp_protocol_test
  SOURCES
    epp/frame_check_test.cc epp/xml_characters_test.cc epp/xml_reader_test.cc
    epp/xml_writer_test.cc epp/dispatch_test.cc epp/golden_test.cc epp/golden_world.cc
    epp/login_security_test.cc
    epp/response_test.cc epp/store_command_test.cc
    support/fake_store.cc
  LINK epp_protocol tests_scene tests_support)
