// SPDX-License-Identifier: Apache-2.0
// The scan engine: delivers a file or a stream to a function in chunks of whole records, on all cores, and
// brings the results together in file order.
//
// Ownership: the File or ByteStream must outlive the call. Chunk::bytes is valid during the call that it is
// passed to, no longer. Threads: the functions given to a scan run on several threads at once (fold, process)
// or on one at a time, in file order (merge, emit); chunks are numbered in file order. A scan returns when
// all its threads have ended. Errors: a scan that cannot start returns an Error. One that ends early
// (truncation, I/O error, cancellation, record too long) returns a ScanReport whose `problem` says why and
// whose `covered` says which bytes the result is right for: nothing behind them was merged or emitted. A file
// that is written to is no snapshot: one that is cut and has grown again between two looks at it (one a
// chunk) cannot be told from one that was only cut to what it has now. Same result for every access method,
// thread count and chunk size. That is a promise, and tested. Exceptions thrown by the given functions stop
// the scan and leave it on the calling thread.
#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "folio/bytes.h"
#include "folio/error.h"
#include "folio/file.h"
#include "folio/stream.h"

namespace folio {

/// How the bytes of a file are reached.
enum class Access : std::uint8_t {
  Auto,    ///< Decided from the file and the machine, and by a probe on the first chunks.
  Map,     ///< Guarded memory mapping.
  Read,    ///< pread into page-aligned, reused buffers.
  Uring,   ///< io_uring with registered buffers and several reads under way.
  Direct,  ///< O_DIRECT, past the page cache; for files larger than memory.
  Stream,  ///< Sequential read: pipes, sockets, terminals, /proc.
};

[[nodiscard]] std::string_view access_name(Access access);
[[nodiscard]] std::optional<Access> parse_access(std::string_view name);

/// What a record is. A record belongs to the chunk in which its first byte lies and is delivered whole.
struct Records {
  enum class Kind : std::uint8_t {
    None,       ///< Any byte may be the last of a chunk.
    Delimited,  ///< Ends with `delimiter`, which belongs to it; the last one may lack it.
    Fixed,      ///< `size` bytes each, counted from the beginning of the file; the last one may be shorter.
    Whole,      ///< All bytes of the range together are one record, delivered as one chunk.
  };
  Kind kind = Kind::Delimited;
  std::byte delimiter{'\n'};
  std::uint64_t size = 0;

  [[nodiscard]] static constexpr Records none() { return {Kind::None, std::byte{0}, 0}; }
  [[nodiscard]] static constexpr Records lines() { return {}; }
  [[nodiscard]] static constexpr Records delimited(std::byte by) { return {Kind::Delimited, by, 0}; }
  [[nodiscard]] static constexpr Records fixed(std::uint64_t size) {
    return {Kind::Fixed, std::byte{0}, size};
  }
  [[nodiscard]] static constexpr Records whole() { return {Kind::Whole, std::byte{0}, 0}; }
};

/// Counters that another thread may read while a scan runs. Bytes of the range that was asked for: `done`
/// counts those whose results have been emitted; `total` is 0 where it is not known.
struct ScanProgress {
  std::atomic<std::uint64_t> total{0};
  std::atomic<std::uint64_t> done{0};
};

struct ScanOptions {
  Access access = Access::Auto;
  unsigned threads = 0;          ///< 0: as many as the process may use.
  std::uint64_t chunk_size = 0;  ///< Bytes; 0: chosen by the plan.
  /// Part of the file; cut to its size. Default: all of it from its start offset, where a record is taken to
  /// begin.
  std::optional<ByteRange> range = std::nullopt;
  Records records = Records::lines();
  /// Bytes; a longer record ends the scan with RecordTooLong. No limit for a whole file that is mapped.
  std::uint64_t record_size_max = 1ULL << 30;
  std::stop_token stop = {};         ///< Ends the scan with Cancelled.
  ScanProgress* progress = nullptr;  ///< Optional; must outlive the scan.
};

/// A file that is scanned more than once. Keeps between the scans what the first one had to make: where the
/// file can be mapped, its mapping, whose pages need no second fault. Ownership: the File must outlive it,
/// and it must outlive its scans. Threads: one scan at a time. Memory: addresses, and page tables of 1/512 of
/// the file at most; the pages themselves remain the page cache's.
class ScanSession {
 public:
  /// `access` as in ScanOptions: Auto and Map keep a mapping where the file lies on a disk or in memory and
  /// fits into the memory that may be used; otherwise every scan opens the file's bytes anew.
  [[nodiscard]] static Result<ScanSession> open(const File& file, Access access = Access::Auto);
  ScanSession(ScanSession&& other) noexcept;
  ScanSession& operator=(ScanSession&& other) noexcept;
  ScanSession(const ScanSession&) = delete;
  ScanSession& operator=(const ScanSession&) = delete;
  ~ScanSession();

  [[nodiscard]] const File& file() const { return *file_; }

  struct State;
  /// For the engine.
  [[nodiscard]] State* state() const { return state_.get(); }

 private:
  ScanSession(const File& file, std::unique_ptr<State> state);
  const File* file_;
  std::unique_ptr<State> state_;
};

/// What a scan reads: a file, once or in a session, or the bytes of a stream, which are counted from 0. A
/// reference, no more. The file is looked at again at the end; whether what a stream is made of was changed,
/// the stream has to know. A problem that the stream reports keeps its offset where it has one: compressed
/// data is damaged at a place in the compressed data.
class ScanInput {
 public:
  ScanInput(const File& file) : file_(&file) {}        // NOLINT(google-explicit-constructor)
  ScanInput(ByteStream& stream) : stream_(&stream) {}  // NOLINT(google-explicit-constructor)
  ScanInput(const ScanSession& session)                // NOLINT(google-explicit-constructor)
      : file_(&session.file()), session_(&session) {}

  /// Null where it is a stream.
  [[nodiscard]] const File* file() const { return file_; }
  /// Null where it is a file.
  [[nodiscard]] ByteStream* stream() const { return stream_; }
  /// Null where the file is read once.
  [[nodiscard]] const ScanSession* session() const { return session_; }
  [[nodiscard]] const std::string& name() const { return file_ != nullptr ? file_->path() : stream_->name(); }

 private:
  const File* file_ = nullptr;
  ByteStream* stream_ = nullptr;
  const ScanSession* session_ = nullptr;
};

/// Whole records, in file order of `index`. `offset` is the file offset of the first byte.
struct Chunk {
  ByteView bytes;
  std::uint64_t offset = 0;
  std::uint64_t index = 0;
  unsigned worker = 0;  ///< 0 .. threads - 1.
};

/// The decision how to read a file.
struct Plan {
  Access access = Access::Read;
  bool probes = false;  ///< Maps some chunks and reads others, and goes on with the cheaper way.
  std::uint64_t chunk_size = 0;
  unsigned threads = 1;
  std::string_view why;  ///< One sentence; static text.
};

/// What happened. Sizes in bytes, faults of the scan's threads only.
struct ScanStats {
  std::uint64_t bytes = 0;  ///< Delivered in chunks.
  double seconds = 0;
  Access access = Access::Auto;  ///< The one that delivered most chunks.
  unsigned threads = 0;
  std::uint64_t chunks = 0;
  std::uint64_t chunk_size = 0;
  std::uint64_t minor_faults = 0;
  std::uint64_t major_faults = 0;
  std::uint64_t peak_anonymous = 0;  ///< Of the whole process, sampled; 0 after a scan of few chunks.
};

struct ScanReport {
  Plan plan;
  std::vector<std::string> notes;  ///< Fallbacks and findings, a sentence each.
  ScanStats stats;
  ByteRange covered;  ///< The result is right for these bytes, and these only; none with Errc::Modified.
  FileChange change = FileChange::None;
  std::optional<Error> problem;  ///< Why the scan did not reach the end, or cannot vouch for what it read.

  [[nodiscard]] bool complete() const { return !problem; }
};

/// The plan that a scan of `input` would follow.
[[nodiscard]] Result<Plan> plan_scan(ScanInput input, const ScanOptions& options = {});

enum class Flow : std::uint8_t { Continue, Stop };

/// What a `process` function of an ordered scan may ask of the engine while it works on its chunk.
class ChunkTurn {
 public:
  /// Sum of measure() over all that comes before the chunk at hand; waits until it has been measured. Any
  /// value if the scan was stopped.
  [[nodiscard]] virtual std::uint64_t prefix() = 0;
  /// Publishes the block as it is now, for source bytes before file offset `done`: waits until all earlier
  /// chunks have been emitted, makes sure that the source was intact up to there, and calls emit. Lets a long
  /// result of one chunk leave in pieces, so that memory stays bounded. After Flow::Stop the function must
  /// return at once, and whatever it put into the block since is thrown away. If the source was damaged, it
  /// is called again with the rest that is valid.
  [[nodiscard]] virtual Flow publish(std::uint64_t done) = 0;
  /// Bytes that a block should hold before publish() is called. Keeps the memory of all blocks together
  /// bounded.
  [[nodiscard]] virtual std::size_t budget() const = 0;

 protected:
  ~ChunkTurn() = default;
};

namespace scan_detail {

/// The functions of one scan with their types erased. Slots are numbered 0 .. slots - 1.
struct Handlers {
  std::function<std::uint64_t(const Chunk&)> measure;                       // may be empty
  std::function<void(const Chunk&, std::size_t slot, ChunkTurn&)> process;  // parallel
  std::function<Flow(std::size_t slot, ByteRange source)> emit;             // one at a time, in file order
  std::function<void(std::size_t slots)> prepare;                           // once, before the first chunk
};

[[nodiscard]] Result<ScanReport> run(ScanInput input, const ScanOptions& options, const Handlers& handlers);

}  // namespace scan_detail

/// Ordered form. `process(const Chunk&, Block&, ChunkTurn&)` fills a block that was reset by `Block::clear()`
/// (the memory of a block is used again); `emit(Block&, ByteRange source)` gets the blocks in file order and
/// may end the scan early with Flow::Stop, which is no problem. `measure(const Chunk&)`, if given, runs
/// before process where another chunk may follow; its sums over the earlier chunks are what
/// ChunkTurn::prefix() returns (line numbers, for instance).
template <class Block, class Process, class Emit>
[[nodiscard]] Result<ScanReport> scan_ordered(ScanInput input, const ScanOptions& options, Process process,
                                              Emit emit,
                                              std::function<std::uint64_t(const Chunk&)> measure = {}) {
  std::vector<Block> blocks;
  scan_detail::Handlers handlers;
  handlers.measure = std::move(measure);
  handlers.prepare = [&](std::size_t slots) { blocks.resize(slots); };
  handlers.process = [&](const Chunk& chunk, std::size_t slot, ChunkTurn& turn) {
    blocks[slot].clear();
    process(chunk, blocks[slot], turn);
  };
  handlers.emit = [&](std::size_t slot, ByteRange source) {
    const Flow flow = emit(blocks[slot], source);
    blocks[slot].clear();
    return flow;
  };
  return scan_detail::run(input, options, handlers);
}

/// A value that a reduction can bring together. `a.merge(b)` appends b, which comes after a in the file.
template <class T>
concept Partial =
    std::default_initializable<T> && std::movable<T> && requires(T a, T b) { a.merge(std::move(b)); };

template <class T>
struct Reduced {
  T value{};
  ScanReport report;
};

/// Reduce form. `fold(Part&, const Chunk&)` turns a chunk into a fresh Part, in parallel; the Parts are
/// merged in file order, so that merge only has to be associative.
template <Partial Part, class Fold>
[[nodiscard]] Result<Reduced<Part>> scan_reduce(ScanInput input, const ScanOptions& options, Fold fold) {
  struct Block {
    Part part{};
    void clear() { part = Part{}; }
  };
  Part total{};
  auto report = scan_ordered<Block>(
      input, options, [&](const Chunk& chunk, Block& block, ChunkTurn&) { fold(block.part, chunk); },
      [&](Block& block, ByteRange) {
        total.merge(std::move(block.part));
        return Flow::Continue;
      });
  if (!report) return std::unexpected(std::move(report).error());
  return Reduced<Part>{std::move(total), std::move(*report)};
}

}  // namespace folio
