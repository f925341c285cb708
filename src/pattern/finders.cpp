// SPDX-License-Identifier: Apache-2.0
#include "pattern/finders.h"

#include <utility>
#include <vector>

#include "pattern/multi_literal.h"
#include "pattern/record_end.h"

namespace folio::pattern {

namespace {

// Counts for finders that know no quicker way.
class SimpleFinder : public Finder {
 public:
  [[nodiscard]] std::uint64_t count_records(ByteView records, std::byte terminator) final {
    std::uint64_t count = 0;
    for (std::size_t from = 0; from < records.size();) {
      const auto place = find(records, from);
      if (!place || is_behind_records(records, place->begin, terminator)) break;
      ++count;
      from = behind_terminator(records, place->begin, terminator);
    }
    return count;
  }
};

class LiteralFinderSource final : public FinderSource {
 public:
  explicit LiteralFinderSource(LiteralSearcher searcher) : searcher_(std::move(searcher)) {}
  [[nodiscard]] std::unique_ptr<Finder> make() const override { return std::make_unique<Worker>(searcher_); }
  [[nodiscard]] std::string explain() const override { return searcher_.explain(); }

 private:
  class Worker final : public Finder {
   public:
    explicit Worker(const LiteralSearcher& searcher) : searcher_(searcher) {}
    [[nodiscard]] std::optional<Span> find(ByteView bytes, std::size_t from) override {
      const std::size_t found = searcher_.find(bytes, from, state_);
      if (found == kNotFound) return std::nullopt;
      return Span{found, found + searcher_.needle_size()};
    }
    [[nodiscard]] std::uint64_t count_records(ByteView records, std::byte terminator) override {
      return searcher_.count_records(records, terminator, state_);
    }

   private:
    const LiteralSearcher& searcher_;
    SearchState state_;
  };

  LiteralSearcher searcher_;
};

class EngineFinderSource final : public FinderSource {
 public:
  explicit EngineFinderSource(std::shared_ptr<const EngineFactory> factory) : factory_(std::move(factory)) {}
  [[nodiscard]] std::unique_ptr<Finder> make() const override {
    return std::make_unique<Worker>(factory_->make());
  }
  [[nodiscard]] std::string explain() const override { return factory_->describe() + " over all records"; }

 private:
  class Worker final : public SimpleFinder {
   public:
    explicit Worker(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
    [[nodiscard]] std::optional<Span> find(ByteView bytes, std::size_t from) override {
      return engine_->find(bytes, from);
    }

   private:
    std::unique_ptr<Engine> engine_;
  };

  std::shared_ptr<const EngineFactory> factory_;
};

class MultiLiteralFinderSource final : public FinderSource {
 public:
  explicit MultiLiteralFinderSource(MultiLiteralSearcher searcher) : searcher_(std::move(searcher)) {}
  [[nodiscard]] std::unique_ptr<Finder> make() const override { return std::make_unique<Worker>(searcher_); }
  [[nodiscard]] std::string explain() const override { return searcher_.explain(); }

 private:
  class Worker final : public Finder {
   public:
    explicit Worker(const MultiLiteralSearcher& searcher) : searcher_(searcher) {}
    [[nodiscard]] std::optional<Span> find(ByteView bytes, std::size_t from) override {
      const auto found = searcher_.find(bytes, from, state_);
      if (!found) return std::nullopt;
      return Span{found->position, found->position + found->size};
    }
    [[nodiscard]] std::uint64_t count_records(ByteView records, std::byte terminator) override {
      return searcher_.count_records(records, terminator, state_);
    }

   private:
    const MultiLiteralSearcher& searcher_;
    SearchState state_;
  };

  MultiLiteralSearcher searcher_;
};

class WindowFinderSource final : public FinderSource {
 public:
  explicit WindowFinderSource(const simd::ByteWindow& window) : window_(window) {}
  [[nodiscard]] std::unique_ptr<Finder> make() const override { return std::make_unique<Worker>(window_); }
  [[nodiscard]] std::string explain() const override {
    return "byte sets: looks for " + std::to_string(window_.size) +
           " adjacent bytes, each in a set of its own";
  }

 private:
  class Worker final : public SimpleFinder {
   public:
    explicit Worker(const simd::ByteWindow& window) : window_(window) {}
    [[nodiscard]] std::optional<Span> find(ByteView bytes, std::size_t from) override {
      const std::size_t found = simd::find_window(bytes, from, window_);
      if (found == bytes.size()) return std::nullopt;
      return Span{found, found + window_.size};
    }

   private:
    const simd::ByteWindow& window_;
  };

  simd::ByteWindow window_;
};

class NoFinderSource final : public FinderSource {
 public:
  [[nodiscard]] std::unique_ptr<Finder> make() const override { return std::make_unique<Worker>(); }
  [[nodiscard]] std::string explain() const override { return "there is nothing to look for"; }

 private:
  class Worker final : public SimpleFinder {
   public:
    [[nodiscard]] std::optional<Span> find(ByteView, std::size_t) override { return std::nullopt; }
  };
};

}  // namespace

std::shared_ptr<const FinderSource> literal_finder(LiteralSearcher searcher) {
  return std::make_shared<LiteralFinderSource>(std::move(searcher));
}

std::shared_ptr<const FinderSource> literals_finder(std::span<const std::string> literals,
                                                    CaseFolding folding, const ByteSample* sample) {
  if (literals.size() == 1) {
    return literal_finder(
        LiteralSearcher::make(to_bytes(literals.front()), Algorithm::Auto, folding, sample));
  }
  std::vector<ByteView> views;
  views.reserve(literals.size());
  for (const std::string& literal : literals) views.push_back(to_bytes(literal));
  return std::make_shared<MultiLiteralFinderSource>(MultiLiteralSearcher::make(views, folding, sample));
}

std::shared_ptr<const FinderSource> window_finder(const simd::ByteWindow& window) {
  return std::make_shared<WindowFinderSource>(window);
}

std::shared_ptr<const FinderSource> engine_finder(std::shared_ptr<const EngineFactory> factory) {
  return std::make_shared<EngineFinderSource>(std::move(factory));
}

std::shared_ptr<const FinderSource> no_finder() {
  return std::make_shared<NoFinderSource>();
}

}  // namespace folio::pattern
