// SPDX-License-Identifier: Apache-2.0
#include "cli/bench/compare_files.h"
#include "core/fail.h"

#include <algorithm>
#include <fstream>
#include <random>
#include <system_error>

#include "bench/algorithms_texts.h"
#include "core/try.h"
#include "folio/file.h"
#include "folio/generate.h"

namespace folio::cli {

namespace {

namespace fs = std::filesystem;
using bench::CompareFiles;
using bench::CompareInput;

constexpr std::uint64_t kSmallFilesMost = 100'000;
constexpr std::uint64_t kSmallFilesLeast = 20;
constexpr std::uint64_t kSmallFileSizes = 6 << 10;  // they have up to so many bytes
constexpr std::uint64_t kFilesInFolder = 500;
constexpr std::uint64_t kMiddlingFiles = 200;
constexpr std::uint64_t kRareLine = 100'000;
constexpr unsigned kListWords = 1000;
constexpr std::uint64_t kBlockSize = 4096;  // of the file system

std::uint64_t small_files(std::uint64_t size) {
  constexpr std::uint64_t kBytesOfLogPerFile = 10'000;
  return std::clamp(size / kBytesOfLogPerFile, kSmallFilesLeast, kSmallFilesMost);
}

Result<void> make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return std::unexpected(system_error(error.value(), path.string(), "cannot make this folder"));
  return {};
}

Result<void> write_file(const fs::path& path, ByteView content) {
  const File file = FOLIO_TRY(File::open(path, {.mode = OpenMode::CreateNew}));
  return file.write_at(0, content);
}

/// Opening a pipe would wait for its writer.
Result<void> check_regular(const std::string& name) {
  std::error_code error;
  const fs::file_status status = fs::status(name, error);
  if (error || fs::is_regular_file(status) || fs::is_directory(status)) return {};
  return fail(Errc::Unsupported, name, "is no regular file, and can't be read several times");
}

/// Made-up words that no log holds.
std::string made_up_words() {
  constexpr std::string_view kConsonants = "bcdfghjklmnprstvwz";
  constexpr std::string_view kVowels = "aeiou";
  std::mt19937_64 random(1);
  std::string words;
  for (unsigned i = 0; i < kListWords; ++i) {
    for (std::uint64_t left = 4 + random() % 3; left > 0; --left) {
      words += kConsonants[random() % kConsonants.size()];
      words += kVowels[random() % kVowels.size()];
    }
    words += '\n';
  }
  return words;
}

class Maker {
 public:
  explicit Maker(const CompareWishes& wishes) : wishes_(wishes) {}

  Result<CompareFiles> log() {
    const fs::path path = wishes_.folder / "log";
    const GenerateOptions options{.kind = GenerateKind::Log,
                                  .size = wishes_.size,
                                  .needle = std::string(bench::kRareText),
                                  .every = kRareLine,
                                  .stop = wishes_.stop};
    static_cast<void>(FOLIO_TRY(generate_file(path, options)));
    return CompareFiles{.paths = {path.string()}, .bytes = wishes_.size};
  }

  Result<CompareFiles> named() {
    CompareFiles files{.paths = wishes_.named, .bytes = 0, .files = wishes_.named.size()};
    for (const std::string& name : wishes_.named) {
      FOLIO_TRY(check_regular(name));
      files.bytes += FOLIO_TRY(File::open(name)).size();
    }
    return files;
  }

  Result<CompareFiles> tiny() {
    constexpr std::string_view kLine = "one line\n";
    const fs::path path = wishes_.folder / "tiny";
    FOLIO_TRY(write_file(path, to_bytes(kLine)));
    return CompareFiles{.paths = {path.string()}, .bytes = kLine.size()};
  }

  /// Parts of one long text, of different sizes.
  Result<CompareFiles> small_tree() {
    const fs::path tree = wishes_.folder / "small";
    const std::string text = bench::make_text(bench::TextKind::English, std::size_t{1} << 20, 1);
    std::mt19937_64 random(2);
    CompareFiles files{.paths = {tree.string()}, .bytes = 0, .files = small_files(wishes_.size)};
    for (std::uint64_t i = 0; i < files.files; ++i) {
      FOLIO_TRY(stopped());
      const fs::path folder = tree / std::to_string(i / kFilesInFolder);
      if (i % kFilesInFolder == 0) FOLIO_TRY(make_folder(folder));
      const std::uint64_t size = 100 + random() % kSmallFileSizes;
      const std::string_view part = std::string_view(text).substr(random() % (text.size() - size), size);
      FOLIO_TRY(write_file(folder / std::to_string(i).append(".txt"), to_bytes(part)));
      files.bytes += size;
    }
    return files;
  }

  Result<CompareFiles> middling_tree() {
    const fs::path tree = wishes_.folder / "middling";
    FOLIO_TRY(make_folder(tree));
    CompareFiles files{.paths = {tree.string()}, .bytes = 0, .files = kMiddlingFiles};
    for (std::uint64_t i = 0; i < kMiddlingFiles; ++i) {
      const GenerateOptions options{.kind = GenerateKind::Log,
                                    .size = wishes_.size / kMiddlingFiles + 1,
                                    .seed = i,
                                    .needle = std::string(bench::kRareText),
                                    .every = kRareLine,
                                    .durability = Durability::Cached,
                                    .stop = wishes_.stop};
      static_cast<void>(FOLIO_TRY(generate_file(tree / std::to_string(i), options)));
      files.bytes += options.size;
    }
    return files;
  }

  Result<std::string> list() {
    const fs::path path = wishes_.folder / "list";
    FOLIO_TRY(write_file(path, to_bytes(made_up_words())));
    return path.string();
  }

  Result<CompareFiles> make(CompareInput input) {
    switch (input) {
      case CompareInput::Log:
        return wishes_.named.empty() ? log() : named();
      case CompareInput::SmallTree:
        return small_tree();
      case CompareInput::MiddlingTree:
        return middling_tree();
      case CompareInput::Tiny:
        break;
    }
    return tiny();
  }

 private:
  [[nodiscard]] Result<void> stopped() const { return bench::check_stop(wishes_.stop); }

  const CompareWishes& wishes_;
};

}  // namespace

std::uint64_t compare_space_needed(const CompareWishes& wishes) {
  return 2 * wishes.size + small_files(wishes.size) * (kSmallFileSizes + kBlockSize) +
         kMiddlingFiles * kBlockSize;
}

Result<void> make_compare_files(const CompareWishes& wishes, bench::CompareOptions& options) {
  Maker maker(wishes);
  for (const bench::CompareCase& one : options.cases) {
    if (options.inputs.contains(one.input)) continue;
    options.inputs[one.input] = FOLIO_TRY(maker.make(one.input));
  }
  options.list = FOLIO_TRY(maker.list());
  options.log_ownership = wishes.named.empty() ? bench::Ownership::Ours : bench::Ownership::Users;
  return {};
}

}  // namespace folio::cli
