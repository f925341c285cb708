// SPDX-License-Identifier: Apache-2.0
// The searches as folds over chunks of whole lines.
#include "folio/search.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "pattern/matcher.h"
#include "pattern/pattern_state.h"
#include "search/chunk_renderer.h"
#include "search/delivery.h"
#include "search/line_cursor.h"
#include "simd/count_byte.h"
#include "simd/find_byte.h"

namespace folio {

namespace {

using pattern::Matcher;
using search::LineCursor;
using search::TextBlock;

ScanOptions scan_options(const Pattern& pattern, const SearchOptions& options) {
  ScanOptions scan = options.scan;
  const bool spans = pattern.reach() == Reach::AcrossRecords;
  scan.records = spans ? Records::whole() : Records::delimited(pattern.options().terminator);
  // Which lines count, and what lies around the last one that does, depends on all lines before it.
  const bool depends = options.context.any() || options.submatches != Submatches::No;
  if (depends && options.line_count_max != UINT64_MAX) scan.threads = 1;
  return scan;
}

// A matcher for each worker, made when it is first needed.
class Matchers {
 public:
  explicit Matchers(const Pattern& pattern) : pattern_(pattern) {}
  Matchers(const Matchers&) = delete;
  Matchers& operator=(const Matchers&) = delete;
  ~Matchers() {
    for (auto& matcher : matchers_) {
      if (matcher) pattern_.state().pool->give_back(std::move(matcher));
    }
  }

  Matcher& of(unsigned worker) {
    const std::scoped_lock lock(mutex_);
    if (matchers_.size() <= worker) matchers_.resize(worker + 1);
    if (!matchers_[worker]) matchers_[worker] = pattern_.state().pool->take(pattern_);
    return *matchers_[worker];
  }
  [[nodiscard]] std::optional<Error> take_failure() {
    std::optional<Error> first;
    for (const auto& matcher : matchers_) {
      if (!matcher) continue;
      if (auto failure = matcher->take_failure()) first = std::move(failure);
    }
    return first;
  }

 private:
  const Pattern& pattern_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Matcher>> matchers_;
};

std::uint64_t count_all_lines(ByteView lines, std::byte terminator) {
  const std::uint64_t ended = simd::count_byte(lines, terminator);
  return ended + (!lines.empty() && lines.back() != terminator ? 1 : 0);
}

struct Counted {
  std::uint64_t lines = 0;
  std::uint64_t submatches = 0;
  void clear() { lines = submatches = 0; }
};

std::uint64_t count_submatches(Matcher& matcher, ByteView bytes, ByteRange line) {
  const bool spans = matcher.options().reach == Reach::AcrossRecords;
  const ByteView text = spans ? bytes : matcher.content(bytes.subspan(line.begin, line.size()));
  search::MatchWalk walk(matcher, text, spans ? line.begin : 0);
  std::uint64_t count = 0;
  for (auto match = walk.next(); match && (!spans || match->begin < line.end); match = walk.next()) ++count;
  return count;
}

// Where matches are counted as well, or lines are limited, every selected line is looked at.
Counted count_one_by_one(Matcher& matcher, const SearchOptions& options, std::uint64_t most, ByteView bytes) {
  Counted counted;
  LineCursor lines(matcher, options.selection, bytes);
  const bool matches = options.submatches != Submatches::No && options.selection == Selection::Matching;
  while (counted.lines < most) {
    const auto line = lines.next();
    if (!line) break;
    ++counted.lines;
    if (matches) counted.submatches += count_submatches(matcher, bytes, *line);
  }
  return counted;
}

Counted count_in(Matcher& matcher, const SearchOptions& options, std::uint64_t most, ByteView bytes) {
  const bool by_kernel = options.submatches == Submatches::No && matcher.options().reach == Reach::Record;
  if (!by_kernel) return count_one_by_one(matcher, options, most, bytes);
  const std::uint64_t matching = matcher.count_records(bytes);
  if (options.selection == Selection::Matching) return {.lines = matching, .submatches = 0};
  return {.lines = count_all_lines(bytes, matcher.terminator()) - matching, .submatches = 0};
}

void add(SearchSummary& summary, const Counted& counted, const SearchOptions& options) {
  summary.lines += std::min(counted.lines, options.line_count_max - summary.lines);
  summary.submatches += counted.submatches;
}

std::uint64_t window_end(std::uint64_t begin) {
  return begin > UINT64_MAX - kBinaryWindow ? UINT64_MAX : begin + kBinaryWindow;
}

std::uint64_t start_of(const ScanInput& input) {
  return input.file() != nullptr ? input.file()->start_offset() : 0;
}

std::optional<search::Replacement> replacement_of(const Pattern& pattern, const SearchOptions& options) {
  if (!options.replacement) return std::nullopt;
  static const std::vector<std::string> kNoNames;
  const auto& engine = pattern.state().engine;
  return search::Replacement(*options.replacement, engine ? engine->capture_names() : kNoNames);
}

// What the searches of files and those of memory have in common.
class TextSearch {
 public:
  TextSearch(const Pattern& pattern, const SearchOptions& options, const LineRenderer& render,
             const TextSink& sink, std::uint64_t begin)
      : replacement_(replacement_of(pattern, options)),
        rules_{options, render, replacement_ ? &*replacement_ : nullptr, window_end(begin)},
        delivery_(options, sink, summary_),
        renderer_(rules_, [this] { return delivery_.lines_left(); }) {}

  void render(const Chunk& chunk, Matcher& matcher, TextBlock& block, ChunkTurn& turn) const {
    renderer_.render(chunk, matcher, block, turn);
  }
  Flow deliver(TextBlock& block) { return delivery_.take(block); }
  [[nodiscard]] SearchSummary take_summary() { return std::move(summary_); }

 private:
  std::optional<search::Replacement> replacement_;
  search::RenderRules rules_;
  SearchSummary summary_;
  search::Delivery delivery_;
  search::ChunkRenderer renderer_;
};

Result<SearchSummary> finished(SearchSummary summary, Result<ScanReport> report, Matchers& matchers) {
  if (!report) return std::unexpected(std::move(report).error());
  summary.report = std::move(*report);
  if (auto failure = matchers.take_failure()) summary.failure = std::move(failure);
  return summary;
}

// The whole content as one chunk, on the calling thread.
class LoneTurn final : public ChunkTurn {
 public:
  LoneTurn(TextSearch& search, TextBlock& block) : search_(search), block_(block) {}
  std::uint64_t prefix() override { return 0; }
  Flow publish(std::uint64_t) override {
    flow_ = search_.deliver(block_);
    block_.clear();
    return flow_;
  }
  std::size_t budget() const override { return kBudget; }
  [[nodiscard]] Flow flow() const { return flow_; }

 private:
  static constexpr std::size_t kBudget = 1U << 20;
  TextSearch& search_;
  TextBlock& block_;
  Flow flow_ = Flow::Continue;
};

}  // namespace

Result<SearchSummary> count_lines(ScanInput input, const Pattern& pattern, const SearchOptions& options) {
  Matchers matchers(pattern);
  SearchSummary summary;
  std::atomic<std::uint64_t> counted{0};
  auto report = scan_ordered<Counted>(
      input, scan_options(pattern, options),
      [&](const Chunk& chunk, Counted& block, ChunkTurn&) {
        block = count_in(matchers.of(chunk.worker), options, options.line_count_max - counted.load(),
                         chunk.bytes);
      },
      [&](Counted& block, ByteRange) {
        add(summary, block, options);
        counted = summary.lines;
        return summary.lines >= options.line_count_max ? Flow::Stop : Flow::Continue;
      });
  return finished(std::move(summary), std::move(report), matchers);
}

Result<SearchSummary> find_any_line(ScanInput input, const Pattern& pattern, const SearchOptions& options) {
  Matchers matchers(pattern);
  SearchSummary summary;
  auto report = scan_ordered<Counted>(
      input, scan_options(pattern, options),
      [&](const Chunk& chunk, Counted& block, ChunkTurn&) {
        LineCursor lines(matchers.of(chunk.worker), options.selection, chunk.bytes);
        block.lines = lines.next() ? 1 : 0;
      },
      [&](Counted& block, ByteRange) {
        summary.lines = std::max(summary.lines, block.lines);
        return summary.lines > 0 ? Flow::Stop : Flow::Continue;
      });
  return finished(std::move(summary), std::move(report), matchers);
}

Result<SearchSummary> search_lines(ScanInput input, const Pattern& pattern, const SearchOptions& options,
                                   const LineRenderer& render, const TextSink& sink) {
  Matchers matchers(pattern);
  const std::uint64_t begin = options.scan.range ? options.scan.range->begin : start_of(input);
  TextSearch search(pattern, options, render, sink, begin);
  std::function<std::uint64_t(const Chunk&)> measure;
  if (options.line_numbers == LineNumbers::Yes) {
    measure = [terminator = pattern.options().terminator](const Chunk& chunk) {
      return simd::count_byte(chunk.bytes, terminator);
    };
  }
  auto report = scan_ordered<TextBlock>(
      input, scan_options(pattern, options),
      [&](const Chunk& chunk, TextBlock& block, ChunkTurn& turn) {
        search.render(chunk, matchers.of(chunk.worker), block, turn);
      },
      [&](TextBlock& block, ByteRange) { return search.deliver(block); }, std::move(measure));
  return finished(search.take_summary(), std::move(report), matchers);
}

struct LineSearcher::State {
  explicit State(const Pattern& made_from) : pattern(made_from), matcher(pattern) {}
  Pattern pattern;
  Matcher matcher;
  TextBlock block;
};

LineSearcher::LineSearcher(const Pattern& pattern) : state_(std::make_unique<State>(pattern)) {}
LineSearcher::LineSearcher(LineSearcher&&) noexcept = default;
LineSearcher& LineSearcher::operator=(LineSearcher&&) noexcept = default;
LineSearcher::~LineSearcher() = default;

SearchSummary LineSearcher::count(ByteView bytes, const SearchOptions& options) {
  SearchSummary summary;
  add(summary, count_in(state_->matcher, options, options.line_count_max, bytes), options);
  summary.failure = state_->matcher.take_failure();
  return summary;
}

SearchSummary LineSearcher::find_any(ByteView bytes, const SearchOptions& options) {
  SearchSummary summary;
  add(summary, count_one_by_one(state_->matcher, options, 1, bytes), options);
  summary.failure = state_->matcher.take_failure();
  return summary;
}

SearchSummary LineSearcher::search(ByteView bytes, const SearchOptions& options, const LineRenderer& render,
                                   const TextSink& sink) {
  TextSearch search(state_->pattern, options, render, sink, 0);
  state_->block.clear();
  LoneTurn turn(search, state_->block);
  const Chunk chunk{.bytes = bytes, .offset = 0, .index = 0, .worker = 0};
  search.render(chunk, state_->matcher, state_->block, turn);
  if (turn.flow() == Flow::Continue) static_cast<void>(search.deliver(state_->block));
  SearchSummary summary = search.take_summary();
  if (auto failure = state_->matcher.take_failure()) summary.failure = std::move(failure);
  return summary;
}

std::optional<std::uint64_t> find_binary(ByteView bytes) {
  const ByteView window = bytes.first(std::min<std::size_t>(bytes.size(), kBinaryWindow));
  const std::size_t found = simd::find_byte(window, std::byte{0});
  return found == window.size() ? std::nullopt : std::optional<std::uint64_t>{found};
}

std::vector<std::byte> read_binary_window(const File& file) {
  std::vector<std::byte> window(std::min<std::uint64_t>(file.size(), kBinaryWindow));
  window.resize(file.read_at(0, window).value_or(0));
  return window;
}

}  // namespace folio
