postel_executable(postelctl
  SOURCES
    ctl/certificate_file.cc ctl/main.cc ctl/object_commands.cc ctl/output.cc
    ctl/registrar_commands.cc ctl/registrar_options.cc ctl/report_commands.cc
    ctl/schema_commands.cc ctl/session.cc ctl/tld_commands.cc
  LINK registry_store Boost::json CLI11::CLI11 OpenSSL::Crypto)
target_compile_definitions(postelctl PRIVATE POSTEL_VERSION="${PROJECT_VERSION}")
