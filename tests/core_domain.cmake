# The rules, the lifecycle and the commands about domains, and the scene that tests of rules share.
postel_library(tests_scene
  SOURCES support/memory_registry.cc support/scene.cc
  PUBLIC registry_core GTest::gmock)

postel_test(registry_rules_test
  SOURCES
    registry/rules/access_test.cc
    registry/rules/allocation_test.cc
    registry/rules/bundles_test.cc
    registry/rules/child_ds_test.cc
    registry/rules/data_model_test.cc
    registry/rules/delegation_table_test.cc registry/rules/delegation_test.cc
    registry/rules/grace_periods_test.cc
    registry/rules/history_test.cc
    registry/rules/idn_test.cc
    registry/rules/launch_test.cc
    registry/rules/list_change_test.cc
    registry/rules/listing_test.cc
    registry/rules/maintenances_test.cc
    registry/rules/pricing_test.cc
    registry/rules/record_ttls_test.cc
    registry/rules/references_test.cc
    registry/rules/registrable_names_test.cc
    registry/rules/rdap_bootstrap_test.cc
    registry/rules/registrar_record_test.cc
    registry/rules/statuses_test.cc
  LINK tests_scene tests_support Boost::json)

postel_test(registry_lifecycle_test
  SOURCES
    registry/lifecycle/auto_renew_test.cc
    registry/lifecycle/end_of_grace_test.cc
    registry/lifecycle/end_of_redemption_test.cc
    registry/lifecycle/project_test.cc
    registry/lifecycle/purge_test.cc
    registry/lifecycle/transfer_approval_test.cc
  LINK tests_scene)

postel_test(domain_commands_test
  SOURCES
    registry/commands/claims_check_test.cc
    registry/commands/domain_check_test.cc
    registry/commands/domain_create_test.cc
    registry/commands/domain_delete_test.cc
    registry/commands/domain_info_test.cc
    registry/commands/domain_lookup_test.cc
    registry/commands/domain_materialize_test.cc
    registry/commands/domain_renew_test.cc
    registry/commands/domain_restore_test.cc
    registry/commands/domain_transfer_test.cc
    registry/commands/domain_update_test.cc
    registry/commands/ds_maintenance_test.cc
    registry/commands/login_failed_test.cc
    registry/commands/login_succeeded_test.cc
    registry/commands/login_test.cc
    registry/commands/registrar_password_test.cc
  LINK tests_scene)
