// SPDX-License-Identifier: Apache-2.0
#include "folio/error.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <memory>
#include <set>
#include <string>

#include "core/try.h"

namespace folio {
namespace {

TEST(Errc, EveryCodeHasItsOwnName) {
  std::set<std::string_view> names;
  for (unsigned code = 0; code <= static_cast<unsigned>(Errc::BadData); ++code) {
    names.insert(errc_name(static_cast<Errc>(code)));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(Errc::BadData) + 1);
  EXPECT_FALSE(names.contains("unknown"));
}

TEST(SystemError, DerivesTheCode) {
  EXPECT_EQ(system_error(ENOENT, "f", "d").code, Errc::NotFound);
  EXPECT_EQ(system_error(EACCES, "f", "d").code, Errc::PermissionDenied);
  EXPECT_EQ(system_error(EISDIR, "f", "d").code, Errc::IsDirectory);
  EXPECT_EQ(system_error(ENOSPC, "f", "d").code, Errc::NoSpace);
  EXPECT_EQ(system_error(EFBIG, "f", "d").code, Errc::NoSpace);
  EXPECT_EQ(system_error(EFAULT, "f", "d").code, Errc::Truncated);
  EXPECT_EQ(system_error(ENOMEM, "f", "d").code, Errc::OutOfMemory);
  EXPECT_EQ(system_error(EIO, "f", "d").code, Errc::Io);
  EXPECT_EQ(system_error(12345, "f", "d").code, Errc::Io);
}

TEST(ErrorMessage, NamesFileAttemptPlaceAndCause) {
  Error error = system_error(ENOENT, "data.log", "can't open");
  EXPECT_EQ(error.message(), "data.log: can't open: No such file or directory");
  error.offset = 42;
  EXPECT_EQ(error.message(), "data.log: can't open at byte 42: No such file or directory");
  const Error bare{Errc::Cancelled, 0, {}, {}, {}};
  EXPECT_EQ(bare.message(), "cancelled");
}

Result<std::unique_ptr<int>> make(Result<std::unique_ptr<int>> input) {
  auto value = FOLIO_TRY(std::move(input));
  *value += 1;
  return value;
}

TEST(Try, HandsOnMoveOnlyValuesAndErrors) {
  const auto good = make(std::make_unique<int>(1));
  ASSERT_TRUE(good);
  EXPECT_EQ(**good, 2);
  const auto bad = make(std::unexpected(Error{Errc::Io, 0, "f", {}, {}}));
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().path, "f");
}

}  // namespace
}  // namespace folio
