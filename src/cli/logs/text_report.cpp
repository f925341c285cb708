// SPDX-License-Identifier: Apache-2.0
#include "cli/logs/text_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/logs/panel_columns.h"
#include "cli/logs/text_series.h"
#include "cli/logs/times.h"
#include "cli/quantity.h"

namespace folio::cli {

namespace {

constexpr std::size_t kFilesShown = 5;
constexpr std::size_t kRejectsShown = 5;
constexpr std::size_t kNameColumns = 12;

class TextReport {
 public:
  TextReport(const logs::Report& report, const TextOptions& options) : report_(report), options_(options) {}

  std::string text() {
    add_head();
    add_totals();
    add_rejects();
    if (const std::string series = series_text(report_, options_); !series.empty()) {
      add_title((report_.is_web ? "Requests by " : "Lines by ") + report_.series.unit + ", UTC");
      out_ += series;
    }
    for (const logs::Panel& panel : report_.panels) add_panel(panel);
    add_notes();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string safe(std::string_view text) const { return printable(text, options_.glyphs); }

  void add_title(std::string_view title) {
    const std::string text = cut_middle(safe(title), std::max(options_.width, kWidthMin), options_.glyphs);
    out_ += fmt::format("\n{}\n", inked(text, Ink::Title, options_));
  }

  /// "  name      value", the value in as many lines as it needs.
  void add_fact(std::string_view name, const std::string& value) {
    std::string lines = wrapped(value, 2 + kNameColumns, options_);
    std::string label{name};
    pad_to(label, kNameColumns);
    lines.replace(2, kNameColumns, inked(label, Ink::Quiet, options_));
    out_ += lines;
  }

  void add_head() {
    const std::string title =
        cut_middle(safe(report_.format), std::max(options_.width, kWidthMin), options_.glyphs);
    out_ += inked(title, Ink::Title, options_) + "\n";
    out_ += wrapped(safe(report_.format_explanation), 0, options_);
    const std::size_t shown = std::min(report_.files.size(), kFilesShown);
    for (std::size_t i = 0; i < shown; ++i) {
      const std::size_t room = std::max(options_.width, kWidthMin) - 2;
      out_ += fmt::format("  {}\n", cut_middle(safe(report_.files[i]), room, options_.glyphs));
    }
    if (report_.file_count > shown) {
      out_ += fmt::format("  and {} more files\n", format_count(report_.file_count - shown));
    }
    out_ += '\n';
  }

  void add_totals() {
    const logs::Tally& totals = report_.totals;
    add_fact("read", size_text(report_.bytes_read) + ", " + format_count(report_.lines) + " lines");
    add_fact(report_.is_web ? "requests" : "records", format_count(report_.records));
    if (report_.filtered > 0) add_fact("left out", format_count(report_.filtered) + " by the conditions");
    if (report_.rejected > 0) {
      add_fact("rejected", fmt::format("{} ({} of the lines)", format_count(report_.rejected),
                                       share_text(report_.rejected, report_.lines)));
    }
    if (report_.has_time) {
      add_fact("time", fmt::format("{} to {} UTC", utc_text(whole_seconds(report_.first_time)),
                                   utc_text(whole_seconds(report_.last_time))));
    }
    if (report_.visitors) add_fact("visitors", format_count(*report_.visitors));
    if (report_.is_web) add_fact("bytes sent", size_text(totals.bytes));
    add_fact("errors", errors_text());
    if (report_.latency && report_.latency->count > 0) add_fact("latency", summary_text(*report_.latency));
    if (!options_.throughput.empty()) add_fact("speed", safe(options_.throughput));
  }

  [[nodiscard]] static std::string size_text(std::uint64_t bytes) {
    return bytes < 1024 ? format_size(bytes)
                        : fmt::format("{} ({})", format_size(bytes), format_count(bytes));
  }

  [[nodiscard]] std::string errors_text() const {
    const logs::Tally& totals = report_.totals;
    std::string text = format_count(totals.errors) + " (" + share_text(totals.errors, totals.count) + ")";
    if (report_.is_web) text += ", " + format_count(totals.server_errors) + " of them the server's";
    return text;
  }

  [[nodiscard]] static std::string summary_text(const logs::LatencySummary& latency) {
    return fmt::format("p50 {}, p90 {}, p95 {}, p99 {}, p99.9 {}, max {}, mean {}", latency_text(latency.p50),
                       latency_text(latency.p90), latency_text(latency.p95), latency_text(latency.p99),
                       latency_text(latency.p999), latency_text(latency.max),
                       latency_text(static_cast<std::int64_t>(latency.mean)));
  }

  void add_rejects() {
    if (report_.rejects.empty()) return;
    add_title("Rejected lines");
    const std::size_t shown = std::min(report_.rejects.size(), kRejectsShown);
    for (std::size_t i = 0; i < shown; ++i) {
      const logs::RejectCount& reject = report_.rejects[i];
      const std::string place =
          reject.line_number > 0
              ? fmt::format("line {}, byte {}", format_count(reject.line_number), format_count(reject.offset))
              : fmt::format("byte {}", format_count(reject.offset));
      out_ += wrapped(fmt::format("{}  {}; first in {}, {}", format_count(reject.lines), safe(reject.reason),
                                  safe(reject.file), place),
                      2, options_);
    }
    add_more(report_.rejects.size() - shown, "reasons");
  }

  void add_more(std::uint64_t more, std::string_view what) {
    if (more == 0) return;
    std::string text = fmt::format("  and {} more", format_count(more));
    if (!what.empty()) text.append(" ").append(what);
    out_ += inked(text, Ink::Quiet, options_) + "\n";
  }

  void add_panel(const logs::Panel& panel) {
    std::string title = panel.title;
    if (panel.is_ranked) title += fmt::format(" ({})", format_count(panel.distinct));
    add_title(title);
    const std::size_t shown =
        panel.is_ranked ? std::min(panel.rows.size(), options_.rows) : panel.rows.size();
    const std::span rows = std::span{panel.rows}.first(shown);
    TextTable table;
    table.numbers = number_columns(rows, {.has_bytes = panel.has_bytes,
                                          .has_errors = panel.has_errors,
                                          .has_visitors = panel.has_visitors,
                                          .total = panel.total});
    table.key.heading = safe(panel.key);
    std::uint64_t most = 1;
    for (const logs::PanelRow& row : rows) most = std::max(most, row.tally.count);
    for (const logs::PanelRow& row : rows) {
      table.key.cells.push_back(safe(row.key));
      table.bars.push_back(static_cast<double>(row.tally.count) / static_cast<double>(most));
      if (!row.sample.empty()) table.below.resize(rows.size());
    }
    for (std::size_t i = 0; i < table.below.size(); ++i) table.below[i] = sample_lines(rows[i]);
    out_ += table_text(std::move(table), options_);
    if (panel.distinct > shown) add_more(panel.distinct - shown, "");
  }

  /// When a template of messages occurred, and one of them.
  [[nodiscard]] std::vector<std::string> sample_lines(const logs::PanelRow& row) const {
    std::vector<std::string> lines;
    if (row.first_time != 0 || row.last_time != 0) {
      lines.push_back(utc_text(whole_seconds(row.first_time)) + " to " +
                      utc_text(whole_seconds(row.last_time)));
    }
    if (!row.sample.empty()) lines.push_back(safe(row.sample));
    return lines;
  }

  void add_notes() {
    if (report_.notes.empty()) return;
    add_title("Notes");
    for (const std::string& note : report_.notes) out_ += wrapped(safe(note), 2, options_);
  }

  const logs::Report& report_;
  const TextOptions& options_;
  std::string out_;
};

}  // namespace

std::string text_report(const logs::Report& report, const TextOptions& options) {
  return TextReport{report, options}.text();
}

}  // namespace folio::cli
