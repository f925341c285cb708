// SPDX-License-Identifier: Apache-2.0
// A file that is still written to, as a stream that goes on across rotation, as `tail -F` does.
//
// The stream never ends. Each line that is written to the file, or to what replaces it under its name, comes
// once: a file that was renamed is read to its end, then the one that took its name from its beginning, in
// the order in which they had the name; also those that had it for a moment only. A file that was cut (as
// `copytruncate` of logrotate does) is read again from its beginning. Between the bytes of two files stands a
// line's end, also where the writer left none.
//
// What can't be had: bytes that were cut off before they were read; a file that was cut and has grown past
// the place where reading stood before somebody looked (it looks as if it had only grown); files that came
// and went between two looks where the kernel does not tell (network file systems) or tells too much at once.
// Ownership: owns what it opens. Threads: one call at a time; events are told on the thread that reads.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "folio/error.h"
#include "folio/stream.h"

namespace folio {

struct FollowOptions {
  enum class From : std::uint8_t { Begin, End };
  enum class Notice : std::uint8_t {
    Auto,     ///< The kernel tells, where it can.
    Looking,  ///< Only by looking.
  };
  /// Where to begin in a file that is there already. One that comes later is read from its beginning.
  From from = From::End;
  Notice notice = Notice::Auto;
  /// A look at the file and its name at least so often, whatever the kernel tells.
  std::chrono::milliseconds interval{1000};
  /// A file that has lost its name is given up when it was quiet for so long and its successor has content.
  std::chrono::milliseconds quiet{250};
  std::byte line_end{'\n'};
  /// Told, in a sentence, when the file is rotated, cut, gone or back. May be empty.
  std::function<void(std::string_view)> on_event;
};

/// The file need not be there yet. Fails where `path` is there and is not a file that can be followed.
[[nodiscard]] Result<std::unique_ptr<ByteStream>> follow(const std::filesystem::path& path,
                                                         FollowOptions options = {});

}  // namespace folio
