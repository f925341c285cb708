// SPDX-License-Identifier: Apache-2.0
// The actions of `folio cache`.
#pragma once

#include "cli/words.h"

namespace folio::cli {

ExitStatus run_cache_status(Words words);
ExitStatus run_cache_load(Words words);
ExitStatus run_cache_evict(Words words);
ExitStatus run_cache_lock(Words words);

}  // namespace folio::cli
