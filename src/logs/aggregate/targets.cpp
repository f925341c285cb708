// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/targets.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "logs/aggregate/lower.h"

namespace folio::logs {

namespace {

// Sorted.
constexpr std::array<std::string_view, 60> kStaticEndings{
    "7z",   "aac",  "apk", "avi",  "avif", "bmp",  "bz2",  "cab",   "css",  "csv",  "deb", "dmg",
    "doc",  "docx", "eot", "exe",  "flac", "flv",  "gif",  "gz",    "ico",  "iso",  "jar", "jpeg",
    "jpg",  "js",   "lz4", "map",  "mjs",  "mov",  "mp3",  "mp4",   "mpeg", "mpg",  "msi", "ogg",
    "otf",  "pdf",  "png", "ppt",  "pptx", "rar",  "rpm",  "svg",   "swf",  "tar",  "tgz", "tif",
    "tiff", "ttf",  "txt", "wasm", "webm", "webp", "woff", "woff2", "xls",  "xlsx", "xz",  "zip"};

struct StatusName {
  std::uint16_t status;
  std::string_view name;
};

// IANA's registry of status codes, and what nginx, IIS and proxies add.
constexpr std::array<StatusName, 74> kStatusNames{{
    {100, "Continue"},
    {101, "Switching Protocols"},
    {102, "Processing"},
    {103, "Early Hints"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {207, "Multi-Status"},
    {208, "Already Reported"},
    {226, "IM Used"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {305, "Use Proxy"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {418, "I'm a Teapot"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {424, "Failed Dependency"},
    {425, "Too Early"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {444, "Connection Closed Without Response"},
    {451, "Unavailable For Legal Reasons"},
    {494, "Request Header Too Large"},
    {495, "Client Certificate Error"},
    {496, "Client Certificate Required"},
    {497, "HTTP Request Sent To HTTPS Port"},
    {499, "Client Closed Request"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {506, "Variant Also Negotiates"},
    {507, "Insufficient Storage"},
    {508, "Loop Detected"},
    {510, "Not Extended"},
    {511, "Network Authentication Required"},
    {520, "Unknown Error Of Origin"},
    {521, "Origin Is Down"},
    {522, "Connection To Origin Timed Out"},
    {523, "Origin Is Unreachable"},
    {524, "Origin Timed Out"},
    {525, "TLS Handshake With Origin Failed"},
}};

static_assert(std::is_sorted(kStaticEndings.begin(), kStaticEndings.end()));

}  // namespace

std::string_view path_of(std::string_view target) {
  return target.substr(0, target.find_first_of("?#"));
}

bool is_static_file(std::string_view path) {
  constexpr std::size_t kEndingMax = 5;
  const std::size_t dot = path.find_last_of("./");
  if (dot == std::string_view::npos || path[dot] != '.') return false;
  if (path.size() - dot - 1 > kEndingMax) return false;
  return std::binary_search(kStaticEndings.begin(), kStaticEndings.end(), lower(path.substr(dot + 1)));
}

std::string referring_site(std::string_view referrer) {
  if (const std::size_t scheme = referrer.find("://"); scheme != std::string_view::npos) {
    referrer.remove_prefix(scheme + 3);
  }
  referrer = referrer.substr(0, referrer.find_first_of("/?#"));
  if (const std::size_t user = referrer.rfind('@'); user != std::string_view::npos)
    referrer.remove_prefix(user + 1);
  // The colons of an address in brackets are no port's.
  const std::size_t bracket = referrer.starts_with('[') ? referrer.find(']') : 0;
  referrer = referrer.substr(0, referrer.find(':', bracket == std::string_view::npos ? 0 : bracket));
  return lower(referrer);
}

std::string status_text(std::size_t status) {
  if (status == 0) return "none";
  std::string text = std::to_string(status);
  const auto found = std::find_if(kStatusNames.begin(), kStatusNames.end(),
                                  [&](const StatusName& row) { return row.status == status; });
  if (found != kStatusNames.end()) text.append(" ").append(found->name);
  return text;
}

std::string_view status_class(std::size_t first_digit) {
  constexpr std::array<std::string_view, 10> kClasses{"none",
                                                      "1xx Informational",
                                                      "2xx Success",
                                                      "3xx Redirection",
                                                      "4xx Client Error",
                                                      "5xx Server Error",
                                                      "6xx",
                                                      "7xx",
                                                      "8xx",
                                                      "9xx"};
  return kClasses[std::min<std::size_t>(first_digit, 9)];
}

}  // namespace folio::logs
