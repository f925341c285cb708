// SPDX-License-Identifier: Apache-2.0
// Does the work on a file with several names once, whichever thread meets it first.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace folio::cache_detail {

struct FileKey {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  friend auto operator<=>(const FileKey&, const FileKey&) = default;
};

/// Threads: any. REQUIRES: the work on a key does not ask for another key.
template <class Answer>
class Once {
 public:
  /// The answer of the first call for `key`, of which others wait for the end; nothing once it is delivered.
  std::optional<Answer> get(const FileKey& key, const std::function<Answer()>& work) {
    std::unique_lock lock(mutex_);
    const auto [place, is_new] = known_.try_emplace(key);
    Entry& entry = place->second;  // stays where it is
    if (is_new) {
      lock.unlock();
      Answer answer = work();
      lock.lock();
      entry.state = State::Done;
      entry.answer = std::move(answer);
      done_.notify_all();
    }
    done_.wait(lock, [&] { return entry.state != State::Running; });
    return entry.answer;
  }

  /// True at the first call for `key`; the answer is forgotten.
  bool deliver(const FileKey& key) {
    const std::scoped_lock lock(mutex_);
    Entry& entry = known_[key];
    entry.answer.reset();
    return std::exchange(entry.state, State::Delivered) != State::Delivered;
  }

 private:
  enum class State : std::uint8_t { Running, Done, Delivered };
  struct Entry {
    State state = State::Running;
    std::optional<Answer> answer;
  };
  std::mutex mutex_;
  std::condition_variable done_;
  std::map<FileKey, Entry> known_;
};

}  // namespace folio::cache_detail
