// SPDX-License-Identifier: Apache-2.0
#include "pattern/naive.h"

namespace folio::pattern {

std::size_t Naive::find(ByteView haystack, std::size_t from) const {
  return with_folding(folding_, [&](auto fold) {
    for (std::size_t at = from; at <= haystack.size() && haystack.size() - at >= needle_.size(); ++at) {
      std::size_t length = 0;
      while (length < needle_.size() && fold(haystack[at + length]) == needle_[length]) ++length;
      if (length == needle_.size()) return at;
    }
    return kNotFound;
  });
}

}  // namespace folio::pattern
