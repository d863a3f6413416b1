#include "registry/fill/cast.h"

#include <map>
#include <utility>

#include "absl/strings/str_format.h"
#include "registry/base/text.h"
#include "registry/commands/registrar_create.h"
#include "registry/commands/registrar_deposit.h"
#include "registry/fill/keys.h"
#include "registry/fill/words.h"
#include "registry/store/bulk_insert.h"

namespace fill {
namespace {

using registry::Changes;
using registry::Concat;
using registry::Contact;
using registry::ContactId;
using registry::DomainName;
using registry::Host;
using registry::Money;
using registry::Registrar;
using registry::RegistrarId;
using registry::store::Connection;
using registry::store::Parameters;
using registry::store::Result;
using registry::store::RowReader;
using registry::store::Statement;
using registry::store::Store;

// More than the creates of kMostDomains cost.
constexpr Money kDeposit{1'000'000'000'00};

RegistrarId HandleOf(int index) { return RegistrarId(absl::StrFormat("fill-%02d", index + 1)); }
ContactId TechHandleOf(int index) {
  return ContactId(absl::StrFormat("FILL-TECH-%02d", index + 1));
}

// An odd step visits all words before it comes back to one.
std::string_view WordAt(int index) { return kWords[static_cast<size_t>(index * 211 + 40) % 512]; }

std::string Capitalised(std::string_view word) {
  std::string text(word);
  text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

Registrar MakeRegistrar(int index) {
  Registrar registrar;
  const std::string handle = HandleOf(index).text();
  registrar.id = HandleOf(index);
  registrar.name = Capitalised(WordAt(index)) + " Domains Inc.";
  registrar.iana_id = 9900 + index;
  registrar.street = {Concat(index + 1, " Market Street")};
  registrar.city = "Ottawa";
  registrar.state = "ON";
  registrar.postal_code = "K1A 0B1";
  registrar.country = "CA";
  registrar.phone = "+1.5555550100";
  registrar.email = Concat("contact@", handle, ".example");
  registrar.url = Concat("https://", handle, ".example/");
  registrar.whois_server = Concat("whois.", handle, ".example");
  registrar.rdap_base = Concat("https://rdap.", handle, ".example/");
  registrar.abuse_email = Concat("abuse@", handle, ".example");
  registrar.abuse_phone = "+1.5555550101";
  return registrar;
}

template <class Command>
absl::Status Order(Store& store, Command command) {
  const auto reply = store.Run({registry::kOperator, "", "fill"}, std::move(command));
  if (!reply.status.ok()) return reply.status;
  if (reply.outcome->ok()) return absl::OkStatus();
  return absl::InternalError(std::string(reply.outcome->rejection().reason.id));
}

absl::StatusOr<registry::RegistrarKey> EnsureRegistrar(Store& store, Connection& connection,
                                                       int index) {
  // One that was made but not paid for is from a run that was interrupted in between.
  static const Statement kFind{
      "find_fill_registrar",
      "SELECT r.id, EXISTS (SELECT FROM ledger l WHERE l.registrar = r.id AND l.kind = 'd') FROM "
      "registrars r WHERE r.handle = $1::text"};
  const RegistrarId handle = HandleOf(index);
  const Parameters by_handle = Parameters().Add(handle.text());
  absl::StatusOr<Result> found = connection.Run(kFind, by_handle);
  if (!found.ok()) return found.status();
  if (found->rows() == 0) {
    absl::Status made = Order(store, registry::RegistrarCreate{MakeRegistrar(index)});
    if (!made.ok()) return made;
    found = connection.Run(kFind, by_handle);
    if (!found.ok()) return found.status();
  }
  RowReader row = found->Row(0);
  const registry::RegistrarKey key{row.Int4()};
  if (row.Bool()) return key;
  absl::Status paid = Order(store, registry::RegistrarDeposit{handle, kDeposit, "fill"});
  if (!paid.ok()) return paid;
  return key;
}

std::vector<DomainName> NameServersOf(int provider) {
  const int count = 2 + (provider % 3 == 0 ? 1 : 0) + (provider % 4 == 0 ? 1 : 0);
  std::vector<DomainName> names;
  for (int i = 1; i <= count; ++i) {
    names.push_back(DomainName::Trusted(Concat(
        "ns", i, ".", WordAt(provider), "-", WordAt(provider / 512 * 7 + 3), "-hosting.example")));
  }
  return names;
}

Host MakeNameServer(DomainName name, registry::RegistrarKey sponsor, absl::Time created) {
  Host host;
  host.name = std::move(name);
  host.sponsor = host.creator = sponsor;
  host.created = created;
  return host;
}

Contact MakeTechContact(int index, registry::RegistrarKey sponsor, absl::Time created) {
  Contact contact;
  contact.id = TechHandleOf(index);
  contact.sponsor = contact.creator = sponsor;
  contact.created = created;
  const Registrar registrar = MakeRegistrar(index);
  contact.international =
      registry::PostalInfo{"Hostmaster",    registrar.name,        registrar.street, registrar.city,
                           registrar.state, registrar.postal_code, registrar.country};
  contact.voice = registry::Phone{"+1.5555550102", ""};
  contact.email = Concat("hostmaster@", HandleOf(index).text(), ".example");
  return contact;
}

absl::StatusOr<std::map<std::string, int64_t>> Existing(Connection& connection) {
  static const Statement kFind{
      "find_fill_cast",
      "SELECT name, id FROM hosts WHERE name LIKE '%-hosting.example' UNION ALL SELECT handle, id "
      "FROM contacts WHERE handle LIKE 'FILL-TECH-%'"};
  absl::StatusOr<Result> result = connection.Run(kFind);
  if (!result.ok()) return result.status();
  std::map<std::string, int64_t> keys;
  for (int i = 0; i < result->rows(); ++i) {
    RowReader row = result->Row(i);
    std::string name = row.Text();
    keys.emplace(std::move(name), row.Int8());
  }
  return keys;
}

}  // namespace

absl::StatusOr<Cast> Assemble(Store& store, Connection& connection, absl::Time reference) {
  Cast cast;
  for (int i = 0; i < kRegistrars; ++i) {
    auto key = EnsureRegistrar(store, connection, i);
    if (!key.ok()) return key.status();
    cast.registrars.push_back(*key);
  }
  auto existing = Existing(connection);
  if (!existing.ok()) return existing.status();

  Keys keys(connection);
  Changes missing;
  const auto key_of = [&](const std::string& name, auto make) {
    const auto found = existing->find(name);
    if (found != existing->end()) return found->second;
    auto object = make();
    const int64_t key = keys.Next();
    object.key = decltype(object.key){key};
    missing.Insert(std::move(object));
    return key;
  };
  const absl::Time created = reference - absl::Hours(24 * 365 * 21);
  for (int i = 0; i < kRegistrars; ++i) {
    const int64_t key = key_of(TechHandleOf(i).text(), [&] {
      return MakeTechContact(i, cast.registrars[static_cast<size_t>(i)], created);
    });
    cast.tech_contacts.push_back(registry::ContactKey{key});
  }
  for (int provider = 0; provider < (1 << kProviderDoublings) - 1; ++provider) {
    std::vector<registry::HostKey>& servers = cast.providers.emplace_back();
    const registry::RegistrarKey sponsor =
        cast.registrars[static_cast<size_t>(provider % kRegistrars)];
    for (const DomainName& name : NameServersOf(provider)) {
      const int64_t key =
          key_of(name.text(), [&] { return MakeNameServer(name, sponsor, created); });
      servers.push_back(registry::HostKey{key});
    }
  }
  if (!keys.status().ok()) return keys.status();
  if (missing.empty()) return cast;

  registry::store::BulkInsert insert({registry::kOperator, "fill", reference});
  insert.Add(missing);
  absl::Status status = connection.Script("BEGIN");
  if (status.ok()) status = insert.CopyObjects(connection);
  if (status.ok()) status = insert.Announce(connection);
  if (status.ok()) status = connection.Script("COMMIT");
  if (!status.ok()) return status;
  return cast;
}

}  // namespace fill
