// SPDX-License-Identifier: Apache-2.0
#include "logs/format/request_line.h"

#include <algorithm>
#include <cstdint>

#include "logs/time/text_reader.h"

namespace folio::logs {

namespace {

constexpr std::size_t kMethodSizeMax = 24;
constexpr std::size_t kProtocolSizeMax = 12;

bool is_method_byte(char byte) {
  const auto letter = static_cast<unsigned char>(byte | 0x20);
  return (letter >= 'a' && letter <= 'z') || byte == '-' || byte == '_';
}

// Of a method with the space behind it; 0 if there is none.
std::size_t method_size(std::string_view request) {
  std::size_t size = 0;
  while (size < request.size() && size < kMethodSizeMax && is_method_byte(request[size])) ++size;
  return size > 0 && size < request.size() && request[size] == ' ' ? size : 0;
}

// PERF: nearly all are " HTTP/1.1".
bool ends_with_http_1(std::string_view request) {
  constexpr std::uint64_t form = 0x2E312F50545448;  // "HTTP/1."
  constexpr std::uint64_t mask = 0xFFFFFFFFFFFFFF;
  if (request.size() < 9 || request[request.size() - 9] != ' ') return false;
  return (load_u64(request.data() + request.size() - 8) & mask) == form && digit_value(request.back()) <= 9;
}

// Of "HTTP/2.0", "RTSP/1.0"; 0 if the last word is nothing such.
std::size_t protocol_size(std::string_view request) {
  if (ends_with_http_1(request)) return 8;
  const std::size_t space = request.rfind(' ');
  if (space == std::string_view::npos) return 0;
  const std::string_view word = request.substr(space + 1);
  const std::size_t slash = word.find('/');
  if (word.size() > kProtocolSizeMax || slash == std::string_view::npos || slash < 2) return 0;
  for (const char byte : word.substr(0, slash)) {
    if (byte < 'A' || byte > 'Z') return 0;
  }
  return slash + 1 < word.size() && digit_value(word[slash + 1]) <= 9 ? word.size() : 0;
}

}  // namespace

void set_request(std::string_view request, Record& record) {
  if (request.empty() || request == "-") return;
  const std::size_t method = method_size(request);
  if (method == 0) return record.set(Field::Target, request);
  if (request.substr(0, method) != "-") record.set(Field::Method, request.substr(0, method));
  std::string_view target = request.substr(method + 1);
  // With the space before it; "GET HTTP/1.1" has no target.
  const std::size_t protocol = protocol_size(request);
  if (protocol != 0) {
    record.set(Field::Protocol, request.substr(request.size() - protocol));
    target.remove_suffix(std::min(protocol + 1, target.size()));
  }
  if (!target.empty() && target != "-") record.set(Field::Target, target);
}

}  // namespace folio::logs
