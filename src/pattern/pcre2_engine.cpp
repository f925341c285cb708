// SPDX-License-Identifier: Apache-2.0
// Calls PCRE2.
#include "pattern/pcre2_engine.h"

#define PCRE2_CODE_UNIT_WIDTH 8  // NOLINT: names the library's variant
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "pattern/pattern_error.h"

namespace folio::pattern {
namespace {

constexpr std::size_t kJitStackFirst = 32 << 10;
constexpr std::size_t kJitStackMost = 1 << 20;

template <class T, void (*kFree)(T*)>
struct Freer {
  void operator()(T* object) const { kFree(object); }
};
template <class T, void (*kFree)(T*)>
using Owned = std::unique_ptr<T, Freer<T, kFree>>;

using Code = Owned<pcre2_code, pcre2_code_free>;
using CompileContext = Owned<pcre2_compile_context, pcre2_compile_context_free>;
using MatchContext = Owned<pcre2_match_context, pcre2_match_context_free>;
using MatchData = Owned<pcre2_match_data, pcre2_match_data_free>;
using JitStack = Owned<pcre2_jit_stack, pcre2_jit_stack_free>;

PCRE2_SPTR units_of(std::string_view text) {
  // SAFETY: unsigned char may alias any object.
  return reinterpret_cast<PCRE2_SPTR>(text.data() == nullptr ? "" : text.data());
}

std::string message_of(int code) {
  std::array<PCRE2_UCHAR, 256> buffer{};
  pcre2_get_error_message(code, buffer.data(), buffer.size());
  // SAFETY: PCRE2 ends the message with a zero inside the buffer.
  return reinterpret_cast<const char*>(buffer.data());
}

struct Compiled {
  Code code;
  PerlOptions options;
  bool has_jit = false;
  std::vector<std::string> names;
};

class PerlEngine final : public Engine {
 public:
  explicit PerlEngine(std::shared_ptr<const Compiled> compiled)
      : compiled_{std::move(compiled)},
        context_{pcre2_match_context_create(nullptr)},
        data_{pcre2_match_data_create_from_pattern(compiled_->code.get(), nullptr)} {
    if (!context_ || !data_) throw std::bad_alloc{};
    pcre2_set_match_limit(context_.get(), compiled_->options.match_limit);
    pcre2_set_heap_limit(context_.get(), compiled_->options.heap_limit_kib);
    if (!compiled_->has_jit) return;
    jit_stack_.reset(pcre2_jit_stack_create(kJitStackFirst, kJitStackMost, nullptr));
    if (!jit_stack_) throw std::bad_alloc{};
    pcre2_jit_stack_assign(context_.get(), nullptr, jit_stack_.get());
  }

  [[nodiscard]] bool is_match(ByteView text) override { return match(text, 0); }

  [[nodiscard]] std::optional<Span> find(ByteView text, std::size_t from) override {
    if (!match(text, from)) return std::nullopt;
    return group(0);
  }

  [[nodiscard]] bool captures(ByteView text, std::size_t from, std::span<Span> groups) override {
    if (!match(text, from)) return false;
    const std::size_t known = pcre2_get_ovector_count(data_.get());
    for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = i < known ? group(i) : Span{};
    return true;
  }

  [[nodiscard]] std::optional<Error> take_failure() override { return std::exchange(failure_, std::nullopt); }

 private:
  bool match(ByteView text, std::size_t from) {
    const int status = pcre2_match(compiled_->code.get(), units_of(to_text(text)), text.size(), from, 0,
                                   data_.get(), context_.get());
    if (status >= 0) return true;
    if (status != PCRE2_ERROR_NOMATCH && !failure_) failure_ = pattern_error(reason(status)).error();
    return false;
  }

  // \K inside look-around can put a match's begin behind its end.
  [[nodiscard]] Span group(std::size_t index) const {
    const std::size_t* places = pcre2_get_ovector_pointer(data_.get());
    const Span span{places[2 * index], places[2 * index + 1]};
    if (span.begin == PCRE2_UNSET || span.end == PCRE2_UNSET) return {};
    return {std::min(span.begin, span.end), span.end};
  }

  [[nodiscard]] std::string reason(int status) const {
    switch (status) {
      case PCRE2_ERROR_MATCHLIMIT:
        return "the pattern needs more than " + std::to_string(compiled_->options.match_limit) +
               " steps on one line; without -P it may do with fewer";
      case PCRE2_ERROR_DEPTHLIMIT:
      case PCRE2_ERROR_HEAPLIMIT:
      case PCRE2_ERROR_JIT_STACKLIMIT:
        return "the pattern needs more memory than it may have on one line; without -P it may do with less";
      default:
        return "PCRE2 gave the search up: " + message_of(status);
    }
  }

  std::shared_ptr<const Compiled> compiled_;
  MatchContext context_;
  MatchData data_;
  JitStack jit_stack_;
  std::optional<Error> failure_;
};

class PerlEngineFactory final : public EngineFactory {
 public:
  explicit PerlEngineFactory(std::shared_ptr<const Compiled> compiled) : compiled_{std::move(compiled)} {}

  [[nodiscard]] std::unique_ptr<Engine> make() const override {
    return std::make_unique<PerlEngine>(compiled_);
  }
  [[nodiscard]] const std::vector<std::string>& capture_names() const override { return compiled_->names; }
  [[nodiscard]] std::string describe() const override {
    return compiled_->has_jit ? "PCRE2 with JIT" : "PCRE2";
  }

 private:
  std::shared_ptr<const Compiled> compiled_;
};

std::uint32_t compile_flags(const PerlOptions& options) {
  std::uint32_t flags = PCRE2_NEVER_BACKSLASH_C;
  if (options.letter_case == PerlOptions::Case::Insensitive) flags |= PCRE2_CASELESS;
  if (options.characters == PerlOptions::Characters::Unicode) {
    flags |= PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF;
  }
  if (options.anchors == PerlOptions::Anchors::Line) flags |= PCRE2_MULTILINE;
  if (options.dot == PerlOptions::Dot::Any) flags |= PCRE2_DOTALL;
  return flags;
}

std::uint32_t extra_flags(const PerlOptions& options) {
  if (options.whole == PerlOptions::Whole::Word) return PCRE2_EXTRA_MATCH_WORD;
  return options.whole == PerlOptions::Whole::Line ? PCRE2_EXTRA_MATCH_LINE : 0;
}

std::unexpected<Error> compile_error(int code, std::string_view pattern, std::size_t offset,
                                     PerlOptions::Characters characters) {
  std::size_t position = std::min(offset, pattern.size());
  if (characters == PerlOptions::Characters::Unicode) {
    const auto before = pattern.substr(0, position);
    position = static_cast<std::size_t>(
        std::ranges::count_if(before, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }
  return pattern_error("the pattern is not valid at position " + std::to_string(position + 1) + ": " +
                       message_of(code));
}

std::vector<std::string> group_names(const pcre2_code* code) {
  std::uint32_t groups = 0;
  std::uint32_t count = 0;
  std::uint32_t entry_size = 0;
  PCRE2_SPTR table = nullptr;
  pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
  pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
  pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &entry_size);
  pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, static_cast<void*>(&table));
  std::vector<std::string> names(groups);
  for (std::uint32_t i = 0; i < count; ++i, table += entry_size) {
    const std::size_t index = std::size_t{table[0]} << 8 | table[1];
    // SAFETY: an entry is two bytes of number and a name that a zero ends.
    if (index >= 1 && index <= groups) names[index - 1] = reinterpret_cast<const char*>(table + 2);
  }
  return names;
}

}  // namespace

Result<std::unique_ptr<EngineFactory>> make_perl_engine_factory(std::string_view pattern,
                                                                const PerlOptions& options) {
  const CompileContext context{pcre2_compile_context_create(nullptr)};
  if (!context) throw std::bad_alloc{};
  pcre2_set_compile_extra_options(context.get(), extra_flags(options));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  int code = 0;
  std::size_t offset = 0;
  auto compiled = std::make_shared<Compiled>();
  compiled->options = options;
  compiled->code.reset(pcre2_compile(units_of(pattern), pattern.size(), compile_flags(options), &code,
                                     &offset, context.get()));
  if (!compiled->code) return compile_error(code, pattern, offset, options.characters);
  compiled->has_jit = pcre2_jit_compile(compiled->code.get(), PCRE2_JIT_COMPLETE) == 0;
  compiled->names = group_names(compiled->code.get());
  return std::make_unique<PerlEngineFactory>(std::move(compiled));
}

}  // namespace folio::pattern
