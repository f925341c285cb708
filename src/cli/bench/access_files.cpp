// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/access_files.h"
#include "cli/work_place.h"
#include "core/fail.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "core/try.h"
#include "folio/file.h"
#include "folio/generate.h"

namespace folio::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kSmallFiles = 500;
// A file that does not fit: four times the memory allowed, beside a file of a quarter of it.
constexpr std::uint64_t kOverLimit = 4;

Result<bench::TestFiles> named_file(const std::string& name) {
  const File file = FOLIO_TRY(File::open(name));
  if (file.kind() != FileKind::Regular) {
    return fail(Errc::Unsupported, name, "is no regular file: nothing to compare");
  }
  if (file.size() == 0) return fail(Errc::InvalidArgument, name, "is empty: nothing to measure");
  return bench::TestFiles{{name}, file.size()};
}

class Maker {
 public:
  Maker(const FileWishes& wishes, fs::path folder) : wishes_(wishes), folder_(std::move(folder)) {}

  Result<std::string> file(const std::string& name, std::uint64_t size) {
    const fs::path path = folder_ / name;
    const GenerateOptions options{
        .kind = GenerateKind::Log, .size = size, .needle = {}, .stop = wishes_.stop};
    static_cast<void>(FOLIO_TRY(generate_file(path, options)));
    return path.string();
  }

  Result<bench::TestFiles> small_set(std::uint64_t size) {
    bench::TestFiles set{.paths = {}, .size = size};
    for (std::uint64_t i = 0; i < kSmallFiles; ++i) {
      set.paths.push_back(FOLIO_TRY(file(fmt::format("small-{}-{}", size, i), size)));
    }
    return set;
  }

  Result<bench::LimitedFiles> limited() {
    const std::uint64_t limit = wishes_.memory_limit;
    return bench::LimitedFiles{
        .file = {{FOLIO_TRY(file("over-limit", limit * kOverLimit))}, limit * kOverLimit},
        .bystander = FOLIO_TRY(file("bystander", limit / kOverLimit)),
        .limit = limit};
  }

 private:
  const FileWishes& wishes_;
  fs::path folder_;
};

std::uint64_t space_needed(const FileWishes& wishes) {
  std::uint64_t sum = wishes.memory_limit * (kOverLimit + 1);
  sum = std::accumulate(wishes.sizes.begin(), wishes.sizes.end(), sum);
  for (const std::uint64_t size : wishes.small_sizes) sum += size * kSmallFiles;
  return sum + sum / 16;
}

}  // namespace

Result<AccessFiles> make_access_files(const FileWishes& wishes) {
  AccessFiles made;
  if (!wishes.names.empty()) {
    for (const std::string& name : wishes.names) made.files.push_back(FOLIO_TRY(named_file(name)));
    return made;
  }
  const fs::path place = FOLIO_TRY(work_place(wishes.folder));
  FOLIO_TRY(check_room(place, space_needed(wishes)));
  made.folder.emplace(FOLIO_TRY(demo::WorkFolder::create(place)));
  Maker maker(wishes, made.folder->path());
  for (const std::uint64_t size : wishes.sizes) {
    made.files.push_back({{FOLIO_TRY(maker.file(fmt::format("file-{}", size), size))}, size});
  }
  for (const std::uint64_t size : wishes.small_sizes)
    made.small_files.push_back(FOLIO_TRY(maker.small_set(size)));
  if (wishes.memory_limit != 0) made.limited = FOLIO_TRY(maker.limited());
  return made;
}

}  // namespace folio::cli
