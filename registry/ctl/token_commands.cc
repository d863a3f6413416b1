// Allocation tokens, RFC 8495.
#include <openssl/rand.h>

#include <iostream>

#include "absl/strings/ascii.h"
#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/base/utf8.h"
#include "registry/ctl/session.h"
#include "registry/net/user_name.h"
#include "registry/rules/reasons.h"
#include "registry/store/allocation_tokens.h"
#include "registry/store/operator_reader.h"
#include "registry/types/date_time.h"
#include "registry/types/given_token.h"
#include "registry/types/money.h"

namespace ctl {
namespace {

using registry::AllocationToken;
using registry::Concat;
using Kind = AllocationToken::Kind;
using registry::net::UserName;
using Purpose = AllocationToken::Purpose;

struct Options {
  std::string kind, purpose = "create", registrar, tld, name, from, until, price, text;
  int64_t uses = 1;
  int discount = 0, years = 1, count = 1;
  bool all = false;
  int64_t id = 0;
};

std::string_view NameOf(Kind kind) { return kind == Kind::kReserved ? "reserved" : "promotion"; }
std::string_view NameOf(Purpose purpose) {
  return purpose == Purpose::kCreate ? "create" : "transfer";
}

// 130 bits, of letters and digits that nobody takes for one another.
std::string RandomText() {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
  static_assert(kLetters.size() == 32);
  unsigned char octets[26];
  POSTEL_CHECK(RAND_bytes(octets, sizeof octets) == 1);
  std::string text;
  for (const unsigned char octet : octets) text += kLetters[octet % kLetters.size()];
  return text;
}

// As an EPP client's will be read: single blanks. Empty if it is not plain text.
std::string Collapsed(const std::string& text) {
  std::string out;
  for (const std::string_view word : registry::Split(text, ' ')) {
    if (!word.empty()) out += Concat(out.empty() ? "" : " ", word);
  }
  const auto length = registry::PrintableLength(out);
  return length && *length <= 255 ? out : "";
}

// What is wrong; empty if nothing is.
std::string ReadBinding(const Options& options, const registry::Directory& directory,
                        AllocationToken* token) {
  if (!options.registrar.empty()) {
    const auto id = registry::RegistrarId::Parse(options.registrar);
    const registry::Registrar* registrar = id.ok() ? directory.Registrar(*id) : nullptr;
    if (registrar == nullptr) return Concat("no such registrar: ", options.registrar);
    token->registrar = registrar->key;
  }
  token->tld = absl::AsciiStrToLower(options.tld);
  if (!options.name.empty()) {
    const auto name = registry::DomainName::FromUnicode(options.name);
    if (!name.ok() || name->label_count() != 2) return Concat("not a name: ", options.name);
    if (!token->tld.empty() && token->tld != name->tld()) return "the name is not in the TLD";
    token->name = *name;
    token->tld = std::string(name->tld());
  }
  if (!token->tld.empty() && directory.Tld(token->tld) == nullptr) {
    return Concat("no such TLD: ", token->tld);
  }
  return "";
}

std::string ReadTimes(const Options& options, AllocationToken* token) {
  for (const auto& [text, time] :
       {std::pair(&options.from, &token->starts), std::pair(&options.until, &token->ends)}) {
    if (text->empty()) continue;
    const auto parsed = registry::ParseDateTime(*text);
    if (!parsed) return Concat("not a time such as 2027-01-31T12:00:00Z: ", *text);
    *time = *parsed;
  }
  return token->starts < token->ends ? "" : "--until has to be later than --from";
}

std::string ReadPrice(const Options& options, AllocationToken* token) {
  token->discount = options.discount;
  token->promoted_years = options.years;
  if (!options.price.empty()) {
    const auto price = registry::ParseMoney(options.price);
    if (!price.ok() || *price < registry::Money{}) return Concat("not a price: ", options.price);
    token->price = *price;
  }
  if (token->price && token->discount > 0) return "either --price or --discount";
  if (token->kind == Kind::kPromotion && !token->price && token->discount == 0) {
    return "a promotion needs --price or --discount";
  }
  return "";
}

std::string ReadToken(const Options& options, const registry::Directory& directory,
                      AllocationToken* token) {
  if (options.kind != "reserved" && options.kind != "promotion") {
    return "--kind: reserved or promotion";
  }
  if (options.purpose != "create" && options.purpose != "transfer") {
    return "--for: create or transfer";
  }
  token->kind = options.kind == "reserved" ? Kind::kReserved : Kind::kPromotion;
  token->purpose = options.purpose == "create" ? Purpose::kCreate : Purpose::kTransfer;
  if (token->kind == Kind::kReserved && token->purpose == Purpose::kTransfer) {
    return "reserved names are allocated by a create";
  }
  token->max_uses = options.uses;
  for (std::string error : {ReadBinding(options, directory, token), ReadTimes(options, token),
                            ReadPrice(options, token)}) {
    if (!error.empty()) return error;
  }
  if (!options.text.empty() && options.count != 1) return "--text is of one token";
  return "";
}

absl::Time Now(const registry::Directory& directory) {
  registry::SystemClock clock;
  clock.SetOffset(directory.settings.clock_offset);
  return clock.Now();
}

int Create(Session& session, const Options& options) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  AllocationToken made;
  const std::string error = ReadToken(options, **directory, &made);
  if (!error.empty()) return ReportUsage(error, session.json);
  std::vector<AllocationToken> tokens;
  std::vector<std::string> texts;
  for (int i = 0; i < options.count; ++i) {
    const std::string text = options.text.empty() ? RandomText() : Collapsed(options.text);
    if (text.empty()) return ReportUsage("--text: not plain text in one line", session.json);
    made.digest = registry::GivenToken(text).digest();
    tokens.push_back(made);
    texts.push_back(text);
  }
  const auto keys =
      registry::store::CreateTokens(session.database, tokens, UserName(), Now(**directory));
  if (absl::IsAlreadyExists(keys.status())) {
    return ReportRefusal("token-exists", std::string(keys.status().message()), session.json);
  }
  if (!keys.ok()) return ReportFailure(keys.status(), session.json);
  Table table({{"id", "ID", Table::Form::kNumber}, {"token", "Token"}});
  for (size_t i = 0; i < keys->size(); ++i) {
    table.AddRow({std::to_string((*keys)[i]), texts[i]});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

std::string When(absl::Time time) {
  return time == absl::InfiniteFuture() || time == absl::InfinitePast() ? ""
                                                                        : registry::FormatUtc(time);
}

std::string PriceText(const AllocationToken& token) {
  if (token.price) return FormatMoney(*token.price);
  return token.discount > 0 ? Concat("-", token.discount, " %") : "";
}

int List(Session& session, const Options& options) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  const auto records = registry::store::ReadTokens(session.database, options.all, Now(**directory));
  if (!records.ok()) return ReportFailure(records.status(), session.json);
  Table table({{"id", "ID", Table::Form::kNumber},
               {"kind", "Kind"},
               {"for", "For"},
               {"registrar", "Registrar"},
               {"tld", "TLD"},
               {"name", "Name"},
               {"from", "From"},
               {"until", "Until"},
               {"uses", "Uses", Table::Form::kNumber},
               {"max_uses", "Of", Table::Form::kNumber},
               {"price", "Price"},
               {"years", "Years", Table::Form::kNumber},
               {"made", "Made"},
               {"made_by", "By"},
               {"revoked", "Revoked"},
               {"revoked_by", "By"}});
  for (const auto& record : *records) {
    const AllocationToken& token = record.token;
    table.AddRow({std::to_string(token.key), std::string(NameOf(token.kind)),
                  std::string(NameOf(token.purpose)),
                  std::string((*directory)->RegistrarText(token.registrar)), token.tld,
                  token.name.text(), When(token.starts), When(token.ends),
                  std::to_string(token.uses), std::to_string(token.max_uses), PriceText(token),
                  std::to_string(token.promoted_years), registry::FormatUtc(record.made),
                  record.made_by, record.revoked ? registry::FormatUtc(*record.revoked) : "",
                  record.revoked_by});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

int Revoke(Session& session, const Options& options) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  const absl::Status revoked =
      registry::store::RevokeToken(session.database, options.id, UserName(), Now(**directory));
  if (absl::IsNotFound(revoked)) {
    return ReportRefusal("token-not-found", std::string(revoked.message()), session.json);
  }
  if (!revoked.ok()) return ReportFailure(revoked, session.json);
  Record record;
  record.AddNumber("revoked", "Revoked", options.id);
  record.Print(std::cout, session.json);
  return kExitOk;
}

}  // namespace

void AddTokenCommands(CLI::App& app, Session& session) {
  CLI::App* token = app.add_subcommand("token", "Allocation tokens (RFC 8495)");
  token->require_subcommand(1);
  Example(token, "token list");

  static Options options;
  CLI::App* create = token->add_subcommand(
      "create",
      "Make a token and show it: only now, since the registry keeps no more than its digest.\n"
      "A reserved one allocates reserved names, a promotion has a price of its own.");
  create->add_option("--kind", options.kind, "reserved or promotion")->required();
  create->add_option("--for", options.purpose, "create (the default) or transfer");
  create->add_option("--registrar", options.registrar, "Only for this one");
  create->add_option("--tld", options.tld, "Only for names of this TLD");
  create->add_option("--name", options.name, "Only for this name");
  create->add_option("--from", options.from, "Valid from this time on");
  create->add_option("--until", options.until, "Valid until this time");
  create->add_option("--uses", options.uses, "How often; 0: without limit. 1 without this")
      ->check(CLI::Range(int64_t{0}, int64_t{1'000'000'000}));
  create->add_option("--discount", options.discount, "Percent off the usual price")
      ->check(CLI::Range(1, 100));
  create->add_option("--price", options.price, "A year, instead of the usual one");
  create->add_option("--years", options.years, "For the first so many years; 1 without this")
      ->check(CLI::Range(1, 10));
  create->add_option("--text", options.text, "The token itself; random without this");
  create->add_option("--count", options.count, "So many tokens")->check(CLI::Range(1, 100'000));
  create->callback(
      [&session] { session.chosen = [&session] { return Create(session, options); }; });
  Example(create, "token create --kind reserved --name gem.org --registrar gold");

  CLI::App* list = token->add_subcommand("list", "The tokens that can still be used");
  list->add_flag("--all", options.all, "Also those that are used up, over or revoked");
  list->callback([&session] { session.chosen = [&session] { return List(session, options); }; });
  Example(list, "token list --all");

  CLI::App* revoke = token->add_subcommand("revoke", "End a token; what it bought stays");
  revoke->add_option("ID", options.id, "As create and list show it")->required();
  revoke->callback(
      [&session] { session.chosen = [&session] { return Revoke(session, options); }; });
  Example(revoke, "token revoke 17");
}

}  // namespace ctl
