# The layers below the rules: base, types and model.
postel_test(registry_base_test
  SOURCES
    registry/base/clock_test.cc
    registry/base/config_test.cc
    registry/base/log_test.cc
    registry/base/outcome_test.cc registry/base/progress_test.cc
    registry/base/rare_test.cc
    registry/base/result_code_test.cc
    registry/base/text_test.cc
    registry/base/utc_text_test.cc
    registry/base/utf8_test.cc
  LINK registry_core)

postel_test(registry_types_test
  SOURCES
    registry/types/auth_info_test.cc
    registry/types/contact_details_test.cc
    registry/types/date_time_test.cc
    registry/types/domain_name_test.cc
    registry/types/dns_key_test.cc
    registry/types/ds_record_test.cc
    registry/types/fingerprint_test.cc
    registry/types/identifiers_test.cc
    registry/types/ip_address_test.cc
    registry/types/money_test.cc
    registry/types/notice_id_test.cc
    registry/types/reasons_test.cc
    registry/types/roid_test.cc
    registry/types/status_test.cc
    registry/types/transaction_id_test.cc
    registry/types/years_test.cc
  LINK registry_core)

postel_test(registry_model_test
  SOURCES
    registry/model/changes_test.cc
    registry/model/directory_test.cc
    registry/model/change_notice_test.cc
    registry/model/idn_table_test.cc
    registry/model/launch_test.cc
    registry/model/maintenance_test.cc
    registry/model/registrar_test.cc
    registry/model/static_record_test.cc
    registry/model/tld_policy_test.cc
    registry/model/tmch_lists_test.cc
    registry/model/variant_fold_test.cc
    registry/model/working_set_merge_test.cc
    registry/model/working_set_test.cc
  LINK registry_core)
