# The protocol without I/O: a frame becomes a command of the core, its answer becomes a response.
# Included by CMakeLists.txt; a new command is one line here and one in dispatch.cc.
postel_library(epp_protocol
  SOURCES
    commands/contact_check.cc commands/contact_create.cc commands/contact_delete.cc
    commands/contact_info.cc commands/contact_transfer.cc commands/contact_update.cc
    commands/domain_check.cc commands/domain_create.cc commands/domain_delete.cc
    commands/domain_info.cc commands/domain_renew.cc commands/domain_restore.cc commands/domain_transfer.cc
    commands/domain_update.cc
    commands/host_check.cc commands/host_create.cc commands/host_delete.cc
    commands/host_info.cc commands/host_update.cc
    commands/key_relay.cc
    commands/organization_check.cc commands/organization_create.cc commands/organization_delete.cc
    commands/organization_info.cc commands/organization_update.cc
    commands/login.cc commands/maintenance_info.cc commands/poll_acknowledge.cc commands/poll_request.cc
    allocation_token.cc bundle.cc change_poll.cc clearinghouse.cc contact_parts.cc dispatch.cc domain_parts.cc
    fee.cc frame.cc frame_check.cc greeting.cc
    idn.cc launch.cc login_security.cc maintenance.cc organization_parts.cc orgext.cc response.cc rgp.cc
    sec_dns.cc services.cc session.cc signed_mark.cc store_command.cc transfer_parts.cc ttl.cc unhandled_namespaces.cc
    values.cc xml_characters.cc xml_reader.cc xml_writer.cc
  PUBLIC registry_core absl::any_invocable pugixml::pugixml
  PRIVATE OpenSSL::Crypto PkgConfig::XMLSEC1-OPENSSL)
