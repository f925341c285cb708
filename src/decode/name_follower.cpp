// SPDX-License-Identifier: Apache-2.0
#include "decode/name_follower.h"

#include <algorithm>
#include <thread>

namespace folio::decode {

namespace {

// A name that leads to a pipe would make opening wait.
std::optional<File> open_regular(const std::filesystem::path& path) {
  const auto named = os::named_file(path);
  if (!named || !named->is_regular) return std::nullopt;
  auto file = File::open(path);
  if (!file) return std::nullopt;
  return std::move(*file);
}

}  // namespace

NameFollower::NameFollower(std::filesystem::path path, const FollowOptions& options)
    : path_(std::move(path)),
      folder_(path_.has_parent_path() ? path_.parent_path() : "."),
      notice_(options.notice),
      interval_(options.interval),
      history_(path_.filename().string()) {
  open_watch();
}

void NameFollower::open_watch() {
  if (watch_ || notice_ == FollowOptions::Notice::Looking || Clock::now() < next_try_) return;
  next_try_ = Clock::now() + interval_;
  if (auto watch = os::FolderWatch::open(folder_)) watch_.emplace(std::move(*watch));
}

void NameFollower::watch(const File& file) {
  if (watch_) static_cast<void>(watch_->add_file(file));
}

void NameFollower::wait(std::chrono::milliseconds time) const {
  if (watch_ && history_.holders.empty()) {
    static_cast<void>(watch_->wait(static_cast<int>(time.count())));
  } else {
    // Files that are being renamed just now will soon be where they belong.
    std::this_thread::sleep_for(history_.holders.empty() ? time : std::chrono::milliseconds(1));
  }
}

void NameFollower::take_events() {
  if (!watch_) return;
  const os::FolderWatch::Events events = watch_->take_events();
  history_.apply(events.names);
  if (!events.lost) return;
  watch_.reset();
  history_.holders.clear();
}

void NameFollower::seek_holders() {
  for (NameHistory::Holder& holder : history_.holders) {
    if (holder.was_sought) continue;
    holder.was_sought = true;
    if (!holder.place.empty()) holder.file = open_regular(folder_ / holder.place);
  }
}

// A file may be renamed again between the event that tells of it and its opening. So the events are looked at
// once more behind the opening: what none of them concerns was opened under the right name.
NameFollower::Found NameFollower::take_announced() {
  Found found;
  open_watch();
  take_events();
  if (history_.holders.empty()) return found;
  seek_holders();
  watch_->settle();
  take_events();
  auto& holders = history_.holders;
  while (!holders.empty() && holders.front().was_sought) {
    if (holders.front().file) {
      found.files.push_back(std::move(*holders.front().file));
    } else {
      ++found.missed;
    }
    holders.pop_front();
  }
  return found;
}

NameFollower::Look NameFollower::look(const std::vector<FileIdentity>& known) {
  const auto is_known = [&](const auto& same) { return std::any_of(known.begin(), known.end(), same); };
  const auto named = os::named_file(path_);
  if (!named) return {Look::Name::Missing, std::nullopt};
  if (is_known([&](const FileIdentity& file) { return named->is(file); }))
    return {Look::Name::Known, std::nullopt};
  auto file = open_regular(path_);
  if (watch_) {
    watch_->settle();
    take_events();
    // It is announced, perhaps behind others.
    if (!history_.holders.empty()) file.reset();
  }
  return {Look::Name::New, std::move(file)};
}

}  // namespace folio::decode
