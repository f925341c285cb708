// SPDX-License-Identifier: Apache-2.0
#include "logs/format/compile_format.h"

#include <string>
#include <utility>

#include "core/fail.h"
#include "core/try.h"
#include "logs/format/apache_format.h"
#include "logs/format/ascii_case.h"
#include "logs/format/delimited_parser.h"
#include "logs/format/escape_sequence.h"
#include "logs/format/format_program.h"
#include "logs/format/nginx_format.h"

namespace folio::logs {

namespace {

enum class Language : std::uint8_t { Apache, Nginx };

bool is_space(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

void skip_spaces(std::string_view& text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
}

bool take_keyword(std::string_view& text, std::string_view keyword) {
  if (text.size() <= keyword.size() || !is_space(text[keyword.size()])) return false;
  if (!equals_ignoring_case(text.substr(0, keyword.size()), keyword)) return false;
  text.remove_prefix(keyword.size());
  skip_spaces(text);
  return true;
}

std::string_view take_word(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && !is_space(text[size])) ++size;
  const std::string_view word = text.substr(0, size);
  text.remove_prefix(size);
  skip_spaces(text);
  return word;
}

// A quoted string, escapes undone, or a bare word. `text` moves behind it.
Result<std::string> take_string(std::string_view& text) {
  const char quote = text.front();
  if (quote != '"' && quote != '\'') return std::string{take_word(text)};
  std::string value;
  std::size_t at = 1;
  while (at < text.size() && text[at] != quote) value += read_escape(text, at);
  if (at >= text.size())
    return fail(Errc::InvalidArgument, {}, "the string of the format has no closing quote");
  text.remove_prefix(at + 1);
  skip_spaces(text);
  return value;
}

// What follows "LogFormat".
Result<std::string> apache_string(std::string_view text) {
  return take_string(text);
}

// What follows "log_format".
Result<std::string> nginx_string(std::string_view text) {
  take_word(text);  // the name
  if (text.starts_with("escape=")) take_word(text);
  std::string format;
  while (!text.empty() && text.front() != ';') format += FOLIO_TRY(take_string(text));
  return format;
}

// Escapes that stand in a format given alone, as those in quotes within a configuration.
Result<Language> language_of(std::string_view format) {
  const bool is_apache = format.find('%') != std::string_view::npos;
  const bool is_nginx = format.find('$') != std::string_view::npos;
  if (is_apache && is_nginx) {
    return fail(Errc::InvalidArgument, {},
                "the format has both % of Apache's language, at position " +
                    std::to_string(format.find('%') + 1) + ", and $ of nginx's, at position " +
                    std::to_string(format.find('$') + 1));
  }
  if (!is_apache && !is_nginx) {
    return fail(Errc::InvalidArgument, {},
                "the format has neither a % of Apache's language nor a $ of nginx's");
  }
  return is_apache ? Language::Apache : Language::Nginx;
}

Result<FormatPieces> read(std::string_view format) {
  skip_spaces(format);
  std::string_view directive = format;
  if (take_keyword(directive, "LogFormat")) {
    return read_apache_format(FOLIO_TRY(apache_string(directive)));
  }
  if (take_keyword(directive, "log_format")) return read_nginx_format(FOLIO_TRY(nginx_string(directive)));
  while (!format.empty() && (format.back() == '\n' || format.back() == '\r')) format.remove_suffix(1);
  return FOLIO_TRY(language_of(format)) == Language::Apache ? read_apache_format(format)
                                                            : read_nginx_format(format);
}

}  // namespace

Result<std::unique_ptr<LineParser>> compile_format(std::string_view format) {
  const FormatPieces pieces = FOLIO_TRY(read(format));
  return std::make_unique<DelimitedParser>(FOLIO_TRY(build_program(pieces)));
}

}  // namespace folio::logs
