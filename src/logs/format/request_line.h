// SPDX-License-Identifier: Apache-2.0
// "GET /index.html HTTP/1.1", taken apart. Whatever a client sent is accepted: what is no request line is a
// target as a whole.
#pragma once

#include <string_view>

#include "logs/record.h"

namespace folio::logs {

/// Sets Method, Target and Protocol where they are there; none for an empty text and "-".
void set_request(std::string_view request, Record& record);

}  // namespace folio::logs
