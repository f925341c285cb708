// SPDX-License-Identifier: Apache-2.0
#include "folio/error.h"

#include <cerrno>
#include <system_error>
#include <utility>

namespace folio {

namespace {

Errc code_of(int system_errno) {
  switch (system_errno) {
    case ENOENT:
    case ENXIO:
      return Errc::NotFound;
    case EACCES:
    case EPERM:
      return Errc::PermissionDenied;
    case EISDIR:
      return Errc::IsDirectory;
    case ENOMEM:
    case EMFILE:
    case ENFILE:
    case EAGAIN:
      return Errc::OutOfMemory;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return Errc::NoSpace;
    case EIO:
      return Errc::Io;
    case EINVAL:
      return Errc::InvalidArgument;
    case EFAULT:
      return Errc::Truncated;
    case EOPNOTSUPP:
    case ENOSYS:
    case ENODEV:
    case ESPIPE:
      return Errc::Unsupported;
    default:
      return Errc::Io;
  }
}

}  // namespace

std::string_view errc_name(Errc code) {
  switch (code) {
    case Errc::InvalidArgument:
      return "invalid-argument";
    case Errc::NotFound:
      return "not-found";
    case Errc::PermissionDenied:
      return "permission-denied";
    case Errc::IsDirectory:
      return "is-directory";
    case Errc::Unsupported:
      return "unsupported";
    case Errc::OutOfMemory:
      return "out-of-memory";
    case Errc::NoSpace:
      return "no-space";
    case Errc::Io:
      return "io";
    case Errc::Truncated:
      return "truncated";
    case Errc::Modified:
      return "modified";
    case Errc::RecordTooLong:
      return "record-too-long";
    case Errc::Cancelled:
      return "cancelled";
    case Errc::GuardLost:
      return "guard-lost";
    case Errc::BadData:
      return "bad-data";
  }
  return "unknown";
}

std::string Error::message() const {
  std::string text;
  if (!path.empty()) text += path + ": ";
  text += detail.empty() ? std::string{errc_name(code)} : detail;
  if (offset) text += " at byte " + std::to_string(*offset);
  if (system_errno != 0) text += ": " + std::generic_category().message(system_errno);
  return text;
}

Error system_error(int system_errno, std::string path, std::string detail) {
  return {.code = code_of(system_errno),
          .system_errno = system_errno,
          .path = std::move(path),
          .offset = std::nullopt,
          .detail = std::move(detail)};
}

}  // namespace folio
