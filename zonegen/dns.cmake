# Messages to and from name servers, and records in their form. Included by CMakeLists.txt.
postel_library(zonegen_dns
  SOURCES
    dns_connection.cc dns_message.cc dns_record.cc follow_settings.cc master_file_reader.cc primary.cc
    tsig_key.cc
  PUBLIC registry_core registry_net
  PRIVATE PkgConfig::LIBKNOT PkgConfig::LIBDNSSEC PkgConfig::LIBZSCANNER)
