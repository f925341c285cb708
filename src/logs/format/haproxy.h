// SPDX-License-Identifier: Apache-2.0
// Lines of HAProxy, which usually stand behind a header of syslog: it is skipped.
#pragma once

#include <memory>
#include <utility>

#include "logs/line_parser.h"

namespace folio::logs {

class HaproxyParser final : public LineParser {
 public:
  explicit HaproxyParser(std::unique_ptr<LineParser> inner) : inner_(std::move(inner)) {}

  [[nodiscard]] Verdict parse(std::string_view line, Record& record) override;
  [[nodiscard]] std::unique_ptr<LineParser> clone() const override;
  [[nodiscard]] std::uint32_t fields() const override { return inner_->fields(); }

 private:
  std::unique_ptr<LineParser> inner_;
};

}  // namespace folio::logs
