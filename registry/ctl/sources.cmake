postel_library(ctl_lib
  SOURCES
    ctl/agp_commands.cc ctl/certificate_file.cc ctl/clock_commands.cc ctl/display_width.cc ctl/domain_update_options.cc ctl/history_text.cc ctl/idn_commands.cc
    ctl/maintenance_commands.cc ctl/names_commands.cc ctl/names_file.cc
    ctl/object_cds.cc ctl/object_changes.cc ctl/object_commands.cc ctl/object_history.cc ctl/object_lookup.cc ctl/object_records.cc
    ctl/object_statuses.cc ctl/output.cc ctl/registrar_certificates.cc ctl/registrar_commands.cc
    ctl/rdds_commands.cc ctl/registrar_money.cc ctl/registrar_options.cc ctl/registrar_show.cc ctl/registry_commands.cc
    ctl/report_commands.cc
    ctl/schema_commands.cc ctl/session.cc ctl/signing_keys.cc ctl/tld_commands.cc ctl/token_commands.cc
    ctl/zone_commands.cc
  PUBLIC registry_store registry_net Boost::json CLI11::CLI11
  PRIVATE OpenSSL::Crypto)
postel_executable(postelctl SOURCES ctl/main.cc LINK ctl_lib)
target_compile_definitions(postelctl PRIVATE POSTEL_VERSION="${PROJECT_VERSION}")
