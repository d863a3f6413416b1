// Who may see more than the public over RDAP, and where the public finds it.
#include <openssl/rand.h>

#include <algorithm>
#include <iostream>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/base/utf8.h"
#include "registry/ctl/session.h"
#include "registry/net/user_name.h"
#include "registry/rules/rdap_bootstrap.h"
#include "registry/rules/registrar_record.h"
#include "registry/store/operator_reader.h"
#include "registry/store/rdds_tokens.h"
#include "registry/types/date_time.h"
#include "registry/types/given_token.h"

namespace ctl {
namespace {

using registry::Concat;
using registry::RddsToken;
using registry::net::UserName;

struct Options {
  std::string name, purpose, expires, base_url;
  std::vector<std::string> scopes;
  int per_minute = 0;
};

// 256 bits, in letters that stand in an Authorization field (RFC 6750 section 2.1).
std::string NewSecret() {
  unsigned char octets[32];
  POSTEL_CHECK(RAND_bytes(octets, sizeof octets) == 1);
  std::string text =
      absl::WebSafeBase64Escape({reinterpret_cast<const char*>(octets), sizeof octets});
  return text.substr(0, text.find('='));
}

absl::Time Now(const registry::Directory& directory) {
  registry::SystemClock clock;
  clock.SetOffset(directory.settings.clock_offset);
  return clock.Now();
}

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_';
  });
}

// What is wrong; empty if nothing is.
std::string ReadToken(const Options& options, absl::Time now, RddsToken* token) {
  if (!IsName(options.name)) return "a name has up to 64 letters, digits, hyphens and dots";
  const auto length = registry::PrintableLength(options.purpose);
  if (!length || *length == 0 || *length > 255) return "--purpose: a line of text";
  token->name = options.name;
  token->purpose = options.purpose;
  token->per_minute = options.per_minute;
  const auto has = [&](std::string_view scope) {
    return std::ranges::find(options.scopes, scope) != options.scopes.end();
  };
  token->unredacted = has("unredacted");
  token->reverse_search = has("reverse-search");
  if (!options.expires.empty()) {
    const auto expires = registry::ParseDateTime(options.expires);
    if (!expires) return Concat("not a time such as 2027-01-31T12:00:00Z: ", options.expires);
    if (*expires <= now) return "--expires has to be later than now";
    token->expires = *expires;
  }
  token->made = now;
  token->made_by = UserName();
  return "";
}

int Create(Session& session, const Options& options) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  RddsToken token;
  const std::string error = ReadToken(options, Now(**directory), &token);
  if (!error.empty()) return ReportUsage(error, session.json);
  const std::string secret = NewSecret();
  token.digest = registry::GivenToken(secret).digest();
  const absl::Status made = registry::store::CreateRddsToken(session.database, token);
  if (absl::IsAlreadyExists(made)) {
    return ReportRefusal("rdds-token-exists", std::string(made.message()), session.json);
  }
  if (!made.ok()) return ReportFailure(made, session.json);
  Record record;
  record.Add("token", "Token", token.name);
  record.Add("secret", "Secret", secret);
  record.Print(std::cout, session.json);
  return kExitOk;
}

std::string Scopes(const RddsToken& token) {
  std::string text = token.unredacted ? "unredacted" : "";
  if (token.reverse_search) text += text.empty() ? "reverse-search" : " reverse-search";
  return text;
}

std::string When(absl::Time time) {
  return time == absl::InfiniteFuture() ? "" : registry::FormatUtc(time);
}

int List(Session& session) {
  const auto tokens = registry::store::ListRddsTokens(session.database);
  if (!tokens.ok()) return ReportFailure(tokens.status(), session.json);
  Table table({{"token", "Token"},
               {"scopes", "Scopes"},
               {"per_minute", "Per minute", Table::Form::kNumber},
               {"purpose", "Purpose"},
               {"made", "Made"},
               {"made_by", "By"},
               {"expires", "Expires"},
               {"revoked", "Revoked"},
               {"revoked_by", "By"}});
  for (const RddsToken& token : *tokens) {
    table.AddRow({token.name, Scopes(token), std::to_string(token.per_minute), token.purpose,
                  When(token.made), token.made_by, When(token.expires), When(token.revoked),
                  token.revoked_by});
  }
  table.Print(std::cout, session.json);
  return kExitOk;
}

int Revoke(Session& session, const Options& options) {
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  const absl::Status revoked = registry::store::RevokeRddsToken(session.database, options.name,
                                                                UserName(), Now(**directory));
  if (absl::IsNotFound(revoked)) {
    return ReportRefusal("rdds-token-not-found", std::string(revoked.message()), session.json);
  }
  if (!revoked.ok()) return ReportFailure(revoked, session.json);
  Record record;
  record.Add("revoked", "Revoked", options.name);
  record.Print(std::cout, session.json);
  return kExitOk;
}

int Bootstrap(Session& session, const Options& options) {
  if (!registry::IsWebAddress(options.base_url)) {
    return ReportUsage("--base-url: not a URL such as https://rdap.example/", session.json);
  }
  const auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  std::cout << registry::RdapBootstrap(**directory, options.base_url, Now(**directory)) << '\n';
  return kExitOk;
}

void AddBootstrap(CLI::App& app, Session& session, Options& options) {
  CLI::App* bootstrap = app.add_subcommand(
      "rdap-bootstrap", "What RDAP's bootstrap file (RFC 9224) has to say of our TLDs, in JSON");
  bootstrap->add_option("--base-url", options.base_url, "Of our RDAP, as the public reaches it")
      ->required();
  bootstrap->callback(
      [&session, &options] { session.chosen = [&] { return Bootstrap(session, options); }; });
  Example(bootstrap, "rdap-bootstrap --base-url https://rdap.example/");
}

}  // namespace

void AddRddsCommands(CLI::App& app, Session& session) {
  static Options options;
  CLI::App* token =
      app.add_subcommand("rdds-token", "Tokens of those who see more than the public over RDAP");
  token->require_subcommand(1);
  Example(token, "rdds-token list");

  CLI::App* create = token->add_subcommand(
      "create",
      "Make a token and show its secret: only now, since the registry keeps no more than its "
      "digest.\nClients send it as `Authorization: Bearer SECRET`.");
  create->add_option("NAME", options.name, "Whose it is, for the audit log")->required();
  create->add_option("--purpose", options.purpose, "What for, for the audit log")->required();
  create
      ->add_option("--scope", options.scopes,
                   "unredacted: what is withheld from the public; reverse-search: RFC 9536.\n"
                   "May be repeated")
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"unredacted", "reverse-search"}));
  create
      ->add_option("--per-minute", options.per_minute,
                   "Queries in a minute; 0, as without this: what every token may")
      ->check(CLI::Range(0, 1'000'000));
  create->add_option("--expires", options.expires, "Valid until this time; for ever without this");
  create->callback([&session] { session.chosen = [&] { return Create(session, options); }; });
  Example(create, "rdds-token create agency --purpose 'case 42' --scope unredacted");

  CLI::App* list = token->add_subcommand("list", "All tokens, also those that are over");
  list->callback([&session] { session.chosen = [&] { return List(session); }; });
  Example(list, "rdds-token list");

  CLI::App* revoke = token->add_subcommand("revoke", "End a token, within a second");
  revoke->add_option("NAME", options.name, "As create and list show it")->required();
  revoke->callback([&session] { session.chosen = [&] { return Revoke(session, options); }; });
  Example(revoke, "rdds-token revoke agency");

  AddBootstrap(app, session, options);
}

}  // namespace ctl
