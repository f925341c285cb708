// SPDX-License-Identifier: Apache-2.0
#include "logs/aggregate/agents.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "logs/aggregate/lower.h"

namespace folio::logs {

namespace {

struct Mark {
  std::string_view text;  ///< In lower case.
  std::string_view name;
};

// The first mark that an agent has decides, so whoever claims to be another stands before that one.
constexpr std::array<Mark, 69> kBrowsers{{
    {"edg/", "Edge"},
    {"edga/", "Edge"},
    {"edgios/", "Edge"},
    {"edge/", "Edge"},
    {"opr/", "Opera"},
    {"opt/", "Opera"},
    {"opios/", "Opera"},
    {"opera mini", "Opera"},
    {"opera", "Opera"},
    {"samsungbrowser/", "Samsung Browser"},
    {"yabrowser/", "Yandex Browser"},
    {"yowser/", "Yandex Browser"},
    {"vivaldi/", "Vivaldi"},
    {"brave/", "Brave"},
    {"ucbrowser/", "UC Browser"},
    {"duckduckgo/", "DuckDuckGo"},
    {"ddg/", "DuckDuckGo"},
    {"whale/", "Whale"},
    {"qqbrowser/", "QQ Browser"},
    {"micromessenger/", "WeChat"},
    {"miuibrowser/", "MIUI Browser"},
    {"huaweibrowser/", "Huawei Browser"},
    {"silk/", "Silk"},
    {"fban/", "Facebook"},
    {"fbav/", "Facebook"},
    {"instagram ", "Instagram"},
    {"electron/", "Electron"},
    {"headlesschrome/", "Headless Chrome"},
    {"chromium/", "Chromium"},
    {"crios/", "Chrome"},
    {"fxios/", "Firefox"},
    {"seamonkey/", "SeaMonkey"},
    {"palemoon/", "Pale Moon"},
    {"waterfox/", "Waterfox"},
    {"focus/", "Firefox Focus"},
    {"thunderbird/", "Thunderbird"},
    {"firefox/", "Firefox"},
    {"chrome/", "Chrome"},
    {"trident/", "Internet Explorer"},
    {"msie ", "Internet Explorer"},
    {"konqueror", "Konqueror"},
    {"epiphany/", "GNOME Web"},
    {"curl/", "curl"},
    {"wget/", "Wget"},
    {"wget", "Wget"},
    {"python-requests/", "Python Requests"},
    {"python-urllib", "Python urllib"},
    {"python-httpx/", "HTTPX"},
    {"aiohttp/", "aiohttp"},
    {"go-http-client/", "Go HTTP client"},
    {"okhttp/", "OkHttp"},
    {"apache-httpclient/", "Apache HttpClient"},
    {"java/", "Java"},
    {"libwww-perl/", "libwww-perl"},
    {"postmanruntime/", "Postman"},
    {"insomnia/", "Insomnia"},
    {"axios/", "axios"},
    {"node-fetch", "node-fetch"},
    {"httpie/", "HTTPie"},
    {"apachebench/", "ApacheBench"},
    {"wrk/", "wrk"},
    {"lynx/", "Lynx"},
    {"w3m/", "w3m"},
    {"links (", "Links"},
    {"elinks", "ELinks"},
    {"dalvik/", "Android application"},
    {"safari/", "Safari"},
    {"applewebkit/", "Other WebKit"},
    {"mozilla/", "Other Mozilla"},
}};

constexpr std::array<Mark, 31> kSystems{{
    {"windows phone", "Windows Phone"},
    {"xbox", "Xbox"},
    {"windows", "Windows"},
    {"win32", "Windows"},
    {"win64", "Windows"},
    {"iphone", "iOS"},
    {"ipad", "iOS"},
    {"ipod", "iOS"},
    {"cfnetwork/", "macOS or iOS"},
    {"harmonyos", "HarmonyOS"},
    {"kaios", "KaiOS"},
    {"tizen", "Tizen"},
    {"web0s", "webOS"},
    {"webos", "webOS"},
    {"android", "Android"},
    {"apple tv", "tvOS"},
    {"macintosh", "macOS"},
    {"mac os x", "macOS"},
    {"darwin", "macOS"},
    {"cros ", "ChromeOS"},
    {"playstation", "PlayStation"},
    {"nintendo", "Nintendo"},
    {"freebsd", "FreeBSD"},
    {"openbsd", "OpenBSD"},
    {"netbsd", "NetBSD"},
    {"sunos", "Solaris"},
    {"blackberry", "BlackBerry"},
    {"bb10", "BlackBerry"},
    {"symbian", "Symbian"},
    {"linux", "Linux"},
    {"x11", "Unix"},
}};

// Those whose name is not the word with "bot", "spider" or "crawl" in it, or that have none.
constexpr std::array<Mark, 24> kBots{{
    {"slurp", "Yahoo! Slurp"},
    {"bingpreview", "BingPreview"},
    {"adsbot-google", "AdsBot-Google"},
    {"mediapartners-google", "Mediapartners-Google"},
    {"feedfetcher-google", "FeedFetcher-Google"},
    {"google-inspectiontool", "Google-InspectionTool"},
    {"google-read-aloud", "Google-Read-Aloud"},
    {"apis-google", "APIs-Google"},
    {"googleother", "GoogleOther"},
    {"facebookexternalhit", "facebookexternalhit"},
    {"meta-externalagent", "meta-externalagent"},
    {"whatsapp/", "WhatsApp"},
    {"ia_archiver", "ia_archiver"},
    {"archive.org", "archive.org_bot"},
    {"chatgpt-user", "ChatGPT-User"},
    {"claude-web", "Claude-Web"},
    {"uptime-kuma", "Uptime-Kuma"},
    {"pingdom", "Pingdom"},
    {"zgrab", "zgrab"},
    {"nikto", "Nikto"},
    {"masscan", "masscan"},
    {"nmap scripting", "Nmap"},
    {"feedly", "Feedly"},
    {"lighthouse", "Lighthouse"},
}};

constexpr std::array<std::string_view, 6> kBotWords{"bot", "spider", "crawl", "scrapy", "scanner", "monitor"};

template <std::size_t kSize>
std::string_view first_of(const std::array<Mark, kSize>& marks, std::string_view agent) {
  const auto found = std::find_if(marks.begin(), marks.end(), [&](const Mark& mark) {
    return agent.find(mark.text) != std::string_view::npos;
  });
  return found == marks.end() ? std::string_view{} : found->name;
}

bool is_of_name(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
         byte == '-' || byte == '_' || byte == '.';
}

// The word around `[begin, end)`.
std::string_view word_around(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin > 0 && is_of_name(text[begin - 1])) --begin;
  while (end < text.size() && is_of_name(text[end])) ++end;
  return text.substr(begin, end - begin);
}

std::string bot_name(std::string_view agent, std::string_view small) {
  if (const std::string_view known = first_of(kBots, small); !known.empty()) return std::string{known};
  for (const std::string_view word : kBotWords) {
    for (std::size_t at = small.find(word); at != std::string_view::npos; at = small.find(word, at + 1)) {
      const std::string_view name = word_around(agent, at, at + word.size());
      // A maker of telephones, and addresses that tell about a bot.
      const bool is_other = lower(name).starts_with("cubot") || (at > 0 && small[at - 1] == '/');
      if (!is_other) return std::string{name};
    }
  }
  return {};
}

}  // namespace

AgentClass classify_agent(std::string_view agent) {
  constexpr std::string_view kUnknown = "Unknown";
  const std::string small = lower(agent);
  AgentClass result{
      .browser = "Crawlers", .system = first_of(kSystems, small), .bot = bot_name(agent, small)};
  if (result.bot.empty()) result.browser = first_of(kBrowsers, small);
  if (result.browser.empty()) result.browser = kUnknown;
  if (result.system.empty()) result.system = kUnknown;
  return result;
}

}  // namespace folio::logs
