# A trademark clearinghouse of the tests' own, and its signer for scripts.
postel_library(tests_mark_authority
  SOURCES support/mark_authority.cc
  PUBLIC epp_protocol OpenSSL::Crypto PkgConfig::XMLSEC1-OPENSSL)
add_executable(sign_mark support/sign_mark.cc)
target_link_libraries(sign_mark PRIVATE tests_mark_authority)
set_target_properties(sign_mark PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
postel_tests_target(end_to_end sign_mark)

postel_test(signed_mark_test
  SOURCES epp/signed_mark_test.cc
  LINK epp_protocol tests_mark_authority)

# The EPP protocol without I/O: XML, dispatch, and every command against a registry in memory.
postel_test(epp_protocol_test
  SOURCES
    epp/frame_check_test.cc epp/xml_characters_test.cc epp/xml_reader_test.cc
    epp/xml_writer_test.cc epp/dispatch_test.cc epp/golden_test.cc epp/golden_world.cc
    epp/login_security_test.cc
    epp/response_test.cc epp/store_command_test.cc
    support/fake_store.cc
  LINK epp_protocol tests_mark_authority tests_scene tests_support)
