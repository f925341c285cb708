// SPDX-License-Identifier: Apache-2.0
// The flags of `folio search`. Where ripgrep has a flag, its letters and its meaning are ripgrep's.
#include "cli/search/flags.h"

#include <array>
#include <span>

#include "cli/flag_table.h"
#include "cli/quantity.h"

namespace folio::cli {

namespace {

using Value = const std::string&;
using SearchFlag = Flag<SearchFlags>;
constexpr const char* kNumber = "a whole number";

void assign(std::uint64_t& target, std::uint64_t value) {
  target = value;
}
void assign(std::optional<std::uint64_t>& target, std::uint64_t value) {
  target.emplace(value);
}

template <class Number>
const char* set_number(Number& target, Value text) {
  const auto number = parse_number(text);
  if (!number) return kNumber;
  assign(target, *number);
  return nullptr;
}

// A size with an optional suffix.
template <class Number>
const char* set_size(Number& target, Value text) {
  const auto size = parse_size(text);
  if (!size) return "a size in bytes (K, M, G allowed)";
  assign(target, *size);
  return nullptr;
}

// Turns \t, \n, \r, \0, \\ and \xHH into the bytes they stand for.
std::string unescape(Value text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    constexpr std::string_view kLetters = "tnr0\\";
    constexpr std::string_view kBytes{"\t\n\r\0\\", 5};
    if (const auto found = kLetters.find(next); next != '\0' && found != std::string_view::npos) {
      out += kBytes[found];
      ++i;
    } else if (next == 'x' && i + 3 < text.size() &&
               std::isxdigit(static_cast<unsigned char>(text[i + 2])) != 0 &&
               std::isxdigit(static_cast<unsigned char>(text[i + 3])) != 0) {
      out += static_cast<char>(std::stoi(text.substr(i + 2, 2), nullptr, 16));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

const char* set_sort(SearchFlags& f, Value text, SortOrder order) {
  constexpr std::array<std::pair<std::string_view, WalkSort>, 5> kSorts{{{"none", WalkSort::None},
                                                                         {"path", WalkSort::Path},
                                                                         {"modified", WalkSort::Modified},
                                                                         {"accessed", WalkSort::Accessed},
                                                                         {"created", WalkSort::Created}}};
  for (const auto& [name, sort] : kSorts) {
    if (name != text) continue;
    f.walk.sort = sort;
    f.walk.order = order;
    return nullptr;
  }
  return "none, path, modified, accessed or created";
}

const char* set_color(SearchFlags& f, Value text) {
  if (text == "auto") {
    f.scan.color = Color::Auto;
  } else if (text == "always" || text == "ansi") {
    f.scan.color = Color::Always;
  } else if (text == "never") {
    f.scan.color = Color::Never;
  } else {
    return "auto, always, ansi or never";
  }
  return nullptr;
}

const char* set_engine(SearchFlags& f, Value text) {
  if (text == "default") {
    f.engine = EngineChoice::Default;
  } else if (text == "pcre2") {
    f.engine = EngineChoice::Perl;
  } else if (text == "auto") {
    f.engine = EngineChoice::Auto;
  } else {
    return "default, pcre2 or auto";
  }
  return nullptr;
}

const char* set_algorithm(SearchFlags& f, Value text) {
  if (text == "auto") {
    f.pattern.algorithm = SearchAlgorithm::Auto;
  } else if (text == "boyer-moore") {
    f.pattern.algorithm = SearchAlgorithm::BoyerMoore;
  } else if (text == "naive") {
    f.pattern.algorithm = SearchAlgorithm::Naive;
  } else {
    return "auto, boyer-moore or naive";
  }
  return nullptr;
}

const char* set_encoding(SearchFlags& f, Value text) {
  auto encoding = Encoding::parse(text);
  if (!encoding) return "auto, none or an encoding that is known";
  f.decode.encoding = *encoding;
  return nullptr;
}

const char* set_threads(SearchFlags& f, Value text) {
  if (text == "0") {
    f.scan.threads = 0;
    return nullptr;
  }
  const auto threads = parse_threads(text);
  if (!threads) return "a number from 0 to 1024";
  f.scan.threads = *threads;
  return nullptr;
}

void obey_vcs(SearchFlags& f, Obey obey) {
  f.walk.ignore.git = f.walk.ignore.git_exclude = f.walk.ignore.git_global = obey;
}

void obey_all(SearchFlags& f, Obey obey) {
  obey_vcs(f, obey);
  f.walk.ignore.dot = f.walk.ignore.parents = obey;
}

void be_unrestricted(SearchFlags& f) {
  ++f.unrestricted;
  if (f.unrestricted >= 1) obey_all(f, Obey::No);
  if (f.unrestricted >= 2) f.walk.hidden = HiddenFiles::Visit;
  if (f.unrestricted >= 3) f.binary = BinaryFiles::Search;
}

// A flag that only sets something.
#define FOLIO_SET(...)                             \
  [](SearchFlags& f, Value value) -> const char* { \
    static_cast<void>(value);                      \
    __VA_ARGS__;                                   \
    return nullptr;                                \
  }
#define FOLIO_CHECKED(...) [](SearchFlags& f, Value value) -> const char* { return __VA_ARGS__; }

constexpr const char* kPatterns = "Patterns";
constexpr const char* kOutput = "Output";
constexpr const char* kFiles = "Files";
constexpr const char* kInput = "Input";
constexpr const char* kHidden = "";

constexpr std::array kPatternFlags{
    SearchFlag{"-e,--regexp", "PATTERN", kPatterns, "A pattern; may be given more than once",
               FOLIO_SET(f.patterns.push_back(value))},
    SearchFlag{"-f,--file", "FILE", kPatterns, "Patterns from a file, one a line; - is standard input",
               FOLIO_SET(f.pattern_files.push_back(value))},
    SearchFlag{"-F,--fixed-strings", nullptr, kPatterns, "Patterns are literal text",
               FOLIO_SET(f.fixed = true)},
    SearchFlag{"--no-fixed-strings", nullptr, kPatterns, kHidden, FOLIO_SET(f.fixed = false)},
    SearchFlag{"-i,--ignore-case", nullptr, kPatterns, "Upper and lower case are the same",
               FOLIO_SET(f.pattern.letter_case = LetterCase::Ignore)},
    SearchFlag{"-s,--case-sensitive", nullptr, kPatterns, "Upper and lower case differ (the default)",
               FOLIO_SET(f.pattern.letter_case = LetterCase::Exact)},
    SearchFlag{"-S,--smart-case", nullptr, kPatterns, "As -i where the pattern is in lower case",
               FOLIO_SET(f.pattern.letter_case = LetterCase::Smart)},
    SearchFlag{"-w,--word-regexp", nullptr, kPatterns, "Matches that are whole words",
               FOLIO_SET(f.pattern.boundaries = Boundaries::Word)},
    SearchFlag{"-x,--line-regexp", nullptr, kPatterns, "Matches that are whole lines",
               FOLIO_SET(f.pattern.boundaries = Boundaries::Record)},
    SearchFlag{"-v,--invert-match", nullptr, kPatterns, "Lines without a match", FOLIO_SET(f.invert = true)},
    SearchFlag{"--no-invert-match", nullptr, kPatterns, kHidden, FOLIO_SET(f.invert = false)},
    SearchFlag{"-U,--multiline", nullptr, kPatterns, "Matches may reach across lines",
               FOLIO_SET(f.multiline = true)},
    SearchFlag{"--no-multiline", nullptr, kPatterns, kHidden, FOLIO_SET(f.multiline = false)},
    SearchFlag{"--multiline-dotall", nullptr, kPatterns, "With -U: . matches a line end too",
               FOLIO_SET(f.pattern.dot = DotMatches::Everything)},
    SearchFlag{"--no-multiline-dotall", nullptr, kPatterns, kHidden,
               FOLIO_SET(f.pattern.dot = DotMatches::AllButNewline)},
    SearchFlag{"-P,--pcre2", nullptr, kPatterns, "Perl's regular expressions: look-around, back-references",
               FOLIO_SET(f.engine = EngineChoice::Perl)},
    SearchFlag{"--no-pcre2", nullptr, kPatterns, kHidden, FOLIO_SET(f.engine = EngineChoice::Default)},
    SearchFlag{"--engine", "NAME", kPatterns, "default, pcre2, or auto: pcre2 where the default can't",
               FOLIO_CHECKED(set_engine(f, value))},
    SearchFlag{"--auto-hybrid-regex", nullptr, kPatterns, kHidden, FOLIO_SET(f.engine = EngineChoice::Auto)},
    SearchFlag{"--no-auto-hybrid-regex", nullptr, kPatterns, kHidden,
               FOLIO_SET(f.engine = EngineChoice::Default)},
    SearchFlag{"--no-unicode", nullptr, kPatterns, "\\w, \\d, \\s and \\b know ASCII only",
               FOLIO_SET(f.pattern.alphabet = Alphabet::Ascii)},
    SearchFlag{"--unicode", nullptr, kPatterns, kHidden, FOLIO_SET(f.pattern.alphabet = Alphabet::Unicode)},
    SearchFlag{"--crlf", nullptr, kPatterns, "Lines may end with CR LF",
               FOLIO_SET(f.pattern.carriage_return = CarriageReturn::LineEnd; f.null_data = false)},
    SearchFlag{"--no-crlf", nullptr, kPatterns, kHidden,
               FOLIO_SET(f.pattern.carriage_return = CarriageReturn::Data)},
    SearchFlag{"--null-data", nullptr, kPatterns, "Lines end with a NUL byte",
               FOLIO_SET(f.null_data = true; f.pattern.carriage_return = CarriageReturn::Data)},
    SearchFlag{"--algorithm", "NAME", kPatterns,
               "For one literal: auto (SIMD), boyer-moore (the textbook) or naive (to compare with)",
               FOLIO_CHECKED(set_algorithm(f, value))},
};

constexpr std::array kOutputFlags{
    SearchFlag{"-c,--count", nullptr, kOutput, "Only the number of selected lines of each file that has any",
               FOLIO_SET(f.mode = SearchMode::Count)},
    SearchFlag{"--count-matches", nullptr, kOutput, "Only the number of matches",
               FOLIO_SET(f.mode = SearchMode::CountMatches)},
    SearchFlag{"--include-zero", nullptr, kOutput, "With counts: files without a match as well",
               FOLIO_SET(f.include_zero = true)},
    SearchFlag{"-l,--files-with-matches", nullptr, kOutput, "Only the names of files with a selected line",
               FOLIO_SET(f.mode = SearchMode::FilesWithMatches)},
    SearchFlag{"--files-without-match", nullptr, kOutput, "Only the names of files without one",
               FOLIO_SET(f.mode = SearchMode::FilesWithoutMatch)},
    SearchFlag{"-o,--only-matching", nullptr, kOutput, "Each match on a line of its own",
               FOLIO_SET(f.only_matching = true)},
    SearchFlag{"-q,--quiet", nullptr, kOutput, "Nothing but the exit status; ends at the first selected line",
               FOLIO_SET(f.quiet = true)},
    SearchFlag{"-m,--max-count", "NUM", kOutput, "Stop after NUM selected lines of each file",
               FOLIO_CHECKED(set_number(f.max_count, value))},
    SearchFlag{"-n,--line-number", nullptr, kOutput, "Line numbers, from 1 (the default on a terminal)",
               FOLIO_SET(f.line_number = true)},
    SearchFlag{"-N,--no-line-number", nullptr, kOutput, "No line numbers", FOLIO_SET(f.line_number = false)},
    SearchFlag{"-b,--byte-offset", nullptr, kOutput, "Offset of the line (with -o: of the match) in the file",
               FOLIO_SET(f.byte_offset = true)},
    SearchFlag{"--column", nullptr, kOutput, "Column of the first match in bytes, from 1",
               FOLIO_SET(f.column = true)},
    SearchFlag{"--no-column", nullptr, kOutput, kHidden, FOLIO_SET(f.column = false)},
    SearchFlag{"-H,--with-filename", nullptr, kOutput, "The file's name before each line, also for one file",
               FOLIO_SET(f.with_filename = true)},
    SearchFlag{"-I,--no-filename", nullptr, kOutput, "Never the file's name",
               FOLIO_SET(f.with_filename = false)},
    SearchFlag{"--heading", nullptr, kOutput, "The name once above the lines (the default on a terminal)",
               FOLIO_SET(f.heading = true)},
    SearchFlag{"--no-heading", nullptr, kOutput, "The name before each line", FOLIO_SET(f.heading = false)},
    SearchFlag{"-A,--after-context", "NUM", kOutput, "NUM lines after each selected line as well",
               FOLIO_CHECKED((f.passthru = false, set_number(f.after, value)))},
    SearchFlag{"-B,--before-context", "NUM", kOutput, "NUM lines before",
               FOLIO_CHECKED((f.passthru = false, set_number(f.before, value)))},
    SearchFlag{"-C,--context", "NUM", kOutput, "NUM lines before and after",
               FOLIO_CHECKED((f.passthru = false, set_number(f.around, value)))},
    SearchFlag{"--passthru,--passthrough", nullptr, kOutput, "All lines; the selected ones marked",
               FOLIO_SET(f.passthru = true; f.before.reset(); f.after.reset(); f.around = 0)},
    SearchFlag{"--context-separator", "TEXT", kOutput, "Between groups of lines; default --",
               FOLIO_SET(f.context_separator = unescape(value))},
    SearchFlag{"--no-context-separator", nullptr, kOutput, kHidden, FOLIO_SET(f.context_separator.reset())},
    SearchFlag{"--field-match-separator", "TEXT", kOutput, "Behind name, number, column; default :",
               FOLIO_SET(f.field_match_separator = unescape(value))},
    SearchFlag{"--field-context-separator", "TEXT", kOutput, "The same for lines of context; default -",
               FOLIO_SET(f.field_context_separator = unescape(value))},
    SearchFlag{"-r,--replace", "TEXT", kOutput, "Shows TEXT in place of each match; $1 and $name are groups",
               FOLIO_SET(f.replacement = value)},
    SearchFlag{"-M,--max-columns", "NUM", kOutput, "Leaves out lines of more than NUM bytes; 0: none",
               FOLIO_CHECKED(set_number(f.max_columns, value))},
    SearchFlag{"--max-columns-preview", nullptr, kOutput, "With -M: the first NUM bytes of such lines",
               FOLIO_SET(f.max_columns_preview = true)},
    SearchFlag{"--no-max-columns-preview", nullptr, kOutput, kHidden,
               FOLIO_SET(f.max_columns_preview = false)},
    SearchFlag{"--trim", nullptr, kOutput, "Lines without the blanks that they begin with",
               FOLIO_SET(f.trim = true)},
    SearchFlag{"--no-trim", nullptr, kOutput, kHidden, FOLIO_SET(f.trim = false)},
    SearchFlag{"-0,--null", nullptr, kOutput, "A NUL byte behind each name",
               FOLIO_SET(f.null_after_name = true)},
    SearchFlag{"--vimgrep", nullptr, kOutput, "Each match on a line with name, line and column",
               FOLIO_SET(f.vimgrep = true)},
    SearchFlag{"-p,--pretty", nullptr, kOutput, "--color always --heading -n",
               FOLIO_SET(f.scan.color = Color::Always; f.heading = true; f.line_number = true)},
    SearchFlag{"--color", "WHEN", kOutput, "auto (on a terminal), always, ansi or never",
               FOLIO_CHECKED(set_color(f, value))},
    SearchFlag{"--colors", "SPEC", kOutput, "TYPE:fg:COLOR, TYPE:bg:COLOR, TYPE:style:STYLE, TYPE:none",
               FOLIO_CHECKED(f.styles.apply(value))},
    SearchFlag{"--json", nullptr, kOutput, "JSON messages in ripgrep's format", FOLIO_SET(f.json = true)},
    SearchFlag{"--no-json", nullptr, kOutput, kHidden, FOLIO_SET(f.json = false)},
    SearchFlag{"--stats", nullptr, kOutput,
               "What was searched and found; and on standard error: speed, faults, memory",
               FOLIO_SET(f.stats = true)},
    SearchFlag{"--no-stats", nullptr, kOutput, kHidden, FOLIO_SET(f.stats = false)},
    SearchFlag{"--no-messages", nullptr, kOutput, "No messages about files that can't be read",
               FOLIO_SET(f.messages = false)},
    SearchFlag{"--messages", nullptr, kOutput, kHidden, FOLIO_SET(f.messages = true)},
    // Taken for the sake of scripts: folio has no configuration file and no preprocessor, and chooses itself
    // how to buffer and how much memory an automaton may use.
    SearchFlag{"--no-config", nullptr, kOutput, kHidden, FOLIO_SET(static_cast<void>(f))},
    SearchFlag{"--no-pre", nullptr, kOutput, kHidden, FOLIO_SET(static_cast<void>(f))},
    SearchFlag{"--dfa-size-limit", "SIZE", kOutput, kHidden, FOLIO_SET(static_cast<void>(f))},
    SearchFlag{"--regex-size-limit", "SIZE", kOutput, kHidden, FOLIO_SET(static_cast<void>(f))},
    SearchFlag{"--line-buffered", nullptr, kOutput, kHidden, FOLIO_SET(static_cast<void>(f))},
    SearchFlag{"--no-line-buffered", nullptr, kOutput, kHidden, FOLIO_SET(static_cast<void>(f))},
    SearchFlag{"--block-buffered", nullptr, kOutput, kHidden, FOLIO_SET(static_cast<void>(f))},
    SearchFlag{"--no-block-buffered", nullptr, kOutput, kHidden, FOLIO_SET(static_cast<void>(f))},
};

constexpr std::array kFileFlags{
    SearchFlag{"--files", nullptr, kFiles, "The names of the files that would be searched",
               FOLIO_SET(f.mode = SearchMode::Files)},
    SearchFlag{"-g,--glob", "GLOB", kFiles, "Files that match GLOB; !GLOB: all but those",
               FOLIO_SET(f.walk.globs.push_back({value, NameCase::Sensitive}))},
    SearchFlag{"--iglob", "GLOB", kFiles, "The same, whatever the case",
               FOLIO_SET(f.walk.globs.push_back({value, NameCase::Insensitive}))},
    SearchFlag{"-t,--type", "TYPE", kFiles, "Files of a type",
               FOLIO_SET(f.walk.types.push_back({TypeChoice::Kind::Only, value}))},
    SearchFlag{"-T,--type-not", "TYPE", kFiles, "Files of other types",
               FOLIO_SET(f.walk.types.push_back({TypeChoice::Kind::Never, value}))},
    SearchFlag{"--type-list", nullptr, kFiles, "The types and their globs",
               FOLIO_SET(f.mode = SearchMode::TypeList)},
    SearchFlag{"--type-add", "SPEC", kFiles, "NAME:GLOB or NAME:include:OTHER,... for this run",
               FOLIO_SET(f.walk.type_changes.push_back({TypeChange::Kind::Add, value}))},
    SearchFlag{"--type-clear", "TYPE", kFiles, "Forgets the globs of a type",
               FOLIO_SET(f.walk.type_changes.push_back({TypeChange::Kind::Clear, value}))},
    SearchFlag{"--glob-case-insensitive", nullptr, kFiles, "Every -g whatever the case",
               FOLIO_SET(f.globs_case = NameCase::Insensitive)},
    SearchFlag{"--no-glob-case-insensitive", nullptr, kFiles, kHidden,
               FOLIO_SET(f.globs_case = NameCase::Sensitive)},
    SearchFlag{"--hidden", nullptr, kFiles, "Hidden files as well (also -.)",
               FOLIO_SET(f.walk.hidden = HiddenFiles::Visit)},
    SearchFlag{"--no-hidden", nullptr, kFiles, kHidden, FOLIO_SET(f.walk.hidden = HiddenFiles::Skip)},
    SearchFlag{"-L,--follow-links", nullptr, kFiles, "Follows symbolic links",
               FOLIO_SET(f.walk.links = FollowLinks::Yes)},
    SearchFlag{"--no-follow", nullptr, kFiles, kHidden,
               FOLIO_SET(f.walk.links = FollowLinks::No; f.follow = Follow::No)},
    SearchFlag{"--no-ignore", nullptr, kFiles, "Files that .gitignore and the like leave out as well",
               FOLIO_SET(obey_all(f, Obey::No))},
    SearchFlag{"--ignore", nullptr, kFiles, kHidden, FOLIO_SET(obey_all(f, Obey::Yes))},
    SearchFlag{"--no-ignore-vcs", nullptr, kFiles, "Does not look at git's ignore files",
               FOLIO_SET(obey_vcs(f, Obey::No))},
    SearchFlag{"--ignore-vcs", nullptr, kFiles, kHidden, FOLIO_SET(obey_vcs(f, Obey::Yes))},
    SearchFlag{"--no-ignore-dot", nullptr, kFiles, "Does not look at .ignore and .rgignore",
               FOLIO_SET(f.walk.ignore.dot = Obey::No)},
    SearchFlag{"--ignore-dot", nullptr, kFiles, kHidden, FOLIO_SET(f.walk.ignore.dot = Obey::Yes)},
    SearchFlag{"--no-ignore-parent", nullptr, kFiles, "Does not look at ignore files of directories above",
               FOLIO_SET(f.walk.ignore.parents = Obey::No)},
    SearchFlag{"--ignore-parent", nullptr, kFiles, kHidden, FOLIO_SET(f.walk.ignore.parents = Obey::Yes)},
    SearchFlag{"--no-ignore-global", nullptr, kFiles, "Does not look at git's global excludes",
               FOLIO_SET(f.walk.ignore.git_global = Obey::No)},
    SearchFlag{"--ignore-global", nullptr, kFiles, kHidden, FOLIO_SET(f.walk.ignore.git_global = Obey::Yes)},
    SearchFlag{"--no-ignore-exclude", nullptr, kFiles, "Does not look at .git/info/exclude",
               FOLIO_SET(f.walk.ignore.git_exclude = Obey::No)},
    SearchFlag{"--ignore-exclude", nullptr, kFiles, kHidden,
               FOLIO_SET(f.walk.ignore.git_exclude = Obey::Yes)},
    SearchFlag{"--no-require-git", nullptr, kFiles, ".gitignore counts outside repositories too",
               FOLIO_SET(f.walk.ignore.require_git = Obey::No)},
    SearchFlag{"--require-git", nullptr, kFiles, kHidden, FOLIO_SET(f.walk.ignore.require_git = Obey::Yes)},
    SearchFlag{"--ignore-file", "FILE", kFiles, "One more ignore file",
               FOLIO_SET(f.walk.ignore.files.push_back(value))},
    SearchFlag{"--no-ignore-files", nullptr, kFiles, "No --ignore-file counts",
               FOLIO_SET(f.ignore_files = Obey::No)},
    SearchFlag{"--ignore-files", nullptr, kFiles, kHidden, FOLIO_SET(f.ignore_files = Obey::Yes)},
    SearchFlag{"--ignore-file-case-insensitive", nullptr, kFiles, "Ignore rules whatever the case",
               FOLIO_SET(f.walk.ignore.name_case = NameCase::Insensitive)},
    SearchFlag{"--no-ignore-file-case-insensitive", nullptr, kFiles, kHidden,
               FOLIO_SET(f.walk.ignore.name_case = NameCase::Sensitive)},
    SearchFlag{"-u,--unrestricted", nullptr, kFiles, "-u: --no-ignore; -uu: and --hidden; -uuu: and --binary",
               FOLIO_SET(be_unrestricted(f))},
    SearchFlag{"--max-depth,--maxdepth", "NUM", kFiles, "Directories down to NUM levels; 0: none",
               [](SearchFlags& f, Value value) -> const char* {
                 const auto number = parse_number(value);
                 if (!number || *number > UINT32_MAX) return kNumber;
                 f.walk.depth_max = static_cast<std::uint32_t>(*number);
                 return nullptr;
               }},
    SearchFlag{"--max-filesize", "SIZE", kFiles, "Found files up to SIZE (K, M, G allowed)",
               FOLIO_CHECKED(set_size(f.walk.file_size_max, value))},
    SearchFlag{"--one-file-system", nullptr, kFiles, "Stays on the file system of each directory given",
               FOLIO_SET(f.walk.file_systems = FileSystems::One)},
    SearchFlag{"--no-one-file-system", nullptr, kFiles, kHidden,
               FOLIO_SET(f.walk.file_systems = FileSystems::All)},
    SearchFlag{"--sort", "BY", kFiles, "Files in order: none, path, modified, accessed, created",
               FOLIO_CHECKED(set_sort(f, value, SortOrder::Ascending))},
    SearchFlag{"--sortr", "BY", kFiles, "The same, last first",
               FOLIO_CHECKED(set_sort(f, value, SortOrder::Descending))},
    SearchFlag{"--sort-files", nullptr, kFiles, kHidden, FOLIO_SET(f.walk.sort = WalkSort::Path)},
};

constexpr std::array kInputFlags{
    SearchFlag{"-a,--text", nullptr, kInput, "Shows lines of binary files as well",
               FOLIO_SET(f.binary = BinaryFiles::AsText)},
    SearchFlag{"--no-text", nullptr, kInput, kHidden, FOLIO_SET(f.binary = BinaryFiles::Skip)},
    SearchFlag{"--binary", nullptr, kInput, "Searches binary files that are found, too",
               FOLIO_SET(f.binary = BinaryFiles::Search)},
    SearchFlag{"--no-binary", nullptr, kInput, kHidden, FOLIO_SET(f.binary = BinaryFiles::Skip)},
    SearchFlag{"-z,--search-zip", nullptr, kInput, "Decompresses gzip, zstd, lz4, xz and bzip2",
               FOLIO_SET(f.decode.decompression = Decompression::BySniffing)},
    SearchFlag{"--no-search-zip", nullptr, kInput, kHidden,
               FOLIO_SET(f.decode.decompression = Decompression::Off)},
    SearchFlag{"-E,--encoding", "NAME", kInput,
               "auto (by byte-order mark), none, or the encoding of all files",
               FOLIO_CHECKED(set_encoding(f, value))},
    SearchFlag{"--no-encoding", nullptr, kInput, kHidden, FOLIO_SET(f.decode.encoding = Encoding{})},
    SearchFlag{"--follow", nullptr, kInput,
               "Goes on with what is appended to the files, as `tail -F` does, until interrupted",
               FOLIO_SET(f.follow = Follow::Yes)},
    SearchFlag{"--mmap", nullptr, kInput, kHidden, FOLIO_SET(f.scan.access = Access::Map)},
    SearchFlag{"--no-mmap", nullptr, kInput, kHidden, FOLIO_SET(f.scan.access = Access::Read)},
    SearchFlag{"--max-record", "SIZE", kInput, "Longest line that is accepted; default 1G",
               FOLIO_CHECKED(set_size(f.scan.record_size_max, value))},
    SearchFlag{"-j,--threads", "NUM", "Scanning", "Threads; default: the cores that may be used",
               FOLIO_CHECKED(set_threads(f, value))},
};

#undef FOLIO_SET
#undef FOLIO_CHECKED

constexpr const char* kFooter =
    "Without files, standard input is searched where it is a pipe or a file, and the current directory "
    "else.\n"
    "Directories are searched as ripgrep does: without hidden and binary files and those of .gitignore.\n"
    "Binary files: a line is not shown, and the file is left with one sentence, if a NUL byte lies in that "
    "line, or\n"
    "before its end within the first 64 KiB searched. -a shows such lines; -c, -l and -q are not affected.\n"
    "With --range the lines that begin in the range are searched.\n"
    "Exit status: 0 found; 1 nothing found; 2 wrong usage or an error; 3 a file changed while it was "
    "searched, and the\n"
    "result is that of the bytes that standard error names.";

// "-." by its long name: the parser takes a full stop for no letter of a flag.
void name_hidden_files(std::vector<char*>& words) {
  static std::string long_name{"--hidden"};
  for (char*& word : words) {
    const std::string_view typed{word};
    if (typed == "--") return;
    if (typed == "-.") word = long_name.data();
  }
}

}  // namespace

std::optional<ExitStatus> parse_search_flags(Words words, SearchFlags& flags) {
  CLI::App app{"Searches files and directories for a pattern, with all cores inside one file.",
               "folio search"};
  std::vector<std::string>& operands = flags.words;
  add_files(app, operands,
            "The pattern (unless -e or -f gives one), then files and directories; - is standard input");
  add_input_flags(app, flags.scan);
  app.footer(kFooter);
  const std::array<std::span<const SearchFlag>, 4> tables{kPatternFlags, kOutputFlags, kFileFlags,
                                                          kInputFlags};
  std::vector<char*> known(words.begin(), words.end());
  name_hidden_files(known);
  const auto done = parse_flags<SearchFlags>(app, known, tables, flags);
  if (flags.ignore_files == Obey::No) flags.walk.ignore.files.clear();
  if (flags.globs_case == NameCase::Insensitive) {
    for (GlobOption& glob : flags.walk.globs) glob.name_case = NameCase::Insensitive;
  }
  return done;
}

}  // namespace folio::cli
