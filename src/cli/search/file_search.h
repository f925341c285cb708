// SPDX-License-Identifier: Apache-2.0
// The search of one file, and what is shown of it.
#pragma once

#include <string>

#include "cli/search/job.h"
#include "cli/search/output_gate.h"
#include "folio/file.h"
#include "os/file_loader.h"

namespace folio::cli {

class FileSearch {
 public:
  /// `name` is the file's as it is shown; `index` its place in the order of files.
  FileSearch(const SearchJob& job, OutputGate& gate, Verdict& verdict, std::string name, std::uint64_t index);

  /// A file whose content is in memory.
  void search_bytes(LineSearcher& searcher, ByteView content, WalkOrigin origin,
                    const os::FileLoader& loader);
  /// A file or a stream, by the engine. `options` says how it is read.
  void search_input(ScanInput input, const ScanOptions& scan);
  /// What arrives on a stream is not kept until there is more of it.
  void show_at_once() { flushing_ = Flushing::AtOnce; }
  void follow(ByteStream& stream);
  void fail(const Error& error);

 private:
  [[nodiscard]] LineRenderer renderer() const;
  [[nodiscard]] SearchOptions options(const ScanOptions& scan) const;
  [[nodiscard]] Result<SearchSummary> run(ScanInput input, const Pattern& pattern,
                                          const SearchOptions& options);
  [[nodiscard]] std::optional<std::uint64_t> binary_of(const File& file) const;
  Flow show(std::string_view text);
  void begin();
  void finish(const SearchSummary& summary, std::uint64_t bytes);
  void show_result(const SearchSummary& summary);
  void show_count(std::uint64_t count);
  [[nodiscard]] std::string shown_name() const;
  [[nodiscard]] SearchTotals totals(const SearchSummary& summary, std::uint64_t bytes) const;

  const SearchJob& job_;
  Verdict& verdict_;
  std::string name_;
  std::string quoted_;
  FileOutput output_;
  std::optional<std::uint64_t> binary_offset_;
  enum class Begun : std::uint8_t { No, Yes } begun_ = Begun::No;
  enum class Flushing : std::uint8_t { Late, AtOnce, InTurns } flushing_ = Flushing::Late;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace folio::cli
