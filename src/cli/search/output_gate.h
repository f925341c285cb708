// SPDX-License-Identifier: Apache-2.0
// Lets the results of many files, which are searched at the same time, leave one after the other.
//
// Ownership: the gate must outlive its FileOutputs. Threads: any number of FileOutputs at once, each on its
// own thread. Memory: what waits for its turn is bounded; a file with much to show takes the gate and writes
// directly.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "cli/output.h"
#include "folio/scan.h"

namespace folio::cli {

class OutputGate {
 public:
  enum class Order : std::uint8_t {
    Any,      ///< As files are done.
    ByIndex,  ///< 0, 1, 2, ...: every index has to be finished once.
  };
  OutputGate(Output& output, Order order) : output_(output), order_(order) {}

  /// Waits for the turn of file `index`, and keeps others out until pass_on().
  void enter(std::uint64_t index);
  void pass_on(std::uint64_t index);
  /// Writes. REQUIRES: between enter() and pass_on().
  Flow write(std::string_view text);
  /// Hands over all that a file has to show, without waiting for its turn if that can be avoided.
  void leave(std::uint64_t index, std::string separator, std::string text);
  /// Whether another file's text was the last. REQUIRES: between enter() and pass_on().
  [[nodiscard]] bool is_behind_other(std::uint64_t index) const { return written_ > 0 && last_ != index; }
  [[nodiscard]] bool is_closed();
  [[nodiscard]] Order order() const { return order_; }
  /// Writes when all files are done.
  void write_last(std::string_view text);
  [[nodiscard]] std::uint64_t written();

 private:
  struct Waiting {
    std::string separator;
    std::string text;
  };
  [[nodiscard]] bool may_enter(std::uint64_t index) const;
  void write_file(std::uint64_t index, const Waiting& file);
  void write_waiting();

  static constexpr std::size_t kWaitingMax = 16U << 20;

  Output& output_;
  Order order_;
  std::mutex mutex_;
  std::condition_variable turn_;
  enum class State : std::uint8_t { Free, Taken } state_ = State::Free;
  enum class Reader : std::uint8_t { There, Gone } reader_ = Reader::There;
  std::uint64_t next_ = 0;
  std::uint64_t written_ = 0;
  std::uint64_t last_ = 0;  // whose text was written last
  std::map<std::uint64_t, Waiting> waiting_;
  std::size_t waiting_size_ = 0;
};

/// What one file has to show.
class FileOutput {
 public:
  /// `separator` is written before the first text if another file's text came before.
  FileOutput(OutputGate& gate, std::uint64_t index, std::string separator)
      : gate_(gate), index_(index), separator_(std::move(separator)) {}
  FileOutput(const FileOutput&) = delete;
  FileOutput& operator=(const FileOutput&) = delete;
  ~FileOutput();

  /// Flow::Stop where nobody reads on.
  Flow write(std::string_view text);
  /// Everything written so far leaves now, and what follows leaves at once.
  Flow claim() { return state_ == State::Inside || buffer_.empty() ? Flow::Continue : enter(); }
  /// Everything written so far leaves now, and others may follow. REQUIRES: Order::Any, and no claim().
  Flow flush();
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  static constexpr std::size_t kBufferMax = 1U << 20;

  Flow enter();

  OutputGate& gate_;
  std::uint64_t index_;
  std::string separator_;
  std::string buffer_;
  std::uint64_t size_ = 0;
  enum class State : std::uint8_t { Buffering, Inside } state_ = State::Buffering;
};

}  // namespace folio::cli
