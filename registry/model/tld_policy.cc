#include "registry/model/tld_policy.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "registry/base/config.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/model/idn_table.h"
#include "registry/model/static_record.h"
#include "registry/types/domain_name.h"

namespace registry {
namespace {

constexpr absl::Duration kLongestPeriod = absl::Hours(24 * 3660);
constexpr int64_t kLongestTtl = 2147483647;  // RFC 2181 section 8
constexpr Money kHighestFee{1'000'000'000};
constexpr size_t kMostZoneNameServers = 32;

// Every scalar setting once, for the reader and for the writer.
template <class Policy, class Form>
void VisitSettings(Policy& policy, Form& form) {
  form.Text("tld", policy.tld);
  form.Model("data_model", policy.data_model);
  form.Interface("ds_interface", policy.ds_interface);
  form.Text("bundle_of", policy.bundle_of);
  form.Span("add_grace", policy.add_grace);
  form.Span("renew_grace", policy.renew_grace);
  form.Span("auto_renew_grace", policy.auto_renew_grace);
  form.Span("transfer_grace", policy.transfer_grace);
  form.Span("transfer_wait", policy.transfer_wait);
  form.Span("auth_info_ttl", policy.auth_info_ttl);
  form.Span("notice_acceptance", policy.notice_acceptance);
  form.Span("redemption", policy.redemption);
  form.Span("pending_delete", policy.pending_delete);
  form.Span("restore_report_wait", policy.restore_report_wait);
  form.Count("agp_percent", policy.agp_percent, 0, 100);
  form.Count("agp_free", policy.agp_free, 0, 1'000'000);
  form.Count("longest_years", policy.longest_years, 1, 10);
  form.Fee("create_fee", policy.create_fee);
  form.Fee("renew_fee", policy.renew_fee);
  form.Fee("restore_fee", policy.restore_fee);
  form.Fee("transfer_fee", policy.transfer_fee);
  form.Count("max_name_servers", policy.max_name_servers, 1, 64);
  form.Count("max_contacts", policy.max_contacts, 0, 100);
  form.Count("max_ds", policy.max_ds, 0, 100);
  form.Text("soa_mname", policy.soa_mname);
  form.Text("soa_rname", policy.soa_rname);
  form.Seconds("soa_refresh", policy.soa_refresh);
  form.Seconds("soa_retry", policy.soa_retry);
  form.Seconds("soa_expire", policy.soa_expire);
  form.Seconds("soa_minimum", policy.soa_minimum);
  form.Seconds("soa_ttl", policy.soa_ttl);
  form.Seconds("ns_ttl", policy.ns_ttl);
  form.Seconds("ds_ttl", policy.ds_ttl);
  form.Seconds("glue_ttl", policy.glue_ttl);
  form.Seconds("apex_ns_ttl", policy.apex_ns_ttl);
  form.Variants("idn_variants", policy.idn_variants);
  form.Flag("idn_required", policy.idn_required);
  form.Flag("idn_only", policy.idn_only);
  form.Seconds("min_ns_ttl", policy.min_ns_ttl);
  form.Seconds("max_ns_ttl", policy.max_ns_ttl);
  form.Seconds("min_ds_ttl", policy.min_ds_ttl);
  form.Seconds("max_ds_ttl", policy.max_ds_ttl);
  form.Seconds("min_glue_ttl", policy.min_glue_ttl);
  form.Seconds("max_glue_ttl", policy.max_glue_ttl);
}

std::string_view InterfaceName(TldPolicy::DsInterface interface) {
  return interface == TldPolicy::DsInterface::kKey ? "key" : "ds";
}

std::string_view VariantsName(TldPolicy::Variants variants) {
  return variants == TldPolicy::Variants::kBlocked ? "blocked" : "same_registrant";
}

class Reader {
 public:
  explicit Reader(Config& config) : config_(config) {}

  void Text(std::string_view key, std::string& out) { config_.Take(key, &out); }
  void Span(std::string_view key, absl::Duration& out) {
    config_.Take(key, &out, absl::ZeroDuration(), kLongestPeriod);
  }
  void Count(std::string_view key, int& out, int least, int most) {
    config_.Take(key, &out, least, most);
  }
  void Seconds(std::string_view key, uint32_t& out) {
    int64_t seconds = out;
    config_.Take(key, &seconds, 0, kLongestTtl);
    out = static_cast<uint32_t>(seconds);
  }
  void Fee(std::string_view key, Money& out) {
    std::string text = FormatMoney(out);
    config_.Take(key, &text);
    const Outcome<Money> fee = ParseMoney(text);
    if (fee.ok() && *fee >= Money{} && *fee <= kHighestFee) {
      out = *fee;
    } else {
      config_.Fail(key,
                   Concat("expected an amount such as 9.00, at most ", FormatMoney(kHighestFee)));
    }
  }
  void Model(std::string_view key, TldPolicy::DataModel& out) {
    std::string text(DataModelName(out));
    config_.Take(key, &text);
    using enum TldPolicy::DataModel;
    for (auto model : {kMinimum, kMaximum, kPerRegistrar}) {
      if (text == DataModelName(model)) {
        out = model;
        return;
      }
    }
    config_.Fail(key, "expected minimum, maximum or per-registrar");
  }
  void Interface(std::string_view key, TldPolicy::DsInterface& out) {
    std::string text(InterfaceName(out));
    config_.Take(key, &text);
    if (text != "ds" && text != "key") config_.Fail(key, "expected ds or key");
    out = text == "key" ? TldPolicy::DsInterface::kKey : TldPolicy::DsInterface::kDs;
  }
  void Variants(std::string_view key, TldPolicy::Variants& out) {
    std::string text(VariantsName(out));
    config_.Take(key, &text);
    for (auto each : {TldPolicy::Variants::kBlocked, TldPolicy::Variants::kSameRegistrant}) {
      if (text == VariantsName(each)) {
        out = each;
        return;
      }
    }
    config_.Fail(key, "expected blocked or same_registrant");
  }
  void Flag(std::string_view key, bool& out) { config_.Take(key, &out); }

 private:
  Config& config_;
};

class Writer {
 public:
  void Text(std::string_view key, const std::string& value) {
    if (!value.empty()) text_ += FormatSetting(key, value);
  }
  void Span(std::string_view key, absl::Duration value) {
    Text(key, registry::FormatDuration(value));
  }
  void Count(std::string_view key, int value, int, int) { Text(key, Concat(value)); }
  void Seconds(std::string_view key, uint32_t value) { Text(key, Concat(value)); }
  void Fee(std::string_view key, Money value) { Text(key, FormatMoney(value)); }
  void Model(std::string_view key, TldPolicy::DataModel value) {
    Text(key, std::string(DataModelName(value)));
  }
  void Interface(std::string_view key, TldPolicy::DsInterface value) {
    Text(key, std::string(InterfaceName(value)));
  }
  void Variants(std::string_view key, TldPolicy::Variants value) {
    Text(key, std::string(VariantsName(value)));
  }
  void Flag(std::string_view key, bool value) { Text(key, value ? "yes" : "no"); }
  // Also where there are none.
  void Words(std::string_view key, const std::string& value) { text_ += FormatSetting(key, value); }
  template <class Texts>
  void List(std::string_view key, const Texts& values) {
    for (const std::string& value : values) Text(key, value);
  }

  std::string TakeText() { return std::move(text_); }

 private:
  std::string text_;
};

// Lower case, or nothing if it is not a domain name with at least two labels.
std::optional<std::string> FoldedName(std::string_view text) {
  const Outcome<DomainName> name = DomainName::Parse(text);
  if (!name.ok()) return std::nullopt;
  return name->text();
}

void CheckTld(TldPolicy& policy, Config& config) {
  config.Require("tld");
  const Outcome<DomainName> name = DomainName::Parse(Concat("name.", policy.tld));
  if (!name.ok() || name->label_count() != 2) {
    config.Fail("tld", "expected one label such as org");
    return;
  }
  policy.tld = name->tld();
}

void CheckName(std::string_view key, std::string& name, Config& config) {
  if (name.empty()) return;
  if (auto folded = FoldedName(name)) {
    name = *std::move(folded);
  } else {
    config.Fail(key, Concat("not a domain name without the final dot: ", Excerpt(name)));
  }
}

// RFC 9803 section 1.2.1. The least is below the most, and what stands without a choice between.
void CheckTtls(const TldPolicy& policy, Config& config) {
  const auto check = [&](std::string_view key, uint32_t least, uint32_t standard, uint32_t most) {
    if (most == 0 || (least < most && least <= standard && standard <= most)) return;
    config.Fail(Concat("max_", key),
                Concat("with it min_", key, " has to be below it, and ", key, " between the two"));
  };
  check("ns_ttl", policy.min_ns_ttl, policy.ns_ttl, policy.max_ns_ttl);
  check("ds_ttl", policy.min_ds_ttl, policy.ds_ttl, policy.max_ds_ttl);
  check("glue_ttl", policy.min_glue_ttl, policy.glue_ttl, policy.max_glue_ttl);
}

void TakeNameServers(TldPolicy& policy, Config& config) {
  constexpr std::string_view kKey = "name_server";
  config.TakeList(kKey, &policy.name_servers);
  for (std::string& name : policy.name_servers) {
    if (name.empty()) config.Fail(kKey, "is empty");
    CheckName(kKey, name, config);
  }
  std::vector<std::string> sorted = policy.name_servers;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) config.Fail(kKey, Concat("stands twice: ", Excerpt(*twice)));
  if (sorted.size() > kMostZoneNameServers) {
    config.Fail(kKey, Concat("more than ", kMostZoneNameServers, " name servers"));
  }
}

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::string_view word : Split(line, ' ')) {
    if (word = Trim(word); !word.empty()) words.push_back(word);
  }
  return words;
}

// As names have it, or nothing if it is no label.
std::optional<std::string> FoldedLabel(std::string_view text) {
  const Outcome<DomainName> name = DomainName::Parse(Concat(text, ".", "tld"));
  if (!name.ok() || name->label_count() != 2) return std::nullopt;
  return std::string(name->label());
}

void TakeReserved(TldPolicy& policy, Config& config) {
  constexpr std::string_view kKey = "reserved";
  std::vector<std::string> lines;
  config.TakeList(kKey, &lines);
  for (const std::string& line : lines) {
    for (std::string_view word : Words(line)) {
      if (std::optional<std::string> label = FoldedLabel(word)) {
        policy.reserved.insert(*std::move(label));
      } else {
        config.Fail(kKey, Concat("not a label: ", Excerpt(word)));
      }
    }
  }
}

void TakePremiumClasses(TldPolicy& policy, Config& config) {
  constexpr std::string_view kKey = "premium_class";
  std::vector<std::string> lines;
  config.TakeList(kKey, &lines);
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::vector<std::string_view> words = Words(lines[i]);
    std::vector<Money> fees;
    for (size_t word = 1; word < words.size(); ++word) {
      const Outcome<Money> fee = ParseMoney(words[word]);
      if (fee.ok() && *fee >= Money{} && *fee <= kHighestFee) fees.push_back(*fee);
    }
    if (words.size() != 5 || fees.size() != 4) {
      config.Fail(kKey, i, "expected a name and the fees of create, renew, transfer and restore");
      continue;
    }
    const TldPolicy::Prices prices{fees[0], fees[1], fees[2], fees[3]};
    const bool is_new = policy.premium_classes.emplace(std::string(words[0]), prices).second;
    if (!is_new) config.Fail(kKey, i, Concat("stands twice: ", Excerpt(words[0])));
  }
}

void TakePremium(TldPolicy& policy, Config& config) {
  constexpr std::string_view kKey = "premium";
  std::vector<std::string> lines;
  config.TakeList(kKey, &lines);
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::vector<std::string_view> words = Words(lines[i]);
    if (words.empty() || !policy.premium_classes.contains(std::string(words[0]))) {
      config.Fail(kKey, i, "the first word is no premium_class");
      continue;
    }
    for (size_t word = 1; word < words.size(); ++word) {
      std::optional<std::string> label = FoldedLabel(words[word]);
      if (!label) {
        config.Fail(kKey, i, Concat("not a label: ", Excerpt(words[word])));
      } else if (!policy.premium.emplace(*std::move(label), words[0]).second) {
        config.Fail(kKey, i, Concat("stands twice: ", Excerpt(words[word])));
      }
    }
  }
}

void TakeLaunchPhases(TldPolicy& policy, Config& config) {
  constexpr std::string_view kKey = "launch_phase";
  std::vector<std::string> lines;
  config.TakeList(kKey, &lines);
  std::vector<LaunchPeriod>& periods = policy.launch_phases;
  for (size_t i = 0; i < lines.size(); ++i) {
    const Outcome<LaunchPeriod> period = ParseLaunchPeriod(lines[i]);
    if (period.ok()) {
      periods.push_back(*period);
    } else {
      config.Fail(kKey, i, period.rejection().reason.text);
    }
  }
  std::ranges::sort(periods, {}, &LaunchPeriod::starts);
  const auto overlap = [](const LaunchPeriod& a, const LaunchPeriod& b) {
    return a.ends > b.starts;
  };
  if (std::ranges::adjacent_find(periods, overlap) != periods.end()) {
    config.Fail(kKey, "the phases overlap");
  }
}

void TakeIdnTables(TldPolicy& policy, Config& config) {
  constexpr std::string_view kKey = "idn_table";
  std::vector<std::string> lines;
  config.TakeList(kKey, &lines);
  for (size_t i = 0; i < lines.size(); ++i) {
    for (std::string_view id : Words(lines[i])) {
      if (!IsIdnTableId(id)) {
        config.Fail(kKey, i, Concat("not the id of a table: ", Excerpt(id)));
      } else if (std::ranges::find(policy.idn_tables, id) != policy.idn_tables.end()) {
        config.Fail(kKey, i, Concat("stands twice: ", id));
      } else {
        policy.idn_tables.emplace_back(id);
      }
    }
  }
}

// The bits of the words in `names`; what is no such word is an error of `key`.
template <size_t kSize>
uint16_t BitsOf(std::string_view key, std::string_view line,
                const std::array<std::string_view, kSize>& names, Config& config) {
  uint16_t bits = 0;
  for (const std::string_view word : Words(line)) {
    const auto name = std::ranges::find(names, word);
    if (name == names.end()) {
      config.Fail(key, Concat("not known here: ", Excerpt(word)));
    } else {
      bits |= static_cast<uint16_t>(1U << (name - names.begin()));
    }
  }
  return bits;
}

template <size_t kSize>
std::string WordsOf(uint16_t bits, const std::array<std::string_view, kSize>& names) {
  std::string line;
  for (size_t i = 0; i < kSize; ++i) {
    if ((bits >> i & 1) != 0) line += Concat(line.empty() ? "" : " ", names[i]);
  }
  return line;
}

uint16_t PublishedRoles(const RddsPolicy& rdds) {
  uint16_t bits = 0;
  for (size_t i = 0; i < rdds.roles.size(); ++i) {
    if (rdds.roles[i].published) bits |= static_cast<uint16_t>(1U << i);
  }
  return bits;
}

std::string RddsKey(size_t role) { return Concat("rdds_", kRddsRoleNames[role]); }

void TakeRdds(RddsPolicy& rdds, Config& config) {
  constexpr std::string_view kRoles = "rdds_roles";
  std::string line = WordsOf(PublishedRoles(rdds), kRddsRoleNames);
  config.Take(kRoles, &line);
  const uint16_t published = BitsOf(kRoles, line, kRddsRoleNames, config);
  if ((published & 1) == 0) config.Fail(kRoles, "the registrant has to be among them");
  for (size_t i = 0; i < rdds.roles.size(); ++i) {
    RddsRolePolicy& role = rdds.roles[i];
    role.published = (published >> i & 1) != 0;
    std::string parts = WordsOf(role.shown, kRddsPartNames);
    config.Take(RddsKey(i), &parts);
    role.shown = BitsOf(RddsKey(i), parts, kRddsPartNames, config);
  }
  rdds.roles[0].shown |= kRddsAlwaysOfRegistrant;
}

// A registration would stand beside the operator's CNAME, and name servers refuse the zone.
bool MayBeRegistered(const std::string& owner, const TldPolicy& policy) {
  const std::string_view label = std::string_view(owner).substr(0, owner.find('.'));
  const bool below_apex = owner.size() == label.size() + 1 + policy.tld.size();
  return below_apex && !policy.reserved.contains(std::string(label));
}

void CheckStaticRecords(const TldPolicy& policy, Config& config) {
  constexpr std::string_view kKey = "static_record";
  const auto fail = [&](size_t which, std::string_view what) {
    config.Fail(kKey, which, Concat(what, ": ", Excerpt(policy.static_records[which])));
  };
  std::vector<StaticRecord> records;
  for (size_t i = 0; i < policy.static_records.size(); ++i) {
    absl::StatusOr<StaticRecord> record = ParseStaticRecord(policy.static_records[i], policy.tld);
    if (!record.ok()) return fail(i, std::string(record.status().message()));
    if (record->type == "CNAME" && MayBeRegistered(record->owner, policy)) {
      return fail(i, "reserve the label, or somebody registers the name of this CNAME");
    }
    records.push_back(*std::move(record));
  }
  if (const auto conflict = FindConflict(records, policy.tld))
    fail(conflict->record, conflict->what);
}

}  // namespace

std::string_view DataModelName(TldPolicy::DataModel model) {
  switch (model) {
    case TldPolicy::DataModel::kMinimum:
      return "minimum";
    case TldPolicy::DataModel::kMaximum:
      return "maximum";
    case TldPolicy::DataModel::kPerRegistrar:
      break;
  }
  return "per-registrar";
}

absl::StatusOr<TldPolicy> ParseTldPolicy(std::string file, std::string_view text,
                                         PolicyOrigin origin) {
  Config config(std::move(file), text);
  TldPolicy policy;
  Reader reader(config);
  VisitSettings(policy, reader);
  CheckTld(policy, config);
  CheckTtls(policy, config);
  CheckName("soa_mname", policy.soa_mname, config);
  CheckName("soa_rname", policy.soa_rname, config);
  TakeNameServers(policy, config);
  TakeReserved(policy, config);
  TakePremiumClasses(policy, config);
  TakePremium(policy, config);
  TakeLaunchPhases(policy, config);
  TakeIdnTables(policy, config);
  TakeRdds(policy.rdds, config);
  config.TakeList("static_record", &policy.static_records);
  if (origin == PolicyOrigin::kFile) CheckStaticRecords(policy, config);
  if (absl::Status status = config.Finish(); !status.ok()) return status;
  return policy;
}

std::string FormatTldPolicy(const TldPolicy& policy) {
  Writer writer;
  VisitSettings(policy, writer);
  std::vector<std::string> reserved(policy.reserved.begin(), policy.reserved.end());
  std::sort(reserved.begin(), reserved.end());
  writer.List("reserved", reserved);
  for (const auto& [name, prices] : policy.premium_classes) {
    writer.Text("premium_class",
                Concat(name, " ", FormatMoney(prices.create), " ", FormatMoney(prices.renew), " ",
                       FormatMoney(prices.transfer), " ", FormatMoney(prices.restore)));
  }
  std::vector<std::string> premium;
  for (const auto& [label, name] : policy.premium) premium.push_back(Concat(name, " ", label));
  std::sort(premium.begin(), premium.end());
  writer.List("premium", premium);
  for (const LaunchPeriod& period : policy.launch_phases) {
    writer.Text("launch_phase", FormatLaunchPeriod(period));
  }
  writer.List("idn_table", policy.idn_tables);
  writer.Words("rdds_roles", WordsOf(PublishedRoles(policy.rdds), kRddsRoleNames));
  for (size_t i = 0; i < policy.rdds.roles.size(); ++i) {
    writer.Words(RddsKey(i), WordsOf(policy.rdds.roles[i].shown, kRddsPartNames));
  }
  writer.List("name_server", policy.name_servers);
  writer.List("static_record", policy.static_records);
  return writer.TakeText();
}

}  // namespace registry
