// SPDX-License-Identifier: Apache-2.0
// Apache's error log, of 2.4: [Wed Oct 11 14:32:52.123456 2023] [core:error] [pid 35:tid 43] [client
// 192.0.2.1:5678] message, and of 2.2: [Wed Oct 11 14:32:52 2023] [error] [client 192.0.2.1] message.
#pragma once

#include "logs/line_parser.h"

namespace folio::logs {

class ApacheErrorParser final : public LineParser {
 public:
  [[nodiscard]] Verdict parse(std::string_view line, Record& record) override;
  [[nodiscard]] std::unique_ptr<LineParser> clone() const override;
  [[nodiscard]] std::uint32_t fields() const override;
};

}  // namespace folio::logs
