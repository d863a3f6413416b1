#pragma once

#include "epp/store_command.h"
#include "registry/model/change_notice.h"
#include "registry/model/poll_message.h"

// What a message tells of the operator's changes, RFC 8590.
namespace epp {

// The object service of the object that it is about.
Object ObjectOf(const registry::ChangeNotice& notice);

// <domain:infData> and the like: the object right after the change; what is gone, before it.
void WriteChangedObject(const registry::ChangeNotice& notice, XmlWriter* xml);

// <changePoll:changeData>
void WriteChangeData(const registry::ChangeNotice& notice, absl::Time changed, XmlWriter* xml);

}  // namespace epp
