#include "registry/model/change_notice.h"

#include <utility>

#include "registry/base/text.h"

namespace registry {
namespace {

// Texts hold no control characters but these, if any.
std::string Escape(std::string_view text) {
  std::string escaped;
  for (char c : text) {
    if (c == '\t' || c == '\n' || c == '\\') escaped += '\\';
    escaped += c == '\t' ? 't' : c == '\n' ? 'n' : c;
  }
  return escaped;
}

std::string Unescape(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
      continue;
    }
    const char c = text[++i];
    plain += c == 't' ? '\t' : c == 'n' ? '\n' : c;
  }
  return plain;
}

std::string Line(std::string_view a, std::string_view b, std::string_view c) {
  return Concat(Escape(a), "\t", Escape(b), "\t", Escape(c), "\n");
}

}  // namespace

std::string FormatChangeNotice(const ChangeNotice& notice) {
  std::string text = Line(notice.operation, Concat(notice.number), notice.note.reason);
  text += Line(std::string(1, notice.kind) + (notice.gone ? "-" : ""), notice.note.case_type,
               notice.note.case_id);
  for (const ChangeNotice::Field& field : notice.fields) {
    text += Line(field.name, field.qualifier, field.value);
  }
  return text;
}

std::optional<ChangeNotice> ParseChangeNotice(std::string_view text) {
  std::vector<ChangeNotice::Field> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::vector<std::string_view> parts = Split(text.substr(0, end), '\t');
    if (parts.size() != 3) return std::nullopt;
    lines.push_back({Unescape(parts[0]), Unescape(parts[1]), Unescape(parts[2])});
    text.remove_prefix(end + 1);
  }
  ChangeNotice notice;
  if (lines.size() < 3 || lines[1].name.empty() ||
      !ParseNumber(std::string_view(lines[0].qualifier), &notice.number)) {
    return std::nullopt;
  }
  notice.operation = std::move(lines[0].name);
  notice.kind = lines[1].name.front();
  notice.gone = lines[1].name.size() > 1;
  notice.note = {std::move(lines[0].value), std::move(lines[1].value),
                 std::move(lines[1].qualifier)};
  notice.fields.assign(std::make_move_iterator(lines.begin() + 2),
                       std::make_move_iterator(lines.end()));
  return notice;
}

}  // namespace registry
