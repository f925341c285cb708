// SPDX-License-Identifier: Apache-2.0
// Templates, agents, targets, levels: tables of what becomes of a text.
#include <gtest/gtest.h>

#include <random>
#include <utility>

#include "logs/aggregate/agents.h"
#include "logs/aggregate/levels.h"
#include "logs/aggregate/targets.h"
#include "logs/aggregate/templates.h"

namespace folio::logs {
namespace {

TEST(Template, MasksWhatChanges) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"no number", "no number"},
      {"user 17 logged in", "user <n> logged in"},
      {"took 12ms, 1.5 s or 3", "took <n>ms, <n> s or <n>"},
      {"worker3 of pool-12", "worker<n> of pool-<n>"},
      {"balance -5 =-7 a-5", "balance <n> =<n> a-<n>"},
      {"client 10.0.0.1:8080 closed", "client <ip>:<n> closed"},
      {"version 1.2.3.4.5", "version <n>"},
      {"from fe80::1 and ::1 to 2001:db8:0:0:0:0:0:1", "from <ip> and <ip> to <ip>"},
      {"at 12:34:56", "at <n>:<n>:<n>"},
      {"id 550e8400-e29b-41d4-a716-446655440000 done", "id <uuid> done"},
      {"at 0x7fff12 and deadbeef01", "at <hex> and <hex>"},
      {"12345678", "<n>"},
      {"facade defaced", "facade defaced"},
      {"open \"/a b/c\" failed", "open <str> failed"},
      {"don't and can't", "don't and can't"},
      {"'quoted' word", "<str> word"},
      {"a \"half", "a \"half"},
      {"read /etc/passwd: denied", "read <path>: denied"},
      {"(/var/log/x.log) a/b / c", "(<path>) a/b / c"},
      {"get https://example.com/x?y=1 now", "get https://<path> now"},
      {"Gr\xc3\xbc\xc3\x9f"
       "e 5",
       "Gr\xc3\xbc\xc3\x9f"
       "e <n>"},
  };
  for (const auto& [message, expected] : cases) EXPECT_EQ(TemplateText{message}.text(), expected) << message;
}

TEST(Template, FitsItsBufferWhateverTheMessage) {
  std::minstd_rand random{1};
  constexpr std::string_view kBytes = "0a1./ -:'\"x\xff";
  for (int round = 0; round < 2000; ++round) {
    std::string message(random() % 1500, ' ');
    for (char& byte : message) byte = kBytes[random() % kBytes.size()];
    const TemplateText masked{message};
    EXPECT_LE(masked.text().size(), 3 * std::min(message.size(), TemplateText::kMessageMax));
  }
  for (const std::string_view unit : {"1a", "/a ", "\"\" ", "0x1 ", "-1 ", "::1 "}) {
    std::string message;
    while (message.size() < 2000) message.append(unit);
    EXPECT_LE(TemplateText{message}.text().size(), 3 * TemplateText::kMessageMax) << unit;
  }
}

TEST(Agents, AreKnownByTheirMarks) {
  struct Case {
    std::string_view agent, browser, system, bot;
  };
  const Case cases[] = {
      {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 "
       "Safari/537.36",
       "Chrome", "Windows", ""},
      {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
       "Edge", "Windows", ""},
      {"Mozilla/5.0 (X11; Linux x86_64) Chrome/119.0 Safari/537.36 OPR/105.0", "Opera", "Linux", ""},
      {"Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/119.0", "Firefox", "Linux",
       ""},
      {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15",
       "Safari", "macOS", ""},
      {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/119.0 Mobile "
       "Safari/604.1",
       "Chrome", "iOS", ""},
      {"Mozilla/5.0 (Linux; Android 13; SM-S901B) SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36",
       "Samsung Browser", "Android", ""},
      {"Mozilla/5.0 (Linux; Android 9; CUBOT_NOTE) Chrome/99.0 Safari/537.36", "Chrome", "Android", ""},
      {"Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer", "Windows", ""},
      {"curl/8.1.2", "curl", "Unknown", ""},
      {"Wget/1.21", "Wget", "Unknown", ""},
      {"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Crawlers", "Unknown",
       "Googlebot"},
      {"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "Crawlers", "Unknown",
       "bingbot"},
      {"Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "Crawlers", "Unknown",
       "AhrefsBot"},
      {"Baiduspider+(+http://www.baidu.com/search/spider.htm)", "Crawlers", "Unknown", "Baiduspider"},
      {"Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com)", "Crawlers", "Unknown",
       "Yahoo! Slurp"},
      {"", "Unknown", "Unknown", ""},
      {"something", "Unknown", "Unknown", ""},
  };
  for (const Case& one : cases) {
    const AgentClass found = classify_agent(one.agent);
    EXPECT_EQ(found.browser, one.browser) << one.agent;
    EXPECT_EQ(found.system, one.system) << one.agent;
    EXPECT_EQ(found.bot, one.bot) << one.agent;
  }
}

TEST(Targets, AreCutAndKnownByTheirEndings) {
  EXPECT_EQ(path_of("/a?b#c"), "/a");
  EXPECT_EQ(path_of("?"), "");
  EXPECT_TRUE(is_static_file("/x/a.CSS"));
  EXPECT_TRUE(is_static_file("/a.b.woff2"));
  EXPECT_FALSE(is_static_file("/a.css/b"));
  EXPECT_FALSE(is_static_file("/a."));
  EXPECT_FALSE(is_static_file("/css"));
  EXPECT_FALSE(is_static_file("/a.php"));
  EXPECT_EQ(referring_site("https://user@WWW.Example.com:8080/a?b"), "www.example.com");
  EXPECT_EQ(referring_site("http://[2001:db8::1]:80/"), "[2001:db8::1]");
  EXPECT_EQ(referring_site("example.com"), "example.com");
  EXPECT_EQ(referring_site("/only/a/path"), "");
}

TEST(Status, HasItsText) {
  EXPECT_EQ(status_text(404), "404 Not Found");
  EXPECT_EQ(status_text(299), "299");
  EXPECT_EQ(status_text(0), "none");
  EXPECT_EQ(status_class(4), "4xx Client Error");
}

TEST(Levels, HaveOneNameEach) {
  EXPECT_EQ(level_name("ERR"), "error");
  EXPECT_EQ(level_name("Warn"), "warning");
  EXPECT_EQ(level_name("Custom"), "Custom");
  EXPECT_TRUE(is_error_level("FATAL"));
  EXPECT_FALSE(is_error_level("warning"));
}

}  // namespace
}  // namespace folio::logs
