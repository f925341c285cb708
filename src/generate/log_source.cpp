// SPDX-License-Identifier: Apache-2.0
// The kind log: lines in Combined format, put together from ready-made parts.
#include <algorithm>
#include <array>
#include <bit>
#include <chrono>

#include "generate/block_source.h"
#include "generate/log_pools.h"
#include "generate/piece.h"
#include "generate/prng.h"

namespace folio::generate {

namespace {

using TimePiece = Piece<32>;  // `10/Oct/2000:13:55:36 +0000] `

/// No line without a needle is longer.
constexpr std::size_t kLineMax = 512;
constexpr std::uint64_t kSecondsPerBlock = 60;
constexpr std::uint64_t kFirstSecond = 1'735'689'600;  // 1 January 2025

constexpr std::uint32_t kSlotMask = LogPools::kSlots - 1;
constexpr unsigned kSlotBits = 15;

constexpr std::string_view kSiteReferer = "https://www.example.com/";

void put_two_digits(char* out, unsigned value) {
  out[0] = static_cast<char>('0' + value / 10);
  out[1] = static_cast<char>('0' + value % 10);
}

TimePiece time_piece(std::uint64_t second) {
  using namespace std::chrono;
  constexpr auto kMonths = std::to_array<std::string_view>(
      {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  const sys_seconds time{seconds{second}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  const auto year = static_cast<unsigned>(static_cast<int>(date.year())) % 10'000;
  TimePiece piece{"dd/Mmm/yyyy:hh:mm:ss +0000] "};
  put_two_digits(piece.bytes.data(), static_cast<unsigned>(date.day()));
  std::ranges::copy(kMonths[static_cast<unsigned>(date.month()) - 1], &piece.bytes[3]);
  put_two_digits(&piece.bytes[7], year / 100);
  put_two_digits(&piece.bytes[9], year % 100);
  put_two_digits(&piece.bytes[12], static_cast<unsigned>(clock.hours().count()));
  put_two_digits(&piece.bytes[15], static_cast<unsigned>(clock.minutes().count()));
  put_two_digits(&piece.bytes[18], static_cast<unsigned>(clock.seconds().count()));
  return piece;
}

bool fits_into_path(std::string_view needle) {
  return std::ranges::all_of(needle, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"-._~%/=&+:,;@!*"}.contains(c);
  });
}

enum class Place : std::uint8_t { None, Path, Agent };

/// The choices of one line, so that it can be composed again to end at a given place.
struct Line {
  std::uint64_t host_bits = 0;
  std::uint64_t page_bits = 0;
  Place needle = Place::None;
};

class LogSource final : public BlockSource {
 public:
  explicit LogSource(const Recipe& recipe)
      : seed_(recipe.seed),
        needle_(recipe.needle),
        needle_in_path_(fits_into_path(recipe.needle.text)),
        pools_(make_log_pools(recipe.seed)) {}

  std::uint64_t render(std::uint64_t index, char* block, std::size_t size) const override {
    Prng prng(seed_, index);
    char* const end = block + size;
    std::uint64_t lines = 0;
    std::uint64_t second = 0;
    TimePiece time = time_piece(kFirstSecond + index * kSecondsPerBlock);
    for (char* out = block; out != end; ++lines) {
      const std::uint64_t now = static_cast<std::uint64_t>(out - block) * kSecondsPerBlock / kBlockSize;
      if (now != second) time = time_piece(kFirstSecond + index * kSecondsPerBlock + now);
      second = now;
      out = put_next(out, end, time, draw_line(prng));
    }
    return lines;
  }

 private:
  Line draw_line(Prng& prng) const {
    Line line{prng.next(), prng.next(), Place::None};
    if (needle_.draw(prng)) line.needle = needle_in_path_ ? Place::Path : Place::Agent;
    return line;
  }

  /// One line; the last one of the block is made longer or shorter, so that the block ends with it.
  /// REQUIRES: needle size and slack writable bytes behind `end`.
  char* put_next(char* out, char* end, const TimePiece& time, Line line) const {
    const auto room = static_cast<std::size_t>(end - out);
    if (room < needle_.text.size()) line.needle = Place::None;
    std::size_t size = put_line(out, time, line);
    if (size > room && line.needle != Place::None) {
      line.needle = Place::None;
      size = put_line(out, time, line);
    }
    if (size > room) {
      end[-1] = '\n';  // the file is shorter than a line
      return end;
    }
    if (room - size >= kLineMax) return out + size;
    if (room != size) put_line(out, time, line, room - size);
    return end;
  }

  /// Composes a line whose referrer is longer by `padding`; returns its size.
  std::size_t put_line(char* start, const TimePiece& time, const Line& line, std::size_t padding = 0) const {
    std::uint64_t bits = line.host_bits;
    const auto take_slot = [&bits] {
      const auto slot = static_cast<std::uint32_t>(bits & kSlotMask);
      bits >>= kSlotBits;
      return slot;
    };
    const LogHost& host = pools_.hosts[pools_.host_slots[take_slot()]];
    const bool is_stranger =
        bits % 32 == 0;  // 3 % of the requests come from addresses that are hardly seen again
    bits >>= 5;
    char* out = is_stranger ? put_stranger(start, line.page_bits >> 32) : put(start, host.text);
    const std::uint16_t agent =
        bits % 8 == 0 ? pools_.agent_slots[(line.page_bits >> 45) & kSlotMask] : host.agent;
    bits >>= 3;
    out = put(out, time);
    const std::uint16_t answer = pools_.answer_slots[take_slot()];

    bits = line.page_bits;
    out = put_request(out, line, answer, take_slot());
    const RefererPiece& referer = pools_.referers[pools_.referer_slots[take_slot()]];
    out = padding == 0 ? put(out, referer) : put_long_referer(out, referer.size + padding, line.host_bits);
    out = put(out, pools_.agents[agent]);
    if (line.needle == Place::Agent) {
      *out++ = ' ';
      out = put(out, needle_.text);
    }
    *out++ = '"';
    *out++ = '\n';
    return static_cast<std::size_t>(out - start);
  }

  char* put_stranger(char* out, std::uint64_t bits) const {
    out = put(out, pools_.octets[1 + (bits & 0xff) % 223]);
    for (unsigned shift = 8; shift < 32; shift += 8) out = put(out, pools_.octets[(bits >> shift) & 0xff]);
    return put(out - 1, std::string_view{" - - ["});  // over the last dot
  }

  char* put_request(char* out, const Line& line, std::uint16_t answer, std::uint32_t slot) const {
    const LogRequest& request = pools_.requests[pools_.request_slots[slot]];
    if (line.needle == Place::Path) {
      out = put(out, std::string_view{"\"GET /search?q="});
      out = put(out, needle_.text);
      out = put(out, std::string_view{" HTTP/1.1\" "});
    } else if (answer == LogPools::kNotFound) {
      out = put(out, pools_.missing[slot % pools_.missing.size()]);
    } else {
      out = put(out, request.text);
    }
    return put(out, answer == LogPools::kSuccess ? request.success : pools_.answers[answer]);
  }

  /// A quoted referrer of `size` bytes with both quotes, the space and the quote before the agent. REQUIRES:
  /// size > 5.
  char* put_long_referer(char* out, std::size_t size, std::uint64_t bits) const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::size_t left = size - 4;
    *out++ = '"';
    const std::string_view site = left > kSiteReferer.size() ? kSiteReferer : std::string_view{"/"};
    out = put(out, site);
    left -= site.size();
    for (; left != 0; --left) {
      *out++ = kDigits[bits & 15];
      bits = bits * 0xd1342543de82ef95 + (bits >> 60);
      bits = std::rotl(bits, 29);
    }
    return put(out, std::string_view{"\" \""});
  }

  std::uint64_t seed_;
  Needle needle_;
  bool needle_in_path_;
  LogPools pools_;
};

}  // namespace

std::unique_ptr<BlockSource> make_log_source(const Recipe& recipe) {
  return std::make_unique<LogSource>(recipe);
}

}  // namespace folio::generate
