#include "epp/fee.h"

#include <array>
#include <string>
#include <utility>

#include "epp/namespaces.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/base/text.h"
#include "registry/types/reasons.h"

namespace epp {
namespace {

using registry::FeeCommand;
using registry::FeeQuery;
using registry::FeeQuote;
using registry::Money;

// For each name of a <check> so many answers.
constexpr size_t kMostCommands = 20;

constexpr std::array<std::pair<std::string_view, FeeCommand>, 7> kCommands = {{
    {"create", FeeCommand::kCreate},
    {"delete", FeeCommand::kDelete},
    {"renew", FeeCommand::kRenew},
    {"update", FeeCommand::kUpdate},
    {"transfer", FeeCommand::kTransfer},
    {"restore", FeeCommand::kRestore},
    {"custom", FeeCommand::kCustom},
}};

FeeCommand CommandNamed(std::string_view name) {
  for (const auto& [known, command] : kCommands) {
    if (known == name) return command;
  }
  return FeeCommand::kCustom;
}

std::string_view NameOf(FeeCommand command) {
  for (const auto& [name, known] : kCommands) {
    if (known == command) return name;
  }
  return "custom";
}

// fee:currencyType.
std::string ReadCurrency(const Element& element, Faults* faults) {
  if (!element) return {};
  std::string text = ReadToken(element, faults);
  const bool fine =
      text.size() == 3 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
  if (!fine) faults->Parameter(registry::Reject(kCurrencySyntax), element);
  return text;
}

Money ReadAmount(const Element& element, bool negative, Faults* faults) {
  const registry::Outcome<Money> amount = registry::ParseMoney(ReadToken(element, faults));
  if (!amount) {
    faults->Parameter(registry::Reject(amount.rejection().reason), element);
    return Money{};
  }
  if (negative ? *amount > Money{} : *amount < Money{}) {
    faults->Parameter(registry::Reject(kAmountSign), element);
  }
  return *amount;
}

// What a fee:feeType has beside its amount. It changes nothing; it has to be valid though.
void CheckFeeAttributes(const Element& fee, Faults* faults) {
  CheckLanguage(fee, faults);
  if (const auto refundable = fee.Attribute("refundable");
      refundable && !ParseBoolean(*refundable)) {
    faults->Schema(kAttributeValue, fee, "refundable");
  }
  if (const auto grace = fee.Attribute("grace-period"); grace && !IsDuration(*grace)) {
    faults->Schema(kAttributeValue, fee, "grace-period");
  }
  if (fee.Attribute("applied")) RequireAttribute(fee, "applied", {"immediate", "delayed"}, faults);
}

FeeQuery::Asked ReadAsked(const Element& element, Faults* faults) {
  FeeQuery::Asked asked;
  const std::string name = RequireAttribute(
      element, "name", {"create", "custom", "delete", "renew", "restore", "transfer", "update"},
      faults);
  asked.command = CommandNamed(name);
  asked.in_phase = element.Attribute("phase") || element.Attribute("subphase");
  Content content(element, faults);
  if (const Element period = content.Take("period", {"unit"})) {
    asked.years = ReadPeriod(period, faults).count();
  }
  content.End();
  return asked;
}

void WriteFee(const FeeQuote::Fee& fee, XmlWriter* xml) {
  if (fee.refundable == absl::ZeroDuration()) {
    xml->Leaf("fee:fee", registry::FormatMoney(fee.amount), {{"description", fee.description}});
    return;
  }
  // xs:duration, whole seconds.
  const std::string grace = registry::Concat("PT", absl::ToInt64Seconds(fee.refundable), "S");
  xml->Leaf("fee:fee", registry::FormatMoney(fee.amount),
            {{"description", fee.description}, {"refundable", "1"}, {"grace-period", grace}});
}

void WriteLine(const FeeQuote::Line& line, bool standard, XmlWriter* xml) {
  xml->Open("fee:command",
            {{"name", NameOf(line.asked.command)}, {"standard", standard ? "1" : "0"}});
  if (line.asked.years) {
    xml->Leaf("fee:period", std::to_string(*line.asked.years), {{"unit", "y"}});
  }
  for (const FeeQuote::Fee& fee : line.fees) WriteFee(fee, xml);
  if (!line.obstacle.empty()) xml->Leaf("fee:reason", line.obstacle);
  xml->Close();
}

}  // namespace

std::optional<FeeQuery> ReadFeeCheck(const Element& check, Faults* faults) {
  if (!check) return std::nullopt;
  faults->CheckAttributes(check, {});
  FeeQuery query;
  Content content(check, faults);
  query.currency = ReadCurrency(content.Take("currency"), faults);
  const std::vector<Element> commands =
      content.RequireAll("command", {"name", "customName", "phase", "subphase"});
  if (commands.size() > kMostCommands) {
    faults->Parameter(registry::Reject(kTooManyFeeCommands), check);
  }
  for (const Element& command : commands) query.commands.push_back(ReadAsked(command, faults));
  content.End();
  return query;
}

std::optional<registry::FeeAgreement> ReadFeeAgreement(const Element& element, Faults* faults) {
  if (!element) return std::nullopt;
  faults->CheckAttributes(element, {});
  registry::FeeAgreement agreement;
  Content content(element, faults);
  agreement.currency = ReadCurrency(content.Take("currency"), faults);
  for (const Element& fee : content.RequireAll(
           "fee", {"description", "lang", "refundable", "grace-period", "applied"})) {
    CheckFeeAttributes(fee, faults);
    agreement.most += ReadAmount(fee, /*negative=*/false, faults);
  }
  for (const Element& credit : content.TakeAll("credit", {"description", "lang"})) {
    CheckLanguage(credit, faults);
    agreement.most += ReadAmount(credit, /*negative=*/true, faults);
  }
  content.End();
  return agreement;
}

void WriteFeeCheck(const registry::DomainChecked& checked, const registry::Directory& directory,
                   XmlWriter* xml) {
  if (checked.fees.empty()) return;
  xml->Open("fee:chkData", {{"xmlns:fee", kFee}});
  xml->Leaf("fee:currency", directory.settings.currency);
  for (size_t i = 0; i < checked.fees.size(); ++i) {
    const FeeQuote& quote = checked.fees[i];
    xml->Open("fee:cd", {{"avail", quote.obstacle.empty() ? "1" : "0"}});
    xml->Leaf("fee:objID", checked.items[i].text);
    if (quote.obstacle.empty()) {
      xml->Leaf("fee:class", quote.price_class);
      for (const FeeQuote::Line& line : quote.lines) WriteLine(line, quote.standard, xml);
    } else {
      xml->Leaf("fee:reason", quote.obstacle);
    }
    xml->Close();
  }
  xml->Close();
}

void WriteFeeCharged(std::string_view tag, Money charged, const registry::Directory& directory,
                     XmlWriter* xml) {
  xml->Open(tag, {{"xmlns:fee", kFee}});
  xml->Leaf("fee:currency", directory.settings.currency);
  xml->Leaf("fee:fee", registry::FormatMoney(charged)).Close();
}

void WriteFeeCredits(const std::vector<registry::DomainDeleted::Credit>& credits,
                     const registry::Directory& directory, XmlWriter* xml) {
  if (credits.empty()) return;
  xml->Open("fee:delData", {{"xmlns:fee", kFee}});
  xml->Leaf("fee:currency", directory.settings.currency);
  for (const auto& credit : credits) {
    xml->Leaf("fee:credit", registry::FormatMoney(-credit.amount), {{"description", credit.what}});
  }
  xml->Close();
}

}  // namespace epp
