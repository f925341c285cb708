// SPDX-License-Identifier: Apache-2.0
#include "cli/html/page.h"

namespace folio::cli {

namespace {

void append_all(std::string& out, std::initializer_list<std::string_view> parts) {
  for (const std::string_view part : parts) out += part;
}

void append_policy(std::string& out, const Page& page) {
  const auto allow = [&](std::string_view directive, std::span<const Asset* const> allowed) {
    append_all(out, {"; ", directive});
    for (const Asset* const asset : allowed) append_all(out, {" '", asset->hash, "'"});
  };
  out += "default-src 'none'; base-uri 'none'; form-action 'none'";
  allow("style-src", page.styles);
  allow("script-src", page.scripts);
}

void append_head(std::string& out, const Page& page) {
  out += "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  out += "<meta http-equiv=\"Content-Security-Policy\" content=\"";
  append_policy(out, page);
  out += "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<meta name=\"referrer\" content=\"no-referrer\">\n";
  append_all(out, {"<title>", page.title, "</title>\n"});
  for (const Asset* const style : page.styles) append_all(out, {"<style>", style->text, "</style>\n"});
  out += "</head>\n";
}

void append_body(std::string& out, const Page& page) {
  out += "<body>\n<noscript><p>This page draws its tables and plots by a script of its own.</p></noscript>\n";
  out += "<script type=\"application/json\" id=\"data\">\n";
  for (const std::string& line : page.data) {
    append_embedded_json(out, line);
    out += '\n';
  }
  out += "</script>\n";
  for (const Asset* const script : page.scripts) append_all(out, {"<script>", script->text, "</script>\n"});
  out += "</body>\n</html>\n";
}

}  // namespace

void append_embedded_json(std::string& out, std::string_view json) {
  constexpr std::string_view kLineSeparator = "\xE2\x80\xA8";
  constexpr std::string_view kParagraphSeparator = "\xE2\x80\xA9";
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string_view rest = json.substr(i);
    if (json[i] == '<') {
      out += "\\u003c";
    } else if (rest.starts_with(kLineSeparator) || rest.starts_with(kParagraphSeparator)) {
      out += rest.starts_with(kLineSeparator) ? "\\u2028" : "\\u2029";
      i += kLineSeparator.size() - 1;
    } else {
      out += json[i];
    }
  }
}

std::string html_page(const Page& page) {
  std::string out;
  append_head(out, page);
  append_body(out, page);
  return out;
}

}  // namespace folio::cli
