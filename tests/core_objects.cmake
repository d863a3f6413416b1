# The commands about hosts, contacts, polls, TLDs and registrars, the rules they share, and a random
# history of all commands.
postel_test(object_commands_test
  SOURCES
    registry/commands/contact_check_test.cc
    registry/commands/contact_create_test.cc
    registry/commands/contact_delete_test.cc
    registry/commands/contact_info_test.cc
    registry/commands/contact_lookup_test.cc
    registry/commands/contact_transfer_test.cc
    registry/commands/contact_update_test.cc
    registry/commands/host_check_test.cc
    registry/commands/host_create_test.cc
    registry/commands/host_delete_test.cc
    registry/commands/host_info_test.cc
    registry/commands/host_lookup_test.cc
    registry/commands/host_update_test.cc
    registry/commands/idn_apply_test.cc
    registry/commands/key_relay_test.cc
    registry/commands/maintenance_info_test.cc
    registry/commands/organization_check_test.cc
    registry/commands/organization_create_test.cc
    registry/commands/organization_delete_test.cc
    registry/commands/organization_info_test.cc
    registry/commands/organization_update_test.cc
    registry/commands/poll_acknowledge_test.cc
    registry/commands/poll_request_test.cc
    registry/commands/registrar_create_test.cc
    registry/commands/registrar_deposit_test.cc
    registry/commands/registrar_update_test.cc
    registry/commands/tld_apply_test.cc
    registry/rules/host_addresses_test.cc
    registry/rules/superordinate_domain_test.cc
  LINK tests_scene)

postel_test(random_history_test
  SOURCES registry/commands/random_history_test.cc support/random_commands.cc
  LINK tests_scene)

# A registry that is watched at every step of random histories.
postel_test(model_test
  SOURCES model/history.cc model/model.cc model/model_test.cc support/random_commands.cc
  LINK tests_scene)
