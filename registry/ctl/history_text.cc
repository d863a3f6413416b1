#include "registry/ctl/history_text.h"

#include <algorithm>
#include <boost/json.hpp>
#include <iterator>
#include <optional>

#include "registry/base/text.h"
#include "registry/types/roid.h"

namespace ctl {
namespace {

namespace json = boost::json;
using registry::Directory;
using registry::ObjectKind;

// Which members hold keys of which objects.
std::optional<ObjectKind> KindBehind(std::string_view member) {
  struct Reference {
    std::string_view member;
    ObjectKind kind;
  };
  constexpr Reference kReferences[] = {
      {"registrant", ObjectKind::kContact},        {"contact", ObjectKind::kContact},
      {"name_servers", ObjectKind::kHost},         {"superordinate", ObjectKind::kDomain},
      {"organization", ObjectKind::kOrganization}, {"parent", ObjectKind::kOrganization}};
  const auto found = std::ranges::find(kReferences, member, &Reference::member);
  if (found == std::end(kReferences)) return std::nullopt;
  return found->kind;
}

bool IsRegistrar(std::string_view member) {
  constexpr std::string_view kMembers[] = {"sponsor", "creator", "updater", "payer"};
  return std::ranges::find(kMembers, member) != std::end(kMembers);
}

json::value Readable(std::string_view member, const json::value& value,
                     const Directory& directory) {
  if (const json::object* object = value.if_object()) {
    json::object readable;
    for (const auto& [key, inner] : *object) {
      readable[key] = Readable({key.data(), key.size()}, inner, directory);
    }
    return readable;
  }
  if (const json::array* array = value.if_array()) {
    json::array readable;
    for (const json::value& inner : *array) {
      readable.push_back(Readable(member, inner, directory));
    }
    return readable;
  }
  const int64_t* number = value.if_int64();
  if (number == nullptr) return value;
  if (member == "fee") return json::value(FormatMoney(registry::Money{*number}));
  if (IsRegistrar(member)) {
    const std::string who = Who(directory, registry::RegistrarKey{static_cast<int32_t>(*number)});
    return who.empty() ? json::value() : json::value(who);
  }
  if (const std::optional<ObjectKind> kind = KindBehind(member)) {
    if (*number == 0) return nullptr;
    return json::value(FormatRoid(*kind, *number, directory.settings.repository_id));
  }
  return value;
}

std::string TextOf(const json::value& value) {
  if (value.is_null()) return "none";
  if (const json::string* text = value.if_string()) {
    return text->empty() ? "none" : std::string(text->data(), text->size());
  }
  if (const bool* flag = value.if_bool()) return *flag ? "yes" : "no";
  std::string out;
  if (const json::array* array = value.if_array()) {
    for (const json::value& inner : *array) {
      out += registry::Concat(out.empty() ? "" : ", ", TextOf(inner));
    }
    return out.empty() ? "none" : out;
  }
  const json::object* object = value.if_object();
  if (object == nullptr) return json::serialize(value);
  for (const auto& [key, inner] : *object) {
    if (inner.is_string() && inner.get_string().empty()) continue;
    out += registry::Concat(out.empty() ? "" : " ", std::string(key), " ", TextOf(inner));
  }
  return out;
}

std::string Label(std::string_view member) {
  std::string label(member);
  std::ranges::replace(label, '_', ' ');
  return label;
}

}  // namespace

std::string Who(const Directory& directory, registry::RegistrarKey key) {
  if (key == registry::kOperator) return "(operator)";
  if (key == registry::kLifecycle) return "(lifecycle)";
  return std::string(directory.RegistrarText(key));
}

json::object ReadableChange(std::string_view change, const Directory& directory) {
  boost::system::error_code error;
  const json::value parsed = json::parse({change.data(), change.size()}, error);
  if (error || !parsed.is_object()) return {{"unreadable", json::string(change)}};
  return Readable("", parsed, directory).as_object();
}

std::vector<std::string> ChangeLines(const json::object& change) {
  if (change.contains("deleted")) return {"deleted"};
  std::vector<std::string> lines;
  for (const auto& [key, value] : change) {
    lines.push_back(registry::Concat(Label({key.data(), key.size()}), ": ", TextOf(value)));
  }
  return lines;
}

std::string ClockStep(const json::object& change) {
  if (change.contains("deleted")) return "purge";
  if (change.contains("redemption_ends")) return "end of restore";
  if (change.contains("phase")) return "end of redemption";
  if (change.contains("transfer")) return "approval of transfer";
  if (change.contains("expires")) return "auto-renew";
  return change.contains("grace") ? "end of grace" : "";
}

}  // namespace ctl
