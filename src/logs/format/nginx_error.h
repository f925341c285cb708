// SPDX-License-Identifier: Apache-2.0
// nginx's error log: 2023/10/11 14:32:52 [error] 1234#5678: *90 message, client: 192.0.2.1, request: "..."
#pragma once

#include "logs/line_parser.h"

namespace folio::logs {

class NginxErrorParser final : public LineParser {
 public:
  [[nodiscard]] Verdict parse(std::string_view line, Record& record) override;
  [[nodiscard]] std::unique_ptr<LineParser> clone() const override;
  [[nodiscard]] std::uint32_t fields() const override;
};

}  // namespace folio::logs
