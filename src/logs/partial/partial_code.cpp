// SPDX-License-Identifier: Apache-2.0
// The bytes of a partial: header, content, checksum.
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "core/fail.h"
#include "logs/partial/partial.h"
#include "logs/partial/tables_code.h"

namespace folio::logs {

namespace {

// The bytes behind the name show a transfer as text, which changes line ends.
constexpr std::string_view kMagic{"FOLIOLOG\r\n\x1a\x00", 12};
constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kHeaderSize = 12 + 8 + 8;
constexpr std::size_t kChecksumSize = 16;
constexpr std::size_t kRejectMin = 5;
constexpr std::size_t kCoveredMin = 6 + 16;

void write_reject(ByteWriter& writer, const RejectCount& reject) {
  writer.text(reject.reason);
  writer.number(reject.lines);
  writer.text(reject.file);
  writer.number(reject.offset);
  writer.number(reject.line_number);
}

RejectCount read_reject(ByteReader& reader) {
  RejectCount reject;
  reject.reason = reader.text();
  reject.lines = reader.number();
  reject.file = reader.text();
  reject.offset = reader.number();
  reject.line_number = reader.number();
  return reject;
}

void write_covered(ByteWriter& writer, const Covered& range) {
  writer.text(range.path);
  writer.number(range.device);
  writer.number(range.inode);
  writer.number(range.size);
  writer.number(range.prefix_size);
  writer.fingerprint(range.prefix);
  writer.number(range.begin);
  writer.number(range.end - range.begin);
}

Covered read_covered(ByteReader& reader) {
  Covered range;
  range.path = reader.text();
  range.device = reader.number();
  range.inode = reader.number();
  range.size = reader.number();
  range.prefix_size = reader.number();
  range.prefix = reader.fingerprint();
  range.begin = reader.number();
  const std::uint64_t length = reader.number();
  reader.demand(length <= ~range.begin);
  range.end = range.begin + length;
  return range;
}

void write_content(ByteWriter& writer, const Partial& partial) {
  writer.text(partial.settings);
  writer.text(partial.format);
  writer.text(partial.format_explanation);
  writer.number(partial.bytes_read);
  writer.number(partial.lines);
  writer.number(partial.filtered);
  writer.number(partial.rejects.size());
  for (const RejectCount& reject : partial.rejects) write_reject(writer, reject);
  writer.number(partial.covered.size());
  for (const Covered& range : partial.covered) write_covered(writer, range);
  write_tables(writer, partial.aggregate.tables());
}

void read_content(ByteReader& reader, Partial& partial) {
  partial.settings = reader.text();
  partial.format = reader.text();
  partial.format_explanation = reader.text();
  partial.bytes_read = reader.number();
  partial.lines = reader.number();
  partial.filtered = reader.number();
  for (std::size_t left = reader.count(kRejectMin); left > 0 && reader.ok(); --left) {
    RejectCount reject = read_reject(reader);
    reader.demand(partial.rejects.empty() || partial.rejects.back().reason < reject.reason);
    partial.rejects.push_back(std::move(reject));
  }
  for (std::size_t left = reader.count(kCoveredMin); left > 0 && reader.ok(); --left) {
    partial.covered.push_back(read_covered(reader));
  }
  // What join() makes of them is what it made before.
  const auto joined = join(partial.covered, {});
  reader.demand(joined.has_value() && *joined == partial.covered);
  read_tables(reader, partial.aggregate.tables());
  reader.demand(reader.at_end());
}

Error damage(Errc code, const std::string& name, std::string_view detail) {
  return fail(code, name, std::string{detail}).error();
}

// The content; or what is wrong with the bytes around it.
Result<std::string_view> unseal(std::string_view bytes, const std::string& name) {
  const auto refuse = [&](Errc code, std::string_view detail) {
    return std::unexpected(damage(code, name, detail));
  };
  const bool begins_well = bytes.starts_with(kMagic) || (kMagic.starts_with(bytes) && !bytes.empty());
  if (!begins_well) return refuse(Errc::BadData, "not a partial result of folio logs");
  constexpr std::string_view kCutOff = "a partial result that is cut off; make or copy it again";
  if (bytes.size() < kHeaderSize + kChecksumSize) return refuse(Errc::BadData, kCutOff);
  ByteReader header{bytes.substr(kMagic.size())};
  if (header.fixed() != kVersion) {
    return refuse(Errc::Unsupported,
                  "a partial result of another version of folio; make it again with this one");
  }
  const std::uint64_t size = header.fixed();
  if (bytes.size() < size) return refuse(Errc::BadData, kCutOff);
  constexpr std::string_view kDamaged = "a partial result that is damaged; make or copy it again";
  if (bytes.size() > size) return refuse(Errc::BadData, kDamaged);
  const std::string_view sealed = bytes.substr(0, bytes.size() - kChecksumSize);
  ByteReader checksum{bytes.substr(sealed.size())};
  if (checksum.fingerprint() != fingerprint_of(sealed)) return refuse(Errc::BadData, kDamaged);
  return sealed.substr(kHeaderSize);
}

}  // namespace

std::string seal_partial(std::string_view content) {
  ByteWriter writer;
  writer.raw(kMagic);
  writer.fixed(kVersion);
  writer.fixed(kHeaderSize + content.size() + kChecksumSize);
  writer.raw(content);
  writer.fingerprint(fingerprint_of(writer.bytes()));
  return std::move(writer.bytes());
}

std::string write_partial(const Partial& partial) {
  ByteWriter writer;
  write_content(writer, partial);
  return seal_partial(writer.bytes());
}

Result<Partial> read_partial(std::string_view bytes, const std::string& name) {
  const auto content = unseal(bytes, name);
  if (!content) return std::unexpected(content.error());
  ByteReader reader{*content};
  Partial partial;
  read_content(reader, partial);
  if (!reader.ok()) {
    return std::unexpected(
        damage(Errc::BadData, name, "a partial result whose content makes no sense; make it again"));
  }
  return partial;
}

}  // namespace folio::logs
