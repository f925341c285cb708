// SPDX-License-Identifier: Apache-2.0
#include "os/fault_decision.h"

#include <gtest/gtest.h>

namespace folio::os {
namespace {

constexpr std::uint64_t kPage = 4096;

TEST(IsPastEnd, CountsWholePagesAsTheKernelDoes) {
  EXPECT_TRUE(is_past_end({.page_offset = 0, .file_size = 0}));
  EXPECT_FALSE(is_past_end({.page_offset = 0, .file_size = 1}));
  EXPECT_FALSE(is_past_end({.page_offset = kPage, .file_size = kPage + 1}));
  EXPECT_TRUE(is_past_end({.page_offset = kPage, .file_size = kPage}));
  EXPECT_TRUE(is_past_end({.page_offset = 2 << 20, .page_size = 2 << 20, .file_size = 5}));
  EXPECT_FALSE(is_past_end({.page_offset = 1 << 30, .file_size = {}}));  // a block device
}

TEST(ClassifyFault, PastTheEndIsTruncationFromTheNewEndOn) {
  const auto verdict = classify_fault({.page_offset = 10 * kPage, .file_size = 2 * kPage + 100});
  EXPECT_EQ(verdict.fault, MappingFault::Truncated);
  EXPECT_EQ(verdict.valid_end, 2 * kPage + 100);
  EXPECT_EQ(verdict.extent, Extent::Rest);
  EXPECT_EQ(verdict.replace_from, 3 * kPage);
}

TEST(ClassifyFault, AProbeThatMeetsTheEndIsTruncation) {
  // Extended again between the fault and the question for the size, and truncated again before the probe.
  const auto verdict =
      classify_fault({.page_offset = 3 * kPage, .file_size = 10 * kPage, .probe = Probe::EndOfFile});
  EXPECT_EQ(verdict.fault, MappingFault::Truncated);
  EXPECT_EQ(verdict.valid_end, 3 * kPage);
  EXPECT_EQ(verdict.extent, Extent::Rest);
}

TEST(ClassifyFault, AFailingProbeIsAnErrorOfTheDevice) {
  for (const auto kind : {MapKind::ReadOnly, MapKind::CopyOnWrite, MapKind::ReadWrite}) {
    for (const std::optional<std::uint64_t> size : {std::optional<std::uint64_t>{10 * kPage}, {}}) {
      const auto verdict =
          classify_fault({.page_offset = 3 * kPage, .file_size = size, .probe = Probe::Failed, .kind = kind});
      EXPECT_EQ(verdict.fault, MappingFault::IoError);
      EXPECT_EQ(verdict.valid_end, 3 * kPage);
      EXPECT_EQ(verdict.extent, Extent::Page);
    }
  }
}

TEST(ClassifyFault, AReadablePageIsTruncationForReadersAndAFullDiskForWriters) {
  const FaultFacts facts{.page_offset = 3 * kPage, .file_size = 10 * kPage, .probe = Probe::GotByte};
  for (const auto kind : {MapKind::ReadOnly, MapKind::CopyOnWrite}) {
    FaultFacts read = facts;
    read.kind = kind;
    EXPECT_EQ(classify_fault(read).fault, MappingFault::Truncated);
    EXPECT_EQ(classify_fault(read).extent, Extent::Page);
  }
  FaultFacts written = facts;
  written.kind = MapKind::ReadWrite;
  EXPECT_EQ(classify_fault(written).fault, MappingFault::IoError);
}

}  // namespace
}  // namespace folio::os
