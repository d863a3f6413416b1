#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/rare.h"
#include "registry/model/contact.h"
#include "registry/model/domain.h"
#include "registry/model/host.h"
#include "registry/model/organization.h"
#include "registry/store/row_reader.h"

// Objects as rows: the columns and how to read and write what is not a plain value.
namespace registry::store {

// In the order in which Read... takes them. For a table that has no alias.
inline constexpr char kDomainColumns[] =
    "id, name, sponsor, creator, updater, created, updated, transferred, expires, statuses, auth, "
    "registrant, contacts, contact_roles, name_servers, ds, phase, phase_ends, grace, version, "
    "auth_ends, transfer, redemption_ends, launch, partner_ds, idn_table, variant_key, "
    "variant_follows, premium_class, token, ttls, organizations";
// Of kDomainColumns what a zone needs, nothing in place of the others: secret, persons, transfer.
inline constexpr char kDelegationColumns[] =
    "id, name, sponsor, creator, updater, created, updated, transferred, expires, statuses, "
    "NULL::bytea, NULL::bigint, '{}'::bigint[], '', name_servers, ds, phase, phase_ends, grace, "
    "version, NULL::timestamptz, NULL::text, redemption_ends, NULL::text, partner_ds, NULL::text, "
    "NULL::text, false, NULL::text, NULL::text, ttls, NULL::text";
inline constexpr char kHostColumns[] =
    "id, name, sponsor, creator, updater, created, updated, transferred, statuses, addresses, "
    "superordinate, version, ttls";
inline constexpr char kContactColumns[] =
    "id, handle, sponsor, creator, updater, created, updated, transferred, statuses, auth, "
    "international, localized, voice, voice_extension, fax, fax_extension, email, disclose_flag, "
    "disclose_fields, version, auth_ends, transfer, additional_email";

inline constexpr char kOrganizationColumns[] =
    "id, handle, sponsor, creator, updater, created, updated, transferred, statuses, roles, "
    "parent, parent_handle, international, localized, voice, voice_extension, fax, fax_extension, "
    "email, url, contacts, version";

Domain ReadDomain(RowReader row);
Host ReadHost(RowReader row);
Contact ReadContact(RowReader row);
Organization ReadOrganization(RowReader row);

std::string GraceText(const std::vector<GracePeriod>& grace);
std::vector<GracePeriod> ReadGrace(const std::string& text);
std::string TransferText(const Transfer& transfer);
Rare<Transfer> ReadTransfer(const std::string& text);  // nothing for ""
std::string LaunchText(const Launch& launch);
std::optional<Launch> ReadLaunch(const std::string& text);  // nothing for ""
std::string AdditionalEmailText(const Contact& contact);    // "" for none
std::string PartnerDsText(const Domain& domain);
std::vector<DsRecord> ReadPartnerDs(std::string_view text);
std::string TokenText(const UsedToken& token);
std::optional<UsedToken> ReadToken(const std::string& text);  // nothing for ""
// "" for none.
std::string OrganizationsText(const Domain& domain);
Rare<std::vector<OrganizationLink>> ReadOrganizations(const std::string& text);
// Nothing if nothing is chosen.
std::optional<std::string> TtlsText(const DelegationTtls& ttls);
std::optional<std::string> TtlsText(const AddressTtls& ttls);
// "": nothing is chosen.
DelegationTtls ReadDelegationTtls(std::string_view text);
AddressTtls ReadAddressTtls(std::string_view text);
// The array literals of columns that are arrays.
std::string ContactsText(const Domain& domain);
std::string ContactRolesText(const Domain& domain);
std::string NameServersText(const Domain& domain);
std::string DsText(const Domain& domain);
std::string AddressesText(const Host& host);
std::string PostalText(const PostalInfo& info);
std::string RolesText(const Organization& organization);
std::string ContactsText(const Organization& organization);
// The same, not yet in one text.
std::vector<std::string> PostalTexts(const PostalInfo& info);

}  // namespace registry::store
