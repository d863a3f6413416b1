#include "epp/unhandled_namespaces.h"

#include "epp/services.h"
#include "registry/base/text.h"

namespace epp {
namespace {

void WriteUnhandled(std::string_view ns, const AnswerContext& context, Body* body,
                    WritePart write) {
  if (!context.extensions.Has(Extension::kUnhandledNamespaces)) return;
  XmlWriter part;
  write(&part);
  if (part.text().empty()) return;
  body->unhandled.Open("extValue").Open("value").Insert(part.text()).Close();
  body->unhandled.Leaf("reason", registry::Concat(ns, " not in login services")).Close();
}

}  // namespace

void WriteExtension(Extension extension, const AnswerContext& context, Body* body,
                    WritePart write) {
  if (context.extensions.Has(extension)) return write(&body->extension);
  WriteUnhandled(NamespaceOf(extension), context, body, write);
}

void WriteObject(Object object, const AnswerContext& context, Body* body, WritePart write) {
  if (context.objects.Has(object)) return write(&body->data);
  WriteUnhandled(NamespaceOf(object), context, body, write);
}

}  // namespace epp
