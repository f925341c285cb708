// SPDX-License-Identifier: Apache-2.0
// Encodings of several bytes, by the C library's iconv. A program that is linked statically has them where
// the machine has the same C library.
#include <iconv.h>

#include <cerrno>

#include "decode/text_decoders.h"

namespace folio::decode {

namespace {

class SystemDecoder final : public Decoder {
 public:
  SystemDecoder(iconv_t converter, std::string name) : converter_(converter), name_(std::move(name)) {}
  SystemDecoder(const SystemDecoder&) = delete;
  SystemDecoder& operator=(const SystemDecoder&) = delete;
  ~SystemDecoder() override { iconv_close(converter_); }

  [[nodiscard]] std::string_view format() const override { return name_; }

  [[nodiscard]] Result<Step> step(ByteView in, MutableByteView out, Input input) override {
    std::size_t in_left = in.size();
    std::size_t out_left = out.size();
    const int problem = convert(in, in_left, out, out_left);
    const bool is_cut_off = problem == EINVAL && input == Input::Ended;
    if ((problem == EILSEQ || is_cut_off) && out_left >= kCharacterMax && in_left > 0) {
      Utf8Writer writer(out.last(out_left));
      writer.put_replacement();
      out_left -= writer.size();
      in_left -= is_cut_off ? in_left : 1;
    }
    const Step step{in.size() - in_left, out.size() - out_left};
    if (input == Input::Open || in_left > 0) return step;
    return finish(step, out);
  }

 private:
  // 0, or the errno that stopped it.
  [[nodiscard]] int convert(ByteView in, std::size_t& in_left, MutableByteView out, std::size_t& out_left) {
    // SAFETY: iconv takes char, which may alias anything, and does not write to its input.
    char* from = reinterpret_cast<char*>(const_cast<std::byte*>(in.data()));
    char* to = reinterpret_cast<char*>(out.data());
    return iconv(converter_, &from, &in_left, &to, &out_left) == static_cast<std::size_t>(-1) ? errno : 0;
  }

  // Some encodings hold a character back until they know what follows it.
  [[nodiscard]] Step finish(Step step, MutableByteView out) {
    std::size_t out_left = out.size() - step.produced;
    // SAFETY: as above; the room behind what was produced.
    char* to = reinterpret_cast<char*>(out.data() + step.produced);
    const bool fits = iconv(converter_, nullptr, nullptr, &to, &out_left) != static_cast<std::size_t>(-1);
    step.produced = out.size() - out_left;
    if (fits) step.state = Step::State::Done;
    return step;
  }

  iconv_t converter_;
  std::string name_;
};

}  // namespace

Result<std::unique_ptr<Decoder>> make_system_decoder(const std::string& name) {
  auto* const converter = iconv_open("UTF-8", name.c_str());
  // SAFETY: the value that iconv_open(3) says is no converter.
  if (converter == reinterpret_cast<iconv_t>(-1)) {  // NOLINT(performance-no-int-to-ptr)
    return std::unexpected(decode_error(Errc::Unsupported,
                                        "the C library of this machine can't convert from " + name +
                                            "; convert the file with `iconv -t utf-8` on one that can",
                                        std::nullopt));
  }
  return std::make_unique<SystemDecoder>(converter, name);
}

}  // namespace folio::decode
