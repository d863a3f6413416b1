#include "epp/change_poll.h"

#include <array>
#include <deque>
#include <string>
#include <string_view>

#include "epp/namespaces.h"
#include "epp/rgp.h"
#include "epp/sec_dns.h"
#include "epp/services.h"
#include "epp/unhandled_namespaces.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/types/transaction_id.h"

namespace epp {
namespace {

using registry::ChangeNotice;
using Field = ChangeNotice::Field;

// Those of changePoll:operationEnum that an operator does.
constexpr std::array<std::string_view, 6> kOperations = {"create",   "delete", "renew",
                                                         "transfer", "update", "restore"};

// Writes fields one after the other, in the order of the schema, which is that of the fields.
class ObjectWriter {
 public:
  ObjectWriter(std::string_view prefix, std::string_view ns, XmlWriter* xml)
      : prefix_(prefix), xml_(xml) {
    xml_->Open(Tag("infData"), {{registry::Concat("xmlns:", prefix_), ns}});
  }

  void Write(const Field& field) {
    Enter(GroupOf(field), field.qualifier);
    std::string_view name = field.name;
    if (name.starts_with("postal-")) return WritePostal(name.substr(7), field.value);
    if (name.starts_with("role-")) {
      xml_->Leaf(Tag(name.substr(5)), field.value);
    } else if (name == "status" && prefix_ != "org") {
      xml_->Empty(Tag(name), {{"s", field.value}});
    } else if (field.qualifier.empty()) {
      xml_->Leaf(Tag(name), field.value);
    } else {
      xml_->Leaf(Tag(name), field.value, {{AttributeOf(name), field.qualifier}});
    }
  }

  void End() {
    Enter("", "");
    xml_->Close();
  }

 private:
  // The writer keeps no copy of what it has to close.
  const std::string& Tag(std::string_view name) {
    return tags_.emplace_back(registry::Concat(prefix_, ":", name));
  }

  // What the field stands in, beside its neighbours.
  static std::string_view GroupOf(const Field& field) {
    if (field.name == "hostObj") return "ns";
    if (field.name.starts_with("role-")) return "role";
    return field.name.starts_with("postal-") ? "postalInfo" : "";
  }

  static std::string_view AttributeOf(std::string_view name) {
    if (name == "contact") return "type";
    return name == "addr" ? "ip" : "x";
  }

  // Leaves the group that is open, and opens the one that is wanted, unless it is the same.
  void Enter(std::string_view group, std::string_view qualifier) {
    const bool single = group != "postalInfo" && group != "role";
    if (group == group_ && (single || qualifier == form_)) return;
    if (in_address_) xml_->Close();
    in_address_ = false;
    if (!group_.empty()) xml_->Close();
    group_ = group;
    form_ = qualifier;
    if (group_ == "ns" || group_ == "role") xml_->Open(Tag(group_));
    if (group_ == "postalInfo") xml_->Open(Tag("postalInfo"), {{"type", form_}});
  }

  void WritePostal(std::string_view name, std::string_view value) {
    if (!in_address_ && name != "name" && name != "org") {
      xml_->Open(Tag("addr"));
      in_address_ = true;
    }
    xml_->Leaf(Tag(name), value);
  }

  const std::string prefix_;
  XmlWriter* const xml_;
  std::deque<std::string> tags_;
  std::string group_, form_;
  bool in_address_ = false;
};

bool IsOfExtension(const Field& field) { return field.name == "ds" || field.name == "rgpStatus"; }

}  // namespace

Object ObjectOf(const ChangeNotice& notice) {
  if (notice.kind == 'H') return Object::kHost;
  if (notice.kind == 'O') return Object::kOrganization;
  return notice.kind == 'C' ? Object::kContact : Object::kDomain;
}

void WriteChangedObject(const ChangeNotice& notice, XmlWriter* xml) {
  const Object object = ObjectOf(notice);
  ObjectWriter writer(object == Object::kHost           ? "host"
                      : object == Object::kContact      ? "contact"
                      : object == Object::kOrganization ? "org"
                                                        : "domain",
                      NamespaceOf(object), xml);
  for (const Field& field : notice.fields) {
    if (!IsOfExtension(field)) writer.Write(field);
  }
  writer.End();
}

void WriteChangedExtensions(const ChangeNotice& notice, const AnswerContext& context, Body* body) {
  std::vector<registry::DsRecord> records;
  std::vector<std::string_view> statuses;
  for (const Field& field : notice.fields) {
    if (field.name == "rgpStatus") statuses.push_back(field.value);
    if (field.name != "ds") continue;
    const auto record = registry::DsRecord::Parse(field.value);
    if (record.ok()) records.push_back(*record);
  }
  WriteExtension(Extension::kRgp, context, body,
                 [&](XmlWriter* part) { WriteRgpInfo(statuses, part); });
  WriteExtension(Extension::kSecDns, context, body,
                 [&](XmlWriter* part) { WriteSecDns(records, part); });
}

void WriteChangeData(const ChangeNotice& notice, absl::Time changed, XmlWriter* xml) {
  xml->Open("changePoll:changeData",
            {{"xmlns:changePoll", kChangePoll}, {"state", notice.gone ? "before" : "after"}});
  bool known = false;
  for (std::string_view operation : kOperations) known = known || operation == notice.operation;
  if (notice.gone && notice.operation == "delete") {  // RFC 8590 section 2.1
    xml->Leaf("changePoll:operation", notice.operation, {{"op", "purge"}});
  } else if (known) {
    xml->Leaf("changePoll:operation", notice.operation);
  } else {
    xml->Leaf("changePoll:operation", "custom", {{"op", notice.operation}});
  }
  xml->Leaf("changePoll:date", registry::FormatUtc(changed));
  xml->Leaf("changePoll:svTRID", registry::FormatServerTransactionId(notice.number));
  xml->Leaf("changePoll:who", "registry");
  const std::string& type = notice.note.case_type;
  if (!notice.note.case_id.empty() && (type == "udrp" || type == "urs")) {
    xml->Leaf("changePoll:caseId", notice.note.case_id, {{"type", type}});
  } else if (!notice.note.case_id.empty()) {
    xml->Leaf("changePoll:caseId", notice.note.case_id, {{"type", "custom"}, {"name", type}});
  }
  if (!notice.note.reason.empty()) xml->Leaf("changePoll:reason", notice.note.reason);
  xml->Close();
}

}  // namespace epp
