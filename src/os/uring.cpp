// SPDX-License-Identifier: Apache-2.0
#include "os/uring.h"

#include <liburing.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>
#include <vector>

#include "core/try.h"
#include "os/aligned_buffer.h"

namespace folio::os {

namespace {
constexpr std::uint64_t kNobody = UINT64_MAX;  // completions that nobody waits for
}

struct UringQueue::Ring {
  io_uring uring{};
  int descriptor = -1;
  std::uint64_t buffer_size = 0;
  AlignedBuffer memory;
  enum class Buffers : std::uint8_t { Registered, Plain } buffers = Buffers::Plain;
  struct Read {
    std::uint64_t length = 0;
    std::optional<int> result;
    enum class State : std::uint8_t { Idle, UnderWay } state = State::Idle;
  };
  std::vector<Read> reads;

  ~Ring() { io_uring_queue_exit(&uring); }

  std::byte* buffer(unsigned slot) { return memory.data() + slot * buffer_size; }

  // Registering pins memory, which a small RLIMIT_MEMLOCK may refuse on older kernels; plain reads work
  // without.
  void register_buffers() {
    std::vector<iovec> vectors;
    for (unsigned slot = 0; slot < reads.size(); ++slot) vectors.push_back({buffer(slot), buffer_size});
    const int registered =
        io_uring_register_buffers(&uring, vectors.data(), static_cast<unsigned>(vectors.size()));
    if (registered == 0) buffers = Buffers::Registered;
  }

  void drain() {
    for (const Read& read : reads) {
      while (read.state == Read::State::UnderWay && !read.result) {
        if (!reap_one()) return;
      }
    }
  }

  // A read that could not be submitted stays in the queue and would be submitted with the next one.
  static void withdraw(io_uring_sqe* entry) {
    io_uring_prep_nop(entry);
    io_uring_sqe_set_data64(entry, kNobody);
  }

  bool reap_one() {
    io_uring_cqe* completion = nullptr;
    int waited = 0;
    do {
      waited = io_uring_wait_cqe(&uring, &completion);
    } while (waited == -EINTR);
    if (waited != 0) return false;
    const std::uint64_t slot = io_uring_cqe_get_data64(completion);
    if (slot != kNobody) reads[slot].result = completion->res;
    io_uring_cqe_seen(&uring, completion);
    return true;
  }
};

UringQueue::UringQueue(std::unique_ptr<Ring> ring) : ring_(std::move(ring)) {}

// The kernel writes into the buffers until every read has completed; they must not be unmapped before.
UringQueue::~UringQueue() {
  ring_->drain();
}

Result<std::unique_ptr<UringQueue>> UringQueue::create(int descriptor, unsigned depth,
                                                       std::uint64_t buffer_size) {
  auto memory = FOLIO_TRY(AlignedBuffer::allocate(depth * buffer_size));
  io_uring uring{};
  if (const int made = io_uring_queue_init(depth, &uring, 0); made < 0) {
    Error error = system_error(-made, {}, "io_uring is not available");
    error.code = Errc::Unsupported;
    return std::unexpected(std::move(error));
  }
  auto ring = std::make_unique<Ring>();
  ring->uring = uring;
  ring->descriptor = descriptor;
  ring->buffer_size = buffer_size;
  ring->memory = std::move(memory);
  ring->reads.resize(depth);
  ring->register_buffers();
  return std::unique_ptr<UringQueue>(new UringQueue(std::move(ring)));
}

Result<void> UringQueue::start(unsigned slot, std::uint64_t offset, std::uint64_t length) {
  Ring& ring = *ring_;
  io_uring_sqe* entry = io_uring_get_sqe(&ring.uring);
  if (entry == nullptr) return std::unexpected(system_error(EAGAIN, {}, "the io_uring queue is full"));
  const auto count = static_cast<unsigned>(length);
  if (ring.buffers == Ring::Buffers::Registered) {
    io_uring_prep_read_fixed(entry, ring.descriptor, ring.buffer(slot), count, offset,
                             static_cast<int>(slot));
  } else {
    io_uring_prep_read(entry, ring.descriptor, ring.buffer(slot), count, offset);
  }
  io_uring_sqe_set_data64(entry, slot);
  int submitted = 0;
  do {
    submitted = io_uring_submit(&ring.uring);
  } while (submitted == -EINTR);
  if (submitted < 1) {
    Ring::withdraw(entry);
    return std::unexpected(
        system_error(submitted < 0 ? -submitted : EAGAIN, {}, "cannot submit to io_uring"));
  }
  ring.reads[slot] = {.length = length, .result = std::nullopt, .state = Ring::Read::State::UnderWay};
  return {};
}

Result<std::uint64_t> UringQueue::finish(unsigned slot) {
  Ring& ring = *ring_;
  while (!ring.reads[slot].result) {
    if (!ring.reap_one()) return std::unexpected(system_error(EIO, {}, "cannot wait for io_uring"));
  }
  const int result = *ring.reads[slot].result;
  ring.reads[slot] = {};
  if (result < 0) return std::unexpected(system_error(-result, {}, "cannot read"));
  return static_cast<std::uint64_t>(result);
}

Result<UringQueue::Finished> UringQueue::finish_any() {
  Ring& ring = *ring_;
  while (true) {
    const auto ended =
        std::ranges::find_if(ring.reads, [](const Ring::Read& read) { return read.result.has_value(); });
    if (ended != ring.reads.end()) {
      const auto slot = static_cast<unsigned>(ended - ring.reads.begin());
      return Finished{.slot = slot, .bytes = FOLIO_TRY(finish(slot))};
    }
    if (!ring.reap_one()) return std::unexpected(system_error(EIO, {}, "cannot wait for io_uring"));
  }
}

MutableByteView UringQueue::buffer(unsigned slot) {
  return {ring_->buffer(slot), ring_->buffer_size};
}

bool uring_is_available() {
  static const bool available = [] {
    io_uring uring{};
    if (io_uring_queue_init(1, &uring, 0) != 0) return false;
    io_uring_queue_exit(&uring);
    return true;
  }();
  return available;
}

}  // namespace folio::os
