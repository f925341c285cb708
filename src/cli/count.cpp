// SPDX-License-Identifier: Apache-2.0
// folio count: wc's answers in wc's format.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress_line.h"
#include "cli/scan_flags.h"
#include "cli/text.h"
#include "folio/count.h"

namespace folio::cli {

namespace {

struct CountFlags {
  ScanFlags scan;
  std::vector<std::string> files;
  bool lines = false;
  bool words = false;
  bool characters = false;
  bool bytes = false;
  bool longest_line = false;
};

struct Column {
  CountField field;
  std::string_view name;
  std::uint64_t Counts::* value;
};

// In wc's order, whatever the order of the flags.
constexpr std::array kColumns{Column{CountField::Lines, "lines", &Counts::lines},
                              Column{CountField::Words, "words", &Counts::words},
                              Column{CountField::Characters, "characters", &Counts::characters},
                              Column{CountField::Bytes, "bytes", &Counts::bytes},
                              Column{CountField::LongestLine, "longest_line", &Counts::longest_line}};

CountFields fields_of(const CountFlags& flags) {
  CountFields fields;
  if (flags.lines) fields.add(CountField::Lines);
  if (flags.words) fields.add(CountField::Words);
  if (flags.characters) fields.add(CountField::Characters);
  if (flags.bytes) fields.add(CountField::Bytes);
  if (flags.longest_line) fields.add(CountField::LongestLine);
  return fields.empty() ? CountFields::usual() : fields;
}

std::vector<Column> columns_of(CountFields fields) {
  std::vector<Column> columns;
  std::copy_if(kColumns.begin(), kColumns.end(), std::back_inserter(columns),
               [&](const Column& column) { return fields.contains(column.field); });
  return columns;
}

// wc's rule: as wide as the sum of the regular files' sizes needs, at least 7 where another kind of file is
// among them, and 1 for a single number. The files are asked before any is opened: there may be more than
// descriptors.
std::size_t column_width(const std::vector<std::string>& names, std::size_t columns) {
  if (names.size() == 1 && columns == 1) return 1;
  std::uint64_t total = 0;
  std::size_t least = 1;
  for (const std::string& name : names) {
    std::error_code missing;
    const std::filesystem::path path = name == "-" ? "/dev/stdin" : name;
    const auto status = std::filesystem::status(path, missing);
    if (missing || !std::filesystem::exists(status)) continue;
    if (std::filesystem::is_regular_file(status)) {
      const std::uintmax_t size = std::filesystem::file_size(path, missing);
      if (!missing) total += size;
    } else {
      least = 7;
    }
  }
  return std::max(least, std::to_string(total).size());
}

void add_to(Counts& total, const Counts& counts) {
  total.lines += counts.lines;
  total.words += counts.words;
  total.characters += counts.characters;
  total.bytes += counts.bytes;
  total.longest_line = std::max(total.longest_line, counts.longest_line);
}

class CountCommand {
 public:
  explicit CountCommand(const CountFlags& flags)
      : flags_(flags), fields_(fields_of(flags)), columns_(columns_of(fields_)) {}

  ExitStatus run() {
    const bool is_unnamed = flags_.files.empty();
    const std::vector<std::string> names = is_unnamed ? std::vector<std::string>{"-"} : flags_.files;
    width_ = column_width(names, columns_.size());
    Counts total;
    for (const std::string& name : names) {
      if (const auto counts = count(name, is_unnamed ? "" : name)) add_to(total, *counts);
      if (status_ == ExitStatus::Interrupted) return status_;
    }
    if (names.size() > 1) show(flags_.scan.json ? total_line(total) : row(total, "total"));
    return output_.finish(status_);
  }

 private:
  std::optional<Counts> count(const std::string& name, const std::string& shown) {
    const auto fail = [&](const Error& error) {
      status_ = graver(status_, tell_error(error));
      return std::nullopt;
    };
    const auto file = open_input(name);
    if (!file) return fail(file.error());
    ProgressLine progress(name, flags_.scan.progress);
    ScanOptions options = scan_options(flags_.scan);
    options.progress = progress.counters();
    const auto counted = count_file(*file, fields_, options);
    progress.finish();
    if (!counted) return fail(counted.error());
    const ScanReport& report = counted->report;
    status_ = graver(status_, tell_report(name == "-" ? "standard input" : name, report, flags_.scan));
    consume(name, *file, report);
    if (status_ == ExitStatus::Interrupted) return std::nullopt;
    show(flags_.scan.json ? json_line(counted->value, report, shown) : row(counted->value, shown));
    return counted->value;
  }

  void show(const std::string& text) { output_.write(text); }

  [[nodiscard]] std::string row(const Counts& counts, const std::string& name) const {
    std::string line;
    for (const Column& column : columns_) {
      fmt::format_to(std::back_inserter(line), "{}{:>{}}", line.empty() ? "" : " ", counts.*column.value,
                     width_);
    }
    if (!name.empty()) line += " " + quoted_name(name);
    return line + "\n";
  }

  void append_counts(std::string& line, const Counts& counts) const {
    for (const Column& column : columns_) {
      fmt::format_to(std::back_inserter(line), "\"{}\":{},", column.name, counts.*column.value);
    }
  }

  [[nodiscard]] std::string json_line(const Counts& counts, const ScanReport& report,
                                      const std::string& name) const {
    std::string line = R"({"schema":"folio.count/1","type":"file","path":)";
    append_json_bytes(line, name.empty() ? "-" : name);
    line += ',';
    append_counts(line, counts);
    append_json_coverage(line, report);
    return line + "}\n";
  }

  [[nodiscard]] std::string total_line(const Counts& counts) const {
    std::string line = R"({"schema":"folio.count/1","type":"total",)";
    append_counts(line, counts);
    line.back() = '}';
    return line + "\n";
  }

  const CountFlags& flags_;
  CountFields fields_;
  std::vector<Column> columns_;
  std::size_t width_ = 1;
  ExitStatus status_ = ExitStatus::Success;
  Output output_;
};

void add_flags(CLI::App& app, CountFlags& flags) {
  add_files(app, flags.files, "Files to count; - or none: standard input");
  app.add_flag("-l,--lines", flags.lines, "Newlines");
  app.add_flag("-w,--words", flags.words, "Words");
  app.add_flag("-m,--chars", flags.characters, "UTF-8 characters");
  app.add_flag("-c,--bytes", flags.bytes, "Bytes");
  app.add_flag("-L,--max-line-length", flags.longest_line, "Columns of the longest line");
  add_scan_flags(app, flags.scan);
  app.footer(
      "Without a choice: lines, words and bytes. The answers and their format are those of GNU wc in the "
      "locale C.UTF-8,\n"
      "whatever locale is set: a byte that is not part of a UTF-8 character counts as a byte only, and "
      "neither begins\n"
      "nor ends a word."
      "\nWith --range the bytes of the range are counted as if they were the file.\n"
      "Exit status: 0 done; 2 wrong usage or an error; 3 a file changed while it was read, and the numbers "
      "are those of\n"
      "the bytes that standard error names.");
}

}  // namespace

ExitStatus run_count(Words words) {
  CountFlags flags;
  CLI::App app{"Counts lines, words, characters, bytes and the longest line, on all cores.", "folio count"};
  add_flags(app, flags);
  if (const auto done = parse(app, words)) return *done;
  return CountCommand(flags).run();
}

}  // namespace folio::cli
