// SPDX-License-Identifier: Apache-2.0
// Decompression: round trips in pieces of all sizes, several members, damage of every kind, limits of memory.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "decode/for_test.h"

namespace folio::decode {
namespace {

constexpr Compression kAll[] = {Compression::Gzip, Compression::Zstd, Compression::Lz4, Compression::Xz,
                                Compression::Bzip2};

// Lines with some noise: it compresses, but not to nothing.
std::string some_text(std::size_t size, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::string text;
  while (text.size() < size) text += "line " + std::to_string(random() % 100000) + " of a log\n";
  text.resize(size);
  return text;
}

class EachCompression : public testing::TestWithParam<Compression> {
 protected:
  [[nodiscard]] static std::string packed(const std::string& text) { return compress(GetParam(), text); }
};
INSTANTIATE_TEST_SUITE_P(All, EachCompression, testing::ValuesIn(kAll),
                         [](const auto& each) { return std::string{compression_name(each.param)}; });

TEST_P(EachCompression, IsSniffedAndRoundTrips) {
  for (const std::size_t size : {0U, 1U, 100U, 70000U, 3000000U}) {
    const std::string text = some_text(size);
    const std::string bytes = packed(text);
    EXPECT_EQ(sniff(to_bytes(bytes)), GetParam());
    EXPECT_EQ(sniff(to_bytes(bytes).first(std::min(bytes.size(), kSniffSize))), GetParam());
    const Decoded whole = decompressed(bytes);
    EXPECT_FALSE(whole.error) << whole.error->message();
    EXPECT_TRUE(whole.text == text) << size;
  }
}

TEST_P(EachCompression, IsTheSameInPiecesOfAnySize) {
  const std::string text = some_text(5000);
  const std::string bytes = packed(text) + packed("next\n");
  for (const std::size_t in : {1U, 2U, 7U, 1000U}) {
    for (const std::size_t out : {1U, 3U, 15U, 16U, 31U, 32U, 1000U}) {
      const Decoded pieces = decompressed(bytes, in, out);
      EXPECT_FALSE(pieces.error) << pieces.error->message();
      EXPECT_EQ(pieces.text, text + "next\n") << in << " " << out;
    }
  }
}

TEST_P(EachCompression, DecodesAllMembers) {
  std::string bytes;
  std::string text;
  for (unsigned member = 0; member < 20; ++member) {
    const std::string part = some_text(std::size_t{member} * member * 37, member);
    bytes += packed(part);
    text += part;
  }
  const Decoded all = decompressed(bytes);
  EXPECT_FALSE(all.error) << all.error->message();
  EXPECT_TRUE(all.text == text);
}

TEST_P(EachCompression, IgnoresZerosAtTheEnd) {
  const Decoded padded = decompressed(packed("text\n") + std::string(200000, '\0'));
  EXPECT_FALSE(padded.error) << padded.error->message();
  EXPECT_EQ(padded.text, "text\n");
}

TEST_P(EachCompression, RefusesWhatElseIsBehind) {
  const std::string bytes = packed("text\n");
  const Decoded spoiled = decompressed(bytes + "garbage, and more of it");
  EXPECT_EQ(spoiled.text, "text\n");
  ASSERT_TRUE(spoiled.error);
  EXPECT_EQ(spoiled.error->code, Errc::BadData);
  EXPECT_EQ(spoiled.error->path, "memory");
  EXPECT_GE(*spoiled.error->offset, bytes.size());
  EXPECT_LE(*spoiled.error->offset, bytes.size() + 12);
  EXPECT_NE(spoiled.error->message().find("behind"), std::string::npos) << spoiled.error->message();
}

TEST_P(EachCompression, TellsWhereItEndsTooEarly) {
  const std::string text = some_text(400);
  const std::string bytes = packed(text);
  for (std::size_t size = kSniffSize; size < bytes.size(); ++size) {
    const Decoded cut = decompressed(bytes.substr(0, size));
    ASSERT_TRUE(cut.error) << size;
    EXPECT_EQ(cut.error->code, Errc::BadData);
    EXPECT_EQ(cut.error->offset, size);
    EXPECT_NE(cut.error->message().find("ends too early"), std::string::npos) << cut.error->message();
    EXPECT_EQ(cut.text, text.substr(0, cut.text.size()));
  }
}

TEST_P(EachCompression, DeliversWhatComesBeforeTheEnd) {
  const std::string text = some_text(2000000);
  const std::string bytes = packed(text);
  const Decoded cut = decompressed(bytes.substr(0, bytes.size() / 2));
  EXPECT_TRUE(cut.error);
  EXPECT_GT(cut.text.size(), text.size() / 4);
  EXPECT_TRUE(cut.text == text.substr(0, cut.text.size()));
}

TEST_P(EachCompression, OfAnEmptyStreamEndsTooEarly) {
  auto stream = decompress(std::make_unique<MemoryStream>(""), GetParam());
  ASSERT_TRUE(stream);
  EXPECT_TRUE(read_all(**stream).error);
}

TEST_P(EachCompression, NeverTakesADamagedBitForWhatItWas) {
  const std::string text = some_text(300);
  const std::string bytes = packed(text);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ static_cast<char>(1U << bit));
      auto stream = decompress(std::make_unique<MemoryStream>(damaged), GetParam());
      const Decoded result = read_all(**stream, 1U << 16, 1U << 20);
      if (result.error) continue;
      // Bits of a header that mean nothing to the content (time, system, flags of old).
      EXPECT_TRUE(result.text == text || result.text.empty()) << at << " bit " << bit;
    }
  }
}

RC_GTEST_PROP(Damage, NeitherCrashesNorGoesOnForever, ()) {
  const Compression compression = kAll[*rc::gen::inRange(0, 5)];
  std::string bytes = compress(compression, some_text(*rc::gen::inRange<std::size_t>(0, 20000)));
  const auto wounds = *rc::gen::inRange(1, 20);
  for (int wound = 0; wound < wounds; ++wound)
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
  auto stream = decompress(
      std::make_unique<MemoryStream>(bytes, *rc::gen::element<std::size_t>(3, 1000, 100000)), compression);
  const Decoded result = read_all(**stream, 4096, 1U << 20);
  if (result.error) RC_ASSERT(result.error->code == Errc::BadData || result.error->code == Errc::Unsupported);
}

std::string skippable(const std::string& content) {
  std::string frame("\x53\x2a\x4d\x18", 4);
  for (unsigned shift = 0; shift < 32; shift += 8)
    frame += static_cast<char>(content.size() >> shift & 0xffU);
  return frame + content;
}

TEST(SkippableFrames, AreSkippedWhereverTheyAre) {
  for (const Compression compression : {Compression::Zstd, Compression::Lz4}) {
    const std::string bytes = compress(compression, "one\n") + skippable("nobody reads this") +
                              compress(compression, "two\n") + skippable("");
    EXPECT_EQ(decompressed(bytes).text, "one\ntwo\n");
    EXPECT_FALSE(decompressed(bytes).error);
    const Decoded first = decompressed(skippable("size") + bytes);
    EXPECT_FALSE(first.error) << first.error->message();
    EXPECT_EQ(first.text, "one\ntwo\n");
  }
}

TEST(Memory, OfALargeWindowIsRefused) {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 28);
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  std::string out(1000, '\0');
  ZSTD_outBuffer output{out.data(), out.size(), 0};
  ZSTD_inBuffer input{"abc", 3, 0};
  ZSTD_compressStream2(context, &output, &input, ZSTD_e_continue);
  ZSTD_compressStream2(context, &output, &input, ZSTD_e_end);
  ZSTD_freeCCtx(context);
  const Decoded result = decompressed(out.substr(0, output.pos));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->code, Errc::Unsupported);
  EXPECT_NE(result.error->message().find("--long"), std::string::npos) << result.error->message();
}

TEST(Memory, OfXzIsLimited) {
  std::string bytes = xz("abc");
  lzma_options_lzma options{};
  lzma_lzma_preset(&options, 0);
  options.dict_size = 1U << 30;
  const lzma_filter filters[] = {{LZMA_FILTER_LZMA2, &options}, {LZMA_VLI_UNKNOWN, nullptr}};
  std::size_t size = 0;
  bytes.resize(10000);
  ASSERT_EQ(lzma_stream_buffer_encode(const_cast<lzma_filter*>(filters), LZMA_CHECK_CRC32, nullptr,
                                      reinterpret_cast<const std::uint8_t*>("abc"), 3,
                                      reinterpret_cast<std::uint8_t*>(bytes.data()), &size, bytes.size()),
            LZMA_OK);
  bytes.resize(size);
  const Decoded result = decompressed(bytes);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->code, Errc::Unsupported) << result.error->message();
}

TEST(Sniffing, LeavesAloneWhatIsNotCompressed) {
  for (const std::string text : {"", "B", "BZ", "BZh", "BZh1", "BZh9 is no magic", "\x1f", "\x1f\x8b", "P",
                                 "P*", "plain text, longer than any magic"}) {
    EXPECT_EQ(sniff(to_bytes(text)), Compression::None) << text;
    for (const std::size_t piece : {1U, 100U}) {
      const Decoded result = decompressed(text, piece);
      EXPECT_FALSE(result.error);
      EXPECT_EQ(result.text, text);
    }
  }
}

TEST(Sniffing, TellsOutputOfCompress) {
  const std::string bytes("\x1f\x9d\x90\x61\x00", 5);
  EXPECT_TRUE(needs_decoding(to_bytes(bytes), {.decompression = Decompression::BySniffing, .encoding = {}}));
  const Decoded result = decompressed(bytes);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->code, Errc::Unsupported);
}

// A line typed at a terminal has to come through before the next one is typed.
TEST(Sniffing, DoesNotWaitForMoreThanItNeeds) {
  class Typed final : public ByteStream {
   public:
    [[nodiscard]] Result<std::size_t> read(MutableByteView target) override {
      EXPECT_FALSE(was_read_) << "asks for more";
      was_read_ = true;
      target[0] = std::byte{'a'};
      target[1] = std::byte{'\n'};
      return 2;
    }
    [[nodiscard]] bool has_more_within(int) override { return !was_read_; }
    [[nodiscard]] const std::string& name() const override { return name_; }

   private:
    const std::string name_ = "typed";
    bool was_read_ = false;
  };
  const auto stream =
      decoded(std::make_unique<Typed>(), {.decompression = Decompression::BySniffing, .encoding = {}});
  ASSERT_TRUE(stream);
  std::byte buffer[100];
  EXPECT_TRUE((*stream)->has_more_within(0));
  EXPECT_EQ((*stream)->read(buffer).value_or(0), 2U);
  EXPECT_FALSE((*stream)->has_more_within(0));
}

}  // namespace
}  // namespace folio::decode
