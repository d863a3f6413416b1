#include "registry/rules/idn.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "registry/base/utf8.h"

namespace registry {
namespace {

// The whole name, or the label alone.
bool IsUnicodeOf(std::string_view uname, const DomainName& name) {
  const std::string unicode = name.ToUnicode();
  return uname == unicode || uname == std::string_view(unicode).substr(0, unicode.find('.'));
}

// Null if the TLD does not offer it.
const IdnTable* Offered(std::string_view id, const TldPolicy& policy, const Directory& directory) {
  if (std::ranges::find(policy.idn_tables, id) == policy.idn_tables.end()) return nullptr;
  return directory.Idn(id);
}

std::vector<const IdnTable*> Allowing(const DomainName& name, const TldPolicy& policy,
                                      const Directory& directory) {
  const std::u32string label = ULabelOf(name);
  std::vector<const IdnTable*> found;
  for (const std::string& id : policy.idn_tables) {
    const IdnTable* table = directory.Idn(id);
    if (table != nullptr && table->Allows(label)) found.push_back(table);
  }
  return found;
}

bool OfOneRegistrant(const TldPolicy& policy) {
  return policy.idn_variants == TldPolicy::Variants::kSameRegistrant;
}

}  // namespace

Outcome<std::string> CheckIdn(const IdnRequest* request, const DomainName& name,
                              const TldPolicy& policy, const Directory& directory) {
  const bool is_ascii = !IsALabel(name);
  if (policy.idn_only && is_ascii) return Reject(kIdnOnly);
  if (request != nullptr) {
    const IdnTable* table = Offered(request->table, policy, directory);
    if (table == nullptr) return Reject(kIdnTableNotOffered, Excerpt(request->table));
    if (!request->uname.empty() && !IsUnicodeOf(request->uname, name)) {
      return Reject(kIdnUnameMismatch, Excerpt(request->uname));
    }
    if (!table->Allows(ULabelOf(name))) return Reject(kIdnLabelNotInTable, table->id);
    return table->id;
  }
  if (is_ascii) return std::string();
  const std::vector<const IdnTable*> allowing = Allowing(name, policy, directory);
  if (allowing.empty()) return Reject(kIdnLabelInNoTable, name.text());
  if (allowing.size() == 1) return allowing.front()->id;
  std::string ids;
  for (const IdnTable* table : allowing) ids += (ids.empty() ? "" : " ") + table->id;
  return Reject(kIdnTableAmbiguous, Excerpt(ids));
}

bool MayBeIdn(const DomainName& name, const TldPolicy& policy, const Directory& directory) {
  if (!IsALabel(name)) return !policy.idn_only;
  return !Allowing(name, policy, directory).empty();
}

Outcome<bool> CheckVariants(const Domain& domain, const TldPolicy& policy, const WorkingSet& set) {
  if (domain.variant_key.empty()) return false;
  bool follows = false;
  for (const Domain* other : set.Variants(domain.variant_key, domain.name)) {
    if (!OfOneRegistrant(policy)) return Reject(kVariantBlocked, other->name.text());
    const bool same_registrant = policy.data_model == TldPolicy::DataModel::kMinimum ||
                                 other->registrant == domain.registrant;
    if (other->sponsor != domain.sponsor || !same_registrant) {
      return Reject(kVariantOfAnother, other->name.text());
    }
    follows = follows || !other->variant_follows;
  }
  // It is gone but its row may lead yet; it goes within a moment.
  if (set.VariantLingers(domain.variant_key, domain.name)) return Reject(kVariantBlocked);
  return follows;
}

bool VariantTaken(const DomainName& name, const TldPolicy& policy, const Context& context,
                  const WorkingSet& set) {
  const DomainName primary = context.directory.bundles().Primary(name);
  const std::string key = context.directory.VariantKey(primary);
  if (key.empty()) return false;
  return std::ranges::any_of(set.Variants(key, primary), [&](const Domain* other) {
    return !OfOneRegistrant(policy) || other->sponsor != context.asker;
  });
}

std::optional<Rejection> CheckIdnTables(const TldPolicy& policy, const Directory& directory) {
  std::vector<const IdnTable*> tables;
  for (const std::string& id : policy.idn_tables) {
    const IdnTable* table = directory.Idn(id);
    if (table == nullptr) return Reject(kIdnTableUnknown, id);
    tables.push_back(table);
  }
  std::string conflict;
  VariantFold::Of(tables, &conflict);
  if (!conflict.empty()) return Reject(kIdnVariantsConflict, policy.tld + ": " + conflict);
  return std::nullopt;
}

}  // namespace registry
