// SPDX-License-Identifier: Apache-2.0
#include "os/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "os/process_stats.h"

namespace folio::os {
namespace {

struct Ran {
  Result<ChildRun> result;
  std::string output;
};

Ran run(ChildCommand command) {
  std::string output;
  auto result = run_child(command, [&](ByteView bytes) { output += to_text(bytes); });
  return {std::move(result), std::move(output)};
}

Ran run_shell(const std::string& script) {
  return run({.words = {"/bin/sh", "-c", script}, .environment = {}});
}

TEST(ChildProcess, GivesOutputComplaintAndExitStatus) {
  const Ran ran = run_shell("echo out; echo wrong >&2; exit 7");
  ASSERT_TRUE(ran.result) << ran.result.error().message();
  EXPECT_EQ(ran.output, "out\n");
  EXPECT_EQ(ran.result->complaint, "wrong\n");
  EXPECT_EQ(ran.result->end, ChildEnd::Exited);
  EXPECT_EQ(ran.result->code, 7);
  EXPECT_GT(ran.result->seconds, 0);
  EXPECT_GT(ran.result->peak_memory, 0U);
}

TEST(ChildProcess, DrainsMoreThanAnyPipeHolds) {
  const Ran ran = run_shell("head -c 5000000 /dev/zero; head -c 3000000 /dev/zero >&2");
  ASSERT_TRUE(ran.result);
  EXPECT_EQ(ran.output.size(), 5'000'000U);
  EXPECT_EQ(ran.result->complaint.size(), 4096U);
}

TEST(ChildProcess, WaitsForAProgramThatClosesItsOutputEarly) {
  const Ran ran = run_shell("exec >&- 2>&-; sleep 0.05; exit 3");
  ASSERT_TRUE(ran.result);
  EXPECT_EQ(ran.result->code, 3);
  EXPECT_GE(ran.result->seconds, 0.05);
}

TEST(ChildProcess, HasAnEmptyInputAndTheEnvironmentAskedFor) {
  const Ran ran = run(
      {.words = {"/bin/sh", "-c", "cat; echo $FOLIO_A $HOME"}, .environment = {"FOLIO_A=one", "HOME=two"}});
  ASSERT_TRUE(ran.result);
  EXPECT_EQ(ran.output, "one two\n");
}

TEST(ChildProcess, TellsASignalFromAnExit) {
  const Ran ran = run_shell("kill -9 $$");
  ASSERT_TRUE(ran.result);
  EXPECT_EQ(ran.result->end, ChildEnd::Signalled);
  EXPECT_EQ(ran.result->code, 9);
}

TEST(ChildProcess, KillsAtTheLimitWhateverTheProgramStarted) {
  const Ran ran = run({.words = {"/bin/sh", "-c", "trap '' INT TERM; sleep 1000; sleep 1000"},
                       .environment = {},
                       .seconds_max = 0.05});
  ASSERT_TRUE(ran.result);
  EXPECT_EQ(ran.result->end, ChildEnd::TimedOut);
}

TEST(ChildProcess, AStopKillsIt) {
  std::stop_source stop;
  std::jthread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
    stop.request_stop();
  });
  const Ran ran = run(
      {.words = {"/bin/sh", "-c", "sleep 1000 & sleep 1000"}, .environment = {}, .stop = stop.get_token()});
  ASSERT_FALSE(ran.result);
  EXPECT_EQ(ran.result.error().code, Errc::Cancelled);
}

TEST(ChildProcess, AProgramThatIsNotThereIsAnError) {
  const Ran ran = run({.words = {"/no/such/program"}, .environment = {}});
  ASSERT_FALSE(ran.result);
  EXPECT_EQ(ran.result.error().code, Errc::NotFound);
}

TEST(ChildProcess, FindsProgramsInThePathOnly) {
  ASSERT_TRUE(find_program("sh"));
  EXPECT_TRUE(find_program("sh")->ends_with("/sh"));
  EXPECT_EQ(find_program("/bin/sh"), "/bin/sh");
  EXPECT_FALSE(find_program("no-such-program-of-any-kind"));
  EXPECT_FALSE(find_program("/tmp"));
}

TEST(ChildProcess, KnowsItsOwnProgram) {
  EXPECT_TRUE(std::filesystem::path(own_program()).filename().string().ends_with("_test"));
}

TEST(ChildProcess, PeakMemoryOfAChildDoesNotHoldWhatIsForgotten) {
  constexpr std::size_t kBytes = std::size_t{256} << 20;
  {
    const std::vector<char> memory(kBytes, 'x');
    EXPECT_EQ(memory.back(), 'x');
  }
  reset_peak_memory();
  const Ran ran = run_shell("true");
  ASSERT_TRUE(ran.result);
  EXPECT_LT(ran.result->peak_memory, kBytes);
}

}  // namespace
}  // namespace folio::os
