# registry_cds: asks child zones for CDS and CDNSKEY records. Included by registry/CMakeLists.txt.
postel_library(registry_cds
  SOURCES
    cds/child_answer.cc cds/child_scanner.cc cds/dns_client.cc cds/dns_message.cc cds/server_table.cc
    cds/validating_resolver.cc
  PUBLIC registry_core registry_net
  PRIVATE PkgConfig::LDNS postel_unbound OpenSSL::Crypto)
