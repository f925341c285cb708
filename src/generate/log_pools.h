// SPDX-License-Identifier: Apache-2.0
// Ready-made parts of log lines: hosts, requests, answers, referrers, agents.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "generate/piece.h"

namespace folio::generate {

using HostPiece = Piece<32>;      // `192.0.2.1 - alice [`
using OctetPiece = Piece<8>;      // `192.`
using RequestPiece = Piece<112>;  // `"GET /path HTTP/1.1" `
using AnswerPiece = Piece<16>;    // `200 2326 `
using RefererPiece = Piece<128>;  // `"https://www.example.com/" "`
using AgentPiece = Piece<192>;    // `Mozilla/5.0 ...`

struct LogHost {
  HostPiece text;
  std::uint16_t agent = 0;  ///< Most requests of a host come from one agent.
};

struct LogRequest {
  RequestPiece text;
  AnswerPiece success;  ///< A path has one size.
};

/// Each `*_slots` table turns an even choice into a choice by frequency. Sizes of tables are powers of two.
struct LogPools {
  static constexpr std::size_t kHosts = 4096;
  static constexpr std::size_t kRequests = 1024;
  static constexpr std::size_t kReferers = 256;
  static constexpr std::size_t kSlots = 32768;

  /// Index into `requests` of a slot in `answer_slots` that stands for the request's own success answer.
  static constexpr std::uint16_t kSuccess = 0;
  static constexpr std::uint16_t kNotFound = 1;

  std::vector<LogHost> hosts;
  std::vector<std::uint16_t> host_slots;
  std::array<OctetPiece, 256> octets;
  std::vector<LogRequest> requests;
  std::vector<std::uint16_t> request_slots;
  std::vector<RequestPiece> missing;  ///< Requests that are answered with 404.
  std::vector<AnswerPiece> answers;   ///< kSuccess is unused, kNotFound goes with `missing`.
  std::vector<std::uint16_t> answer_slots;
  std::vector<RefererPiece> referers;
  std::vector<std::uint16_t> referer_slots;
  std::vector<AgentPiece> agents;
  std::vector<std::uint16_t> agent_slots;
};

[[nodiscard]] LogPools make_log_pools(std::uint64_t seed);

}  // namespace folio::generate
