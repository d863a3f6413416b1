#include "registry/rules/statuses.h"

#include <gtest/gtest.h>

#include "registry/rules/reasons.h"
#include "tests/support/reasons.h"

namespace registry {
namespace {

constexpr Operation kOperations[] = {Operation::kUpdate, Operation::kDelete, Operation::kRenew,
                                     Operation::kTransfer};

// In the order of kOperations.
constexpr Status kClient[] = {Status::kClientUpdateProhibited, Status::kClientDeleteProhibited,
                              Status::kClientRenewProhibited, Status::kClientTransferProhibited};
constexpr Status kServer[] = {Status::kServerUpdateProhibited, Status::kServerDeleteProhibited,
                              Status::kServerRenewProhibited, Status::kServerTransferProhibited};

TEST(ProhibitsTest, EachStatusForbidsItsOperationAlone) {
  for (int operation = 0; operation < 4; ++operation) {
    for (int status = 0; status < 4; ++status) {
      const bool expected = operation == status;
      EXPECT_EQ(Prohibits(StatusSet{kClient[status]}, kOperations[operation]), expected);
      EXPECT_EQ(Prohibits(StatusSet{kServer[status]}, kOperations[operation]), expected);
    }
  }
}

TEST(ProhibitsTest, HoldsForbidNothing) {
  for (const Operation operation : kOperations) {
    EXPECT_FALSE(Prohibits(StatusSet{Status::kClientHold, Status::kServerHold}, operation));
    EXPECT_FALSE(Prohibits(StatusSet{}, operation));
  }
}

TEST(ProhibitsTest, DeletionForbidsEverything) {
  Domain domain;
  for (const Operation operation : kOperations) {
    domain.phase = DomainPhase::kActive;
    EXPECT_FALSE(Prohibits(domain, operation));
    domain.phase = DomainPhase::kRedemption;
    EXPECT_TRUE(Prohibits(domain, operation));
    domain.phase = DomainPhase::kPendingDelete;
    EXPECT_TRUE(Prohibits(domain, operation));
  }
}

TEST(ProhibitsTest, ADomainsStatusesCountAsWell) {
  Domain domain;
  domain.statuses = {Status::kServerRenewProhibited};
  EXPECT_TRUE(Prohibits(domain, Operation::kRenew));
  EXPECT_FALSE(Prohibits(domain, Operation::kUpdate));
}

TEST(UpdateProhibitedTest, PassesOnlyTheRemovalOfTheClientsOwnProhibition) {
  const StatusSet client{Status::kClientUpdateProhibited};
  const StatusSet both{Status::kClientUpdateProhibited, Status::kServerUpdateProhibited};
  EXPECT_FALSE(UpdateProhibited({}, {}));
  EXPECT_TRUE(UpdateProhibited(client, {}));
  EXPECT_TRUE(UpdateProhibited(client, {Status::kClientHold}));
  EXPECT_FALSE(UpdateProhibited(client, client));
  EXPECT_TRUE(UpdateProhibited(both, client));
  EXPECT_TRUE(UpdateProhibited(both, both));
}

TEST(ShownStatusesTest, OfADomainAreNeverEmptyAndOkIsAlone) {
  Domain domain;
  domain.name_servers = {HostKey{1}};
  EXPECT_EQ(ShownStatuses(domain), (StatusSet{Status::kOk}));
  domain.statuses = {Status::kClientHold};
  EXPECT_EQ(ShownStatuses(domain), (StatusSet{Status::kClientHold}));
}

TEST(ShownStatusesTest, OfADomainWithoutNameServersIsInactive) {
  Domain domain;
  EXPECT_EQ(ShownStatuses(domain), (StatusSet{Status::kInactive}));
  domain.statuses = {Status::kServerHold};
  EXPECT_EQ(ShownStatuses(domain), (StatusSet{Status::kServerHold, Status::kInactive}));
}

TEST(ShownStatusesTest, OfADeletedDomainIsPendingDelete) {
  Domain domain;
  domain.name_servers = {HostKey{1}};
  for (const DomainPhase phase : {DomainPhase::kRedemption, DomainPhase::kPendingDelete}) {
    domain.phase = phase;
    EXPECT_EQ(ShownStatuses(domain), (StatusSet{Status::kPendingDelete}));
  }
  domain.name_servers.clear();
  EXPECT_EQ(ShownStatuses(domain), (StatusSet{Status::kPendingDelete, Status::kInactive}));
}

TEST(ShownStatusesTest, OfHostsAndContactsMayBeOkAndLinked) {
  const StatusSet prohibited{Status::kClientDeleteProhibited};
  Host host;
  EXPECT_EQ(ShownStatuses(host, false), (StatusSet{Status::kOk}));
  EXPECT_EQ(ShownStatuses(host, true), (StatusSet{Status::kOk, Status::kLinked}));
  Contact contact;
  contact.statuses = prohibited;
  EXPECT_EQ(ShownStatuses(contact, false), prohibited);
  EXPECT_EQ(ShownStatuses(contact, true),
            (StatusSet{Status::kClientDeleteProhibited, Status::kLinked}));
}

TEST(ShownStatusesTest, PendingTransferStandsInsteadOfOk) {
  Contact contact;
  contact.transfer = Transfer();
  EXPECT_EQ(ShownStatuses(contact, true), (StatusSet{Status::kPendingTransfer, Status::kLinked}));
  Domain domain;
  domain.name_servers = {HostKey{1}};
  domain.transfer = Transfer();
  EXPECT_EQ(ShownStatuses(domain), (StatusSet{Status::kPendingTransfer}));
  domain.transfer->state = TransferState::kClientRejected;
  EXPECT_EQ(ShownStatuses(domain), (StatusSet{Status::kOk}));
}

TEST(ChangeStatusesTest, RemovesAndAdds) {
  const auto changed = ChangeStatuses({Status::kClientHold, Status::kServerHold},
                                      {Status::kClientRenewProhibited}, {Status::kClientHold});
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(*changed, (StatusSet{Status::kServerHold, Status::kClientRenewProhibited}));
}

TEST(ChangeStatusesTest, RefusesWhatIsThereAndWhatIsNot) {
  const StatusSet hold{Status::kClientHold};
  EXPECT_EQ(ReasonOf(ChangeStatuses(hold, hold, {})), kAlreadyPresent.id);
  EXPECT_EQ(ReasonOf(ChangeStatuses({}, {}, hold)), kNotPresent.id);
  EXPECT_EQ(ReasonOf(ChangeStatuses(hold, hold, hold)), kDuplicateValue.id);
  EXPECT_EQ(ReasonOf(ChangeStatuses({}, hold, hold)), kDuplicateValue.id);
}

TEST(ChangeStatusesTest, NamesTheStatus) {
  const auto refused = ChangeStatuses({}, {}, {Status::kClientHold});
  EXPECT_EQ(refused.rejection().subject, "clientHold");
}

TEST(ClientMaySetTest, TellsTheKindsOfObjectsApart) {
  StatusSet domain, contact, host;
  for (uint32_t bit = 0; bit <= static_cast<uint32_t>(Status::kPendingUpdate); ++bit) {
    const auto status = static_cast<Status>(bit);
    if (ClientMaySetOnDomain(status)) domain.Add(status);
    if (ClientMaySetOnContact(status)) contact.Add(status);
    if (ClientMaySetOnHostOrContact(status)) host.Add(status);
  }
  EXPECT_EQ(domain, (StatusSet{Status::kClientDeleteProhibited, Status::kClientHold,
                               Status::kClientRenewProhibited, Status::kClientTransferProhibited,
                               Status::kClientUpdateProhibited}));
  EXPECT_EQ(contact, (StatusSet{Status::kClientDeleteProhibited, Status::kClientTransferProhibited,
                                Status::kClientUpdateProhibited}));
  EXPECT_EQ(host, (StatusSet{Status::kClientDeleteProhibited, Status::kClientUpdateProhibited}));
}

}  // namespace
}  // namespace registry
