#include "registry/ctl/domain_update_options.h"

#include <utility>

#include "registry/base/utf8.h"
#include "registry/rules/references.h"
#include "registry/types/dns_key.h"

namespace ctl {
namespace {

using registry::ContactId;
using registry::ContactRole;
using registry::DomainName;
using registry::Outcome;

constexpr registry::Reason kContactRole{"contact-role", registry::ResultCode::kParameterSyntax,
                                        "expected a role and an identifier such as tech=holder-1"};

Outcome<std::vector<DomainName>> ParseHosts(const std::vector<std::string>& texts) {
  std::vector<DomainName> names;
  for (const std::string& text : texts) {
    Outcome<DomainName> name = DomainName::FromUnicode(text);
    if (!name) return name.rejection();
    names.push_back(*std::move(name));
  }
  return names;
}

Outcome<std::vector<registry::ContactLink>> ParseContacts(const std::vector<std::string>& texts) {
  std::vector<registry::ContactLink> links;
  for (const std::string& text : texts) {
    const size_t equals = text.find('=');
    const std::string role = text.substr(0, equals);
    const auto of_role = [&]() -> std::optional<ContactRole> {
      for (const auto known : {ContactRole::kAdmin, ContactRole::kBilling, ContactRole::kTech}) {
        if (role == RoleName(known)) return known;
      }
      return std::nullopt;
    }();
    if (!of_role || equals == std::string::npos) {
      return registry::Reject(kContactRole, registry::Excerpt(text));
    }
    Outcome<ContactId> id = ContactId::Parse(text.substr(equals + 1));
    if (!id) return id.rejection();
    links.push_back({*of_role, *std::move(id)});
  }
  return links;
}

Outcome<std::vector<registry::DsRecord>> ParseDs(const std::vector<std::string>& texts) {
  std::vector<registry::DsRecord> records;
  for (const std::string& text : texts) {
    Outcome<registry::DsRecord> record = registry::DsRecord::Parse(text);
    if (!record) return record.rejection();
    record->key.clear();  // which nobody has compared with the digest
    records.push_back(*std::move(record));
  }
  return records;
}

std::optional<registry::Rejection> AddKeys(const std::vector<std::string>& texts,
                                           const DomainName& owner,
                                           std::vector<registry::DsRecord>& records) {
  for (const std::string& text : texts) {
    const Outcome<registry::DnsKey> key = registry::DnsKey::Parse(text);
    if (!key) return key.rejection();
    records.push_back(key->DsFor(owner));
  }
  return std::nullopt;
}

std::optional<registry::Rejection> ParsePart(const std::vector<std::string>& name_servers,
                                             const std::vector<std::string>& contacts,
                                             const std::vector<std::string>& ds,
                                             registry::DomainUpdate::Part& part) {
  auto hosts = ParseHosts(name_servers);
  if (!hosts) return hosts.rejection();
  auto links = ParseContacts(contacts);
  if (!links) return links.rejection();
  auto records = ParseDs(ds);
  if (!records) return records.rejection();
  part.name_servers = *std::move(hosts);
  part.contacts = *std::move(links);
  part.ds = *std::move(records);
  return std::nullopt;
}

}  // namespace

void DomainUpdateOptions::AddTo(CLI::App& command) {
  const auto list = [&](const char* name, std::vector<std::string>& out, const char* help) {
    command.add_option(name, out, help)->allow_extra_args(false);
  };
  list("--add-name-server", add_name_servers, "A host to delegate to; may be repeated");
  list("--remove-name-server", remove_name_servers, "One not to delegate to; may be repeated");
  list("--add-contact", add_contacts, "Such as tech=holder-1; may be repeated");
  list("--remove-contact", remove_contacts, "Such as tech=holder-1; may be repeated");
  list("--add-ds", add_ds, "A DS record: '12345 13 2 DIGEST'; may be repeated");
  list("--remove-ds", remove_ds, "One to take away; may be repeated");
  list("--add-key", add_keys,
       "Where the TLD's ds_interface is key: a DNSKEY, '257 3 13 BASE64'; may be repeated");
  list("--remove-key", remove_keys, "One to take away; may be repeated");
  command.add_flag("--remove-all-ds", remove_all_ds, "Take all DS records or keys away");
  command.add_option("--registrant", registrant, "The new registrant; '' for none");
  command.add_flag("--clear-auth", clear_auth, "Take the authorization information away");
}

Outcome<registry::DomainUpdate> DomainUpdateOptions::Parse(const std::string& name) const {
  registry::DomainUpdate update;
  update.name = DomainName::Trusted(name);
  auto refused = ParsePart(add_name_servers, add_contacts, add_ds, update.add);
  if (!refused) refused = ParsePart(remove_name_servers, remove_contacts, remove_ds, update.remove);
  if (!refused) refused = AddKeys(add_keys, update.name, update.add.ds);
  if (!refused) refused = AddKeys(remove_keys, update.name, update.remove.ds);
  if (refused) return *std::move(refused);
  update.remove_all_ds = remove_all_ds;
  if (registrant) {
    update.change_registrant = true;
    if (!registrant->empty()) {
      Outcome<ContactId> id = ContactId::Parse(*registrant);
      if (!id) return id.rejection();
      update.registrant = *std::move(id);
    }
  }
  if (clear_auth) update.auth.emplace();
  return update;
}

}  // namespace ctl
