#include "epp/change_poll.h"

#include <array>
#include <deque>
#include <string>
#include <string_view>

#include "epp/namespaces.h"
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
    if (name == "status") {
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
    return field.name.starts_with("postal-") ? "postalInfo" : "";
  }

  static std::string_view AttributeOf(std::string_view name) {
    if (name == "contact") return "type";
    return name == "addr" ? "ip" : "x";
  }

  // Leaves the group that is open, and opens the one that is wanted, unless it is the same.
  void Enter(std::string_view group, std::string_view qualifier) {
    if (group == group_ && (group != "postalInfo" || qualifier == form_)) return;
    if (in_address_) xml_->Close();
    in_address_ = false;
    if (!group_.empty()) xml_->Close();
    group_ = group;
    form_ = qualifier;
    if (group_ == "ns") xml_->Open(Tag("ns"));
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

}  // namespace

Object ObjectOf(const ChangeNotice& notice) {
  if (notice.kind == 'H') return Object::kHost;
  return notice.kind == 'C' ? Object::kContact : Object::kDomain;
}

void WriteChangedObject(const ChangeNotice& notice, XmlWriter* xml) {
  const Object object = ObjectOf(notice);
  ObjectWriter writer(object == Object::kHost      ? "host"
                      : object == Object::kContact ? "contact"
                                                   : "domain",
                      object == Object::kHost      ? kHost
                      : object == Object::kContact ? kContact
                                                   : kDomain,
                      xml);
  for (const Field& field : notice.fields) writer.Write(field);
  writer.End();
}

void WriteChangeData(const ChangeNotice& notice, absl::Time changed, XmlWriter* xml) {
  xml->Open("changePoll:changeData",
            {{"xmlns:changePoll", kChangePoll}, {"state", notice.gone ? "before" : "after"}});
  bool known = false;
  for (std::string_view operation : kOperations) known = known || operation == notice.operation;
  if (known) {
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
