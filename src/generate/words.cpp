// SPDX-License-Identifier: Apache-2.0
#include "generate/words.h"

#include <array>
#include <string>

namespace folio::generate {

namespace {

// clang-format off
constexpr auto kEnglish = std::to_array<std::string_view>({
    "the", "of", "and", "to", "a", "in", "is", "it", "that", "was", "for", "on", "are", "as", "with", "his",
    "they", "at", "be", "this", "from", "have", "or", "one", "had", "by", "word", "but", "not", "what",
    "all", "were", "we", "when", "your", "can", "said", "there", "use", "an", "each", "which", "she", "do",
    "how", "their", "if", "will", "up", "other", "about", "out", "many", "then", "them", "these", "so",
    "some", "her", "would", "make", "like", "him", "into", "time", "has", "look", "two", "more", "write",
    "go", "see", "number", "no", "way", "could", "people", "my", "than", "first", "water", "been", "call",
    "who", "oil", "its", "now", "find", "long", "down", "day", "did", "get", "come", "made", "may", "part",
    "over", "new", "sound", "take", "only", "little", "work", "know", "place", "year", "live", "me", "back",
    "give", "most", "very", "after", "thing", "our", "just", "name", "good", "sentence", "man", "think",
    "say", "great", "where", "help", "through", "much", "before", "line", "right", "too", "mean", "old",
    "any", "same", "tell", "boy", "follow", "came", "want", "show", "also", "around", "form", "three",
    "small", "set", "put", "end", "does", "another", "well", "large", "must", "big", "even", "such",
    "because", "turn", "here", "why", "ask", "went", "men", "read", "need", "land", "different", "home",
    "us", "move", "try", "kind", "hand", "picture", "again", "change", "off", "play", "spell", "air",
    "away", "animal", "house", "point", "page", "letter", "mother", "answer", "found", "study", "still",
    "learn", "should", "world", "high", "every", "near", "add", "food", "between", "own", "below",
    "country", "plant", "last", "school", "father", "keep", "tree", "never", "start", "city", "earth",
    "eye", "light", "thought", "head", "under", "story", "saw", "left", "late", "run", "while", "press",
    "close", "night", "real", "life", "few", "north", "open", "seem", "together", "next", "white",
    "children", "begin", "got", "walk", "example", "ease", "paper", "group", "always", "music", "those",
    "both", "mark", "often", "until", "mile", "river", "car", "feet", "care", "second", "book", "carry",
    "took", "science", "eat", "room", "friend", "began", "idea", "fish", "mountain", "stop", "once", "base",
    "hear", "horse", "cut", "sure", "watch", "color", "face", "wood", "main", "enough", "plain", "girl",
    "usual", "young", "ready", "above", "ever", "red", "list", "though", "feel", "talk", "bird", "soon",
    "body", "dog", "family", "direct", "leave", "song", "measure", "door", "product", "black", "short",
    "class", "wind", "question", "happen", "complete", "ship", "area", "half", "rock", "order", "fire",
    "south", "problem", "piece", "told", "knew", "pass", "since", "top", "whole", "king", "space", "heard",
    "best", "hour", "better", "true", "during", "hundred", "five", "remember", "step", "early", "hold",
    "west", "ground", "interest", "reach", "fast", "verb", "sing", "listen", "six", "table", "travel",
    "less", "morning", "ten", "simple", "several", "vowel", "toward", "war", "lay", "against", "pattern",
    "slow", "center", "love", "person", "money", "serve", "appear", "road", "map", "rain", "rule", "govern",
    "pull", "cold", "notice", "voice", "unit", "power", "town", "fine", "certain", "fly", "fall", "lead",
    "cry", "dark", "machine", "note", "wait", "plan", "figure", "star", "box", "noun", "field", "rest",
    "correct", "able", "pound", "done", "beauty", "drive", "stood", "contain", "front", "teach", "week",
    "final", "gave", "green", "quick", "develop", "ocean", "warm", "free", "minute", "strong", "special",
    "mind", "behind", "clear", "tail", "produce", "fact", "street", "inch", "multiply", "nothing", "course",
    "stay", "wheel", "full", "force", "blue", "object", "decide", "surface", "deep", "moon", "island",
    "foot", "system", "busy", "test", "record", "boat", "common", "gold", "possible", "plane", "dry",
    "wonder", "laugh", "thousand", "ago", "ran", "check", "game", "shape", "equate", "hot", "miss",
    "brought", "heat", "snow", "tire", "bring", "yes", "distant", "fill", "east", "paint", "language",
    "among",
});

// cafe, naive, ... in universal character names: accented Latin, Greek, Cyrillic, Hebrew, Arabic, CJK, Hangul, emoji,
// Devanagari, Thai.
constexpr auto kForeign = std::to_array<std::string_view>({
    "caf\u00E9", "na\u00EFve", "\u00FCber", "stra\u00DFe", "fa\u00E7ade", "se\u00F1or", "ma\u00F1ana",
    "cr\u00E8me", "br\u00FBl\u00E9e", "Z\u00FCrich", "\u0141\u00F3d\u017A", "\u017C\u00F3\u0142w",
    "sm\u00F8rrebr\u00F8d", "\u00E5ngstr\u00F6m", "\u010Desk\u00FD", "\u011F", "\u0130stanbul",
    "\u03B5\u03BB\u03BB\u03AC\u03B4\u03B1", "\u03BB\u03CC\u03B3\u03BF\u03C2",
    "\u03BA\u03CC\u03C3\u03BC\u03BF\u03C2", "\u043C\u0438\u0440", "\u043A\u043D\u0438\u0433\u0430",
    "\u041C\u043E\u0441\u043A\u0432\u0430", "\u043F\u0440\u0438\u0432\u0435\u0442",
    "\u0441\u043B\u043E\u0432\u043E", "\u0432\u0440\u0435\u043C\u044F", "\u05E9\u05DC\u05D5\u05DD",
    "\u05E2\u05D5\u05DC\u05DD", "\u0633\u0644\u0627\u0645", "\u0643\u062A\u0627\u0628",
    "\u65E5\u672C\u8A9E", "\u6771\u4EAC", "\u6587\u5B57\u5217", "\u4E2D\u6587", "\u641C\u7D22",
    "\u6F22\u5B57", "\uD55C\uAD6D\uC5B4", "\u091C\u0932", "\u0915\u0925\u093E", "\u0E44\u0E17\u0E22",
    "\uC11C\uC6B8", "\U0001F642", "\U0001F680",
});

constexpr auto kExact = std::to_array<std::string_view>({
    "a", "so", "and", "with", "other", "people", "through", "distance", "important", "experience",
    "information", "conversation", "understanding", "administration", "acknowledgement", "responsibilities",
    "misrepresentation",
});
// clang-format on
static_assert(kExact.size() == kExactWordMax);

constexpr std::size_t kForeignPeriod = 94;  // slots
constexpr std::size_t kCommaPeriod = 16;    // slots

static_assert(WordPool::kSlots / kForeignPeriod >= kForeign.size());

WordPool make_word_pool() {
  WordPool pool;
  pool.size = kEnglish.size() + kForeign.size();
  pool.pieces.resize(3 * pool.size);
  for (std::size_t i = 0; i < pool.size; ++i) {
    const bool is_english = i < kEnglish.size();
    std::string word{is_english ? kEnglish[i] : kForeign[i - kEnglish.size()]};
    pool.pieces[i] = WordPiece(word + ' ');
    pool.pieces[i + pool.size] = WordPiece(word + ", ");
    if (is_english) word[0] = static_cast<char>(word[0] - 'a' + 'A');
    pool.pieces[i + 2 * pool.size] = WordPiece(word + ' ');
  }

  pool.slots = zipf_slots(WordPool::kSlots, kEnglish.size(), 3);
  for (std::size_t i = kForeignPeriod / 2; i < WordPool::kSlots; i += kForeignPeriod) {
    pool.slots[i] = static_cast<std::uint16_t>(kEnglish.size() + i / kForeignPeriod % kForeign.size());
  }
  pool.capital_slots = pool.slots;
  for (auto& slot : pool.capital_slots) slot = static_cast<std::uint16_t>(slot + 2 * pool.size);
  for (std::size_t i = 0; i < WordPool::kSlots; i += kCommaPeriod) {
    pool.slots[i] = static_cast<std::uint16_t>(pool.slots[i] + pool.size);
  }
  return pool;
}

}  // namespace

const WordPool& word_pool() {
  static const WordPool pool = make_word_pool();
  return pool;
}

std::string_view exact_word(std::size_t size) {
  return kExact[size - 1];
}
std::span<const std::string_view> english_words() {
  return kEnglish;
}
std::span<const std::string_view> foreign_words() {
  return kForeign;
}

}  // namespace folio::generate
