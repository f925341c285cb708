// SPDX-License-Identifier: Apache-2.0
#include "logs/read/peeked_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "core/fail.h"

namespace folio::logs {
namespace {

// Gives its text in pieces of three bytes, and then ends or fails.
class TextStream final : public ByteStream {
 public:
  TextStream(std::string text, std::optional<Error> error)
      : text_(std::move(text)), error_(std::move(error)) {}

  Result<std::size_t> read(MutableByteView target) override {
    if (at_ == text_.size() && error_) return std::unexpected(*error_);
    const std::size_t size = std::min({target.size(), text_.size() - at_, std::size_t{3}});
    std::memcpy(target.data(), text_.data() + at_, size);
    at_ += size;
    return size;
  }
  bool has_more_within(int) override { return true; }
  const std::string& name() const override { return name_; }

 private:
  std::string text_;
  std::string name_ = "text";
  std::optional<Error> error_;
  std::size_t at_ = 0;
};

PeekedStream stream_of(std::string text, std::optional<Error> error = std::nullopt) {
  return PeekedStream(std::make_unique<TextStream>(std::move(text), std::move(error)));
}

std::string read_all(ByteStream& stream, std::size_t piece, std::optional<Error>* error = nullptr) {
  std::string all;
  std::string buffer(piece, '\0');
  for (;;) {
    const auto got = stream.read(std::as_writable_bytes(std::span(buffer)));
    if (!got) {
      if (error != nullptr) *error = got.error();
      return all;
    }
    if (*got == 0) return all;
    all.append(buffer, 0, *got);
  }
}

TEST(PeekedStream, WhatWasPeekedIsReadAgain) {
  const std::string text = "0123456789abcdefghij";
  for (const std::size_t peeked : {0U, 1U, 3U, 10U, 20U, 100U}) {
    for (const std::size_t piece : {1U, 4U, 64U}) {
      auto stream = stream_of(text);
      EXPECT_EQ(stream.peek(peeked), text.substr(0, peeked));
      EXPECT_EQ(read_all(stream, piece), text);
    }
  }
}

TEST(PeekedStream, AnErrorComesBehindWhatCameBeforeIt) {
  auto stream = stream_of("abcdef", fail(Errc::BadData, {}, "is damaged").error());
  EXPECT_EQ(stream.peek(100), "abcdef");
  std::optional<Error> error;
  EXPECT_EQ(read_all(stream, 4, &error), "abcdef");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->detail, "is damaged");
}

}  // namespace
}  // namespace folio::logs
