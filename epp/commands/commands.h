#pragma once

#include "epp/store_command.h"

// Each reads the command's element, strictly by its schema, and says what to ask the registry and
// how to answer. One file of this folder for each; faults go to Request::faults, and then the call
// is not used. Login and logout never reach the store from here: see login.h.
namespace epp {

StoreCall ReadDomainCheck(const Request& request);
StoreCall ReadDomainCreate(const Request& request);
StoreCall ReadDomainDelete(const Request& request);
StoreCall ReadDomainInfo(const Request& request);
StoreCall ReadDomainRenew(const Request& request);
StoreCall ReadDomainTransfer(const Request& request);
StoreCall ReadDomainUpdate(const Request& request);

StoreCall ReadHostCheck(const Request& request);
StoreCall ReadHostCreate(const Request& request);
StoreCall ReadHostDelete(const Request& request);
StoreCall ReadHostInfo(const Request& request);
StoreCall ReadHostUpdate(const Request& request);
StoreCall ReadKeyRelay(const Request& request);
StoreCall ReadMaintenanceInfo(const Request& request);

StoreCall ReadContactCheck(const Request& request);
StoreCall ReadContactCreate(const Request& request);
StoreCall ReadContactDelete(const Request& request);
StoreCall ReadContactInfo(const Request& request);
StoreCall ReadContactTransfer(const Request& request);
StoreCall ReadContactUpdate(const Request& request);

StoreCall ReadOrganizationCheck(const Request& request);
StoreCall ReadOrganizationCreate(const Request& request);
StoreCall ReadOrganizationDelete(const Request& request);
StoreCall ReadOrganizationInfo(const Request& request);
StoreCall ReadOrganizationUpdate(const Request& request);

StoreCall ReadPollRequest(const Request& request);
StoreCall ReadPollAcknowledge(const Request& request);

}  // namespace epp
