#pragma once

#include <string>
#include <string_view>

#include "whois/http_message.h"

// Conditions and codings of content (RFC 9110 sections 8 and 13).
namespace whois {

// A weak entity tag of the text. Of the `size` octets behind each `mark` nothing enters it: two
// answers with equal tags say the same, though not at the same time.
std::string WeakEntityTag(std::string_view text, std::string_view mark = {}, size_t size = 0);

// Does If-None-Match name this tag (or "*")? No if the tag is empty.
bool Matches(std::string_view if_none_match, std::string_view entity_tag);
// Makes of a 200 a 304 without content.
void MakeNotModified(HttpResponse& response);

// Does Accept-Encoding take gzip?
bool AcceptsGzip(std::string_view accept_encoding);
std::string Gzip(std::string_view text);
// Compresses the content unless it is coded already, or too short to gain by it.
void Compress(HttpResponse& response);

}  // namespace whois
