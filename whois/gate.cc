#include "whois/gate.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "registry/base/text.h"
#include "registry/types/given_token.h"

namespace whois {
namespace {

using registry::RddsToken;

constexpr RdapError kTooOften{429, "Too Many Requests",
                              "There are too many queries from your address or with your token."};
constexpr RdapError kUnknownToken{401, "Unauthorized",
                                  "The access token is unknown, has expired or was revoked."};
constexpr RdapError kNoBearer{401, "Unauthorized", "Authorised clients show a bearer token."};
constexpr RdapError kNoAudit{503, "Service Unavailable",
                             "Authorised access is not set up on this server."};

// RFC 6750 section 3.
constexpr std::string_view kChallenge = "Bearer realm=\"rdap\"";
constexpr std::string_view kInvalidToken =
    "Bearer realm=\"rdap\", error=\"invalid_token\", error_description=\"unknown, expired or "
    "revoked\"";

// The secret of "Bearer SECRET"; nothing if it is not of this form (RFC 6750 section 2.1).
std::optional<std::string> SecretIn(std::string_view field) {
  constexpr std::string_view kScheme = "bearer ";
  constexpr size_t kLongest = 512;
  if (field.size() < kScheme.size() ||
      !std::equal(kScheme.begin(), kScheme.end(), field.begin(),
                  [](char a, char b) { return a == absl::ascii_tolower(b); })) {
    return std::nullopt;
  }
  const std::string_view secret = registry::Trim(field.substr(kScheme.size()));
  const bool plain = std::ranges::all_of(secret, [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
           std::string_view("-._~+/=").find(c) != std::string_view::npos;
  });
  if (secret.empty() || secret.size() > kLongest || !plain) return std::nullopt;
  return std::string(secret);
}

// As far as the path tells: "/domains?name=x*", "/domains/reverse_search/entity?fn=x".
QueryLimits::Kind KindOf(std::string_view target) {
  const std::string_view path = target.substr(0, target.find_first_of("?#"));
  for (const std::string_view segment : registry::Split(path, '/')) {
    if (segment == "domains" || segment == "nameservers" || segment == "entities") {
      return QueryLimits::Kind::kSearch;
    }
  }
  return QueryLimits::Kind::kLookup;
}

int SecondsOf(absl::Duration wait) {
  return static_cast<int>(
      std::clamp<int64_t>(absl::ToInt64Seconds(absl::Ceil(wait, absl::Seconds(1))), 1, 86'400));
}

std::string_view NameOf(HttpMethod method) {
  switch (method) {
    case HttpMethod::kGet:
      return "GET";
    case HttpMethod::kHead:
      return "HEAD";
    case HttpMethod::kOptions:
      return "OPTIONS";
    case HttpMethod::kOther:
    case HttpMethod::kUnknown:
      break;
  }
  return "other";
}

}  // namespace

Gate::Gate(std::vector<IpPrefix> trusted_proxies, QueryLimits& limits, AuditLog* audit,
           const Lookups& lookups)
    : trusted_proxies_(std::move(trusted_proxies)),
      limits_(limits),
      audit_(audit),
      lookups_(lookups) {}

Gate::Passage Gate::Enter(const HttpRequest& request) const {
  constexpr auto kProtocol = QueryLimits::Protocol::kRdap;
  Passage passage;
  const ClientAddress client = ClientOf(request.source, request.forwarded_for, trusted_proxies_);
  const bool shows_token = !request.authorization.empty();
  const std::optional<std::string> secret =
      shows_token ? SecretIn(request.authorization) : std::nullopt;
  const std::shared_ptr<const registry::Directory> directory =
      secret ? lookups_.directory() : nullptr;
  const RddsToken* token =
      secret ? directory->Token(registry::GivenToken(*secret).digest()) : nullptr;
  const bool valid = token != nullptr && token->ValidAt(lookups_.Now());

  // Who guesses secrets is limited as everybody is.
  const QueryLimits::Kind kind = KindOf(request.target);
  const absl::Duration wait =
      valid ? limits_.Take(*token, client, kind, kProtocol) : limits_.Take(client, kind, kProtocol);
  if (valid) {
    passage.access.token = token->name;
    passage.access.purpose = token->purpose;
    passage.client = FormatClientAddress(client);
  }
  if (wait > absl::ZeroDuration()) {
    passage.refused = Refusal{kTooOften, SecondsOf(wait), {}};
  } else if (shows_token && !secret) {
    passage.refused = Refusal{kNoBearer, 0, kChallenge};
  } else if (shows_token && !valid) {
    passage.refused = Refusal{kUnknownToken, 0, kInvalidToken};
  } else if (valid && audit_ == nullptr) {
    passage.refused = Refusal{kNoAudit, 0, {}};
  } else if (valid) {
    passage.access.unredacted = token->unredacted;
    passage.access.reverse_search = token->reverse_search;
  }
  return passage;
}

bool Gate::Record(const Passage& passage, HttpMethod method, std::string_view target,
                  int status) const {
  AuditEntry entry;
  entry.time = lookups_.Now();
  entry.token = passage.access.token;
  entry.purpose = passage.access.purpose;
  entry.source = passage.client;
  entry.method = NameOf(method);
  entry.target = target;
  entry.status = status;
  return audit_ != nullptr && audit_->Add(entry);
}

}  // namespace whois
