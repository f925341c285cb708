// SPDX-License-Identifier: Apache-2.0
#include "generate/log_pools.h"

#include <algorithm>
#include <string>

#include "generate/prng.h"
#include "generate/words.h"

namespace folio::generate {

namespace {

using std::string_view;

constexpr auto kUsers =
    std::to_array<string_view>({"alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi"});

constexpr auto kSections = std::to_array<string_view>({"/", "/images/", "/products/", "/blog/", "/static/js/",
                                                       "/static/css/", "/api/v1/", "/docs/", "/downloads/"});
constexpr auto kExtensions =
    std::to_array<string_view>({".html", ".jpg", "", "/", ".min.js", ".css", ".json", ".html", ".tar.gz"});
static_assert(kSections.size() == kExtensions.size());

constexpr auto kMissing = std::to_array<string_view>(
    {"/favicon.ico", "/robots.txt", "/wp-login.php", "/.env", "/apple-touch-icon.png", "/xmlrpc.php",
     "/.git/config", "/admin/", "/phpmyadmin/index.php", "/old/index.html", "/sitemap.xml.gz",
     "/wp-content/plugins/gallery/readme.txt", "/cgi-bin/test.cgi",
     "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "/backup.zip", "/ads.txt"});

// Each answer and its share of 1000 requests; the first is the request's own.
struct Answer {
  string_view text;
  unsigned permille;
};
constexpr auto kAnswers = std::to_array<Answer>({{"", 850},
                                                 {"404 196 ", 40},
                                                 {"304 - ", 60},
                                                 {"301 237 ", 20},
                                                 {"500 612 ", 10},
                                                 {"206 65536 ", 10},
                                                 {"403 199 ", 5},
                                                 {"302 - ", 3},
                                                 {"503 299 ", 2}});

constexpr auto kAgents = std::to_array<string_view>({
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
    "Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4.1 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile "
    "Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
    "Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:125.0) Gecko/20100101 Firefox/125.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
    "Safari/537.36 "
    "Edg/124.0.0.0",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 "
    "Mobile/15E148 "
    "Safari/604.1",
    "curl/8.5.0",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "python-requests/2.31.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/24.0 "
    "Chrome/117.0.0.0 Mobile Safari/537.36",
    "Go-http-client/1.1",
    "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)",
    "-",
});

constexpr auto kSearchEngines =
    std::to_array<string_view>({"https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/",
                                "https://t.co/Xq3fGh7LbZ"});

std::string word(Prng& prng) {
  const auto words = english_words();
  return std::string{words[prng.below(static_cast<std::uint32_t>(words.size()))]};
}

// One draw a statement: the order in which operands are evaluated differs between compilers.
std::string some_path(Prng& prng) {
  const std::uint32_t section = prng.below(kSections.size());
  std::string path{kSections[section]};
  path += word(prng);
  if (prng.below(2) == 0) path += '-' + word(prng);
  if (prng.below(4) == 0) path += '/' + std::to_string(prng.below(100'000));
  path += kExtensions[section];
  if (prng.below(8) == 0) {
    path += "?page=" + std::to_string(prng.below(100));
    path += "&sort=" + word(prng);
  }
  return path;
}

RequestPiece request(string_view path, Prng& prng) {
  const std::uint32_t method = prng.below(100);
  std::string text = method < 97 ? "\"GET " : "\"HEAD ";
  if (path.starts_with("/api/")) text = method < 60 ? "\"GET " : method < 95 ? "\"POST " : "\"PUT ";
  text += path;
  text += prng.below(8) == 0 ? " HTTP/2.0\" " : " HTTP/1.1\" ";
  return RequestPiece{text};
}

void fill_hosts(LogPools& pools, Prng& prng) {
  for (std::size_t i = 0; i < pools.octets.size(); ++i) pools.octets[i] = OctetPiece{std::to_string(i) + '.'};
  pools.hosts.resize(LogPools::kHosts);
  for (auto& host : pools.hosts) {
    std::string text = std::to_string(1 + prng.below(223));
    for (int i = 0; i < 3; ++i) text += '.' + std::to_string(prng.below(256));
    text += " - ";
    text += prng.below(32) == 0 ? kUsers[prng.below(kUsers.size())] : "-";
    host.text = HostPiece{text + " ["};
    host.agent = pools.agent_slots[prng.below(LogPools::kSlots)];
  }
  pools.host_slots = zipf_slots(LogPools::kSlots, LogPools::kHosts, 8);
}

void fill_requests(LogPools& pools, Prng& prng) {
  pools.requests.resize(LogPools::kRequests);
  for (auto& entry : pools.requests) {
    entry.text = request(some_path(prng), prng);
    const std::uint32_t magnitude = 8 + prng.below(12);  // sizes from 256 bytes to 1 MiB, most of them small
    entry.success =
        AnswerPiece{"200 " + std::to_string((1U << magnitude) + prng.below(1U << magnitude)) + ' '};
  }
  pools.requests.front().text = RequestPiece{"\"GET / HTTP/1.1\" "};
  pools.request_slots = zipf_slots(LogPools::kSlots, LogPools::kRequests, 4);
  for (std::size_t i = 0; i < 64; ++i) {
    pools.missing.push_back(request(i < kMissing.size() ? std::string{kMissing[i]} : some_path(prng), prng));
  }
}

void fill_answers(LogPools& pools) {
  for (const auto& answer : kAnswers) pools.answers.emplace_back(answer.text);
  unsigned sum = 0;
  for (std::size_t i = 0; i < kAnswers.size(); ++i) {
    sum += kAnswers[i].permille;
    pools.answer_slots.resize(LogPools::kSlots * sum / 1000, static_cast<std::uint16_t>(i));
  }
}

void fill_referers(LogPools& pools, Prng& prng) {
  const auto quoted = [](const std::string& text) { return RefererPiece{'"' + text + "\" \""}; };
  pools.referers.push_back(quoted("-"));
  for (auto engine : kSearchEngines) pools.referers.push_back(quoted(std::string{engine}));
  while (pools.referers.size() < LogPools::kReferers) {
    pools.referers.push_back(quoted("https://www.example.com" + some_path(prng)));
  }
  pools.referer_slots = zipf_slots(LogPools::kSlots, LogPools::kReferers, 3);
  // The site itself and the search engines share the rest.
  std::fill_n(pools.referer_slots.begin(), LogPools::kSlots * 2 / 5, std::uint16_t{0});
}

}  // namespace

LogPools make_log_pools(std::uint64_t seed) {
  LogPools pools;
  Prng prng(seed, UINT64_MAX);  // no block has this index
  for (auto agent : kAgents) pools.agents.emplace_back(agent);
  pools.agent_slots = zipf_slots(LogPools::kSlots, pools.agents.size(), 2);
  fill_hosts(pools, prng);
  fill_requests(pools, prng);
  fill_answers(pools);
  fill_referers(pools, prng);
  return pools;
}

}  // namespace folio::generate
