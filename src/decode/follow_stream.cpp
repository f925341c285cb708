// SPDX-License-Identifier: Apache-2.0
#include "decode/follow_stream.h"

#include <algorithm>
#include <utility>

#include "core/try.h"

namespace folio::decode {

FollowStream::FollowStream(std::filesystem::path path, FollowOptions options)
    : name_(path.string()), options_(std::move(options)), names_(std::move(path), options_) {}

Result<void> FollowStream::begin() {
  const auto named = os::named_file(names_.path());
  if (!named) {
    is_missing_ = true;
    tell("is not there yet: waiting for it");
    return {};
  }
  if (!named->is_regular) {
    return std::unexpected(Error{.code = Errc::Unsupported,
                                 .system_errno = 0,
                                 .path = name_,
                                 .offset = std::nullopt,
                                 .detail = "only regular files can be followed"});
  }
  add(FOLIO_TRY(File::open(names_.path())));
  if (options_.from == FollowOptions::From::End) position_ = files_.front().file.size();
  return {};
}

void FollowStream::tell(std::string_view what) const {
  if (options_.on_event) options_.on_event(name_ + " " + std::string{what});
}

Result<std::size_t> FollowStream::read(MutableByteView target) {
  for (;;) {
    while (!has_more_within(static_cast<int>(options_.interval.count()))) {
    }
    if (line_end_is_due_) {
      line_end_is_due_ = false;
      ends_with_line_ = true;
      target[0] = options_.line_end;
      return 1;
    }
    const std::size_t got = FOLIO_TRY(files_.front().file.read_at(position_, target));
    if (got == 0) continue;
    position_ += got;
    ends_with_line_ = target[got - 1] == options_.line_end;
    return got;
  }
}

bool FollowStream::has_more_within(int timeout_ms) {
  const auto until = Clock::now() + std::chrono::milliseconds(timeout_ms);
  for (;;) {
    if (look()) return true;
    if (Clock::now() >= until) return false;
    names_.wait(time_to_wait(until));
  }
}

std::chrono::milliseconds FollowStream::time_to_wait(Clock::time_point until) const {
  const auto now = Clock::now();
  auto time = std::min<Clock::duration>(until - now, options_.interval);
  if (files_.size() > 1)
    time = std::min<Clock::duration>(time, files_.front().changed + options_.quiet - now);
  constexpr std::chrono::milliseconds least{1};
  return std::max(std::chrono::ceil<std::chrono::milliseconds>(time), least);
}

bool FollowStream::look() {
  take_successors();
  for (;;) {
    if (line_end_is_due_ || front_has_more()) return true;
    look_at_name();
    if (!may_switch()) return !files_.empty() && front_has_more();
    switch_to_next();
  }
}

bool FollowStream::front_has_more() {
  if (files_.empty()) return false;
  Followed& front = files_.front();
  const auto now = front.file.current_identity();
  if (!now) return false;
  if (now->size != front.size) front.changed = Clock::now();
  front.size = now->size;
  if (now->size < position_) {
    tell("became shorter: reading it from its beginning");
    end_line();
    position_ = 0;
  }
  return line_end_is_due_ || now->size > position_;
}

void FollowStream::end_line() {
  line_end_is_due_ = !ends_with_line_;
}

void FollowStream::take_successors() {
  NameFollower::Found found = names_.take_announced();
  for (File& file : found.files) add(std::move(file));
  if (found.missed > 0) tell("had another file that was gone before it could be read");
}

void FollowStream::look_at_name() {
  std::vector<FileIdentity> known;
  for (const Followed& followed : files_) known.push_back(followed.file.identity());
  NameFollower::Look look = names_.look(known);
  if (look.file) add(std::move(*look.file));
  const bool is_missing = look.name == NameFollower::Look::Name::Missing;
  if (is_missing && !is_missing_) tell("has vanished: waiting for it to come back");
  if (!is_missing && is_missing_) tell("has appeared");
  is_missing_ = is_missing;
}

// The same file may be announced and found by looking.
void FollowStream::add(File file) {
  const FileIdentity identity = file.identity();
  for (const Followed& known : files_) {
    if (known.file.identity().device == identity.device && known.file.identity().inode == identity.inode)
      return;
  }
  names_.watch(file);
  const auto now = Clock::now();
  if (!files_.empty()) files_.back().changed = now;
  files_.push_back({std::move(file), now, identity.size});
}

bool FollowStream::has_full_successor() const {
  return std::any_of(files_.begin() + 1, files_.end(), [](const Followed& followed) {
    const auto now = followed.file.current_identity();
    return now && now->size > 0;
  });
}

// Writers are told of a rotation some time after it, and write to the old file until then.
bool FollowStream::may_switch() const {
  return files_.size() > 1 && Clock::now() - files_.front().changed >= options_.quiet && has_full_successor();
}

void FollowStream::switch_to_next() {
  end_line();
  files_.pop_front();
  position_ = 0;
  tell("was replaced: reading the new file");
}

}  // namespace folio::decode

namespace folio {

Result<std::unique_ptr<ByteStream>> follow(const std::filesystem::path& path, FollowOptions options) {
  auto stream = std::make_unique<decode::FollowStream>(path, std::move(options));
  FOLIO_TRY(stream->begin());
  return stream;
}

}  // namespace folio
