// SPDX-License-Identifier: Apache-2.0
// Magic numbers of statfs(2). Written out, since the headers of a given system have only some of them.
#include "os/file_system.h"

#include <sys/vfs.h>

#include "os/process_stats.h"

namespace folio::os {

namespace {

constexpr std::uint64_t kHugetlbfs = 0x958458f6;

}  // namespace

FileSystemKind file_system_kind_of(std::uint64_t magic) {
  switch (magic) {
    case 0x01021994:  // tmpfs
    case 0x858458f6:  // ramfs
    case kHugetlbfs:
      return FileSystemKind::Memory;
    case 0x6969:      // NFS
    case 0x517b:      // SMB
    case 0xff534d42:  // CIFS
    case 0xfe534d42:  // SMB2
    case 0x01021997:  // 9p
    case 0x00c36400:  // Ceph
    case 0x564c:      // NCP
    case 0x5346414f:  // AFS (OpenAFS)
    case 0x6b414653:  // AFS (kernel)
    case 0x73757245:  // Coda
    case 0x0bd00bd0:  // Lustre
    case 0x47504653:  // GPFS
    case 0x19830326:  // BeeGFS
    case 0x20030528:  // OrangeFS
    case 0x01161970:  // GFS2
    case 0x7461636f:  // OCFS2
    case 0xbacbacbc:  // VMware shared folders
    case 0x786f4256:  // VirtualBox shared folders
      return FileSystemKind::Network;
    case 0x65735546:
      return FileSystemKind::Fuse;
    case 0x9fa0:      // proc
    case 0x62656572:  // sysfs
    case 0x64626720:  // debugfs
    case 0x74726163:  // tracefs
    case 0x27e0eb:    // cgroup
    case 0x63677270:  // cgroup2
    case 0xcafe4a11:  // bpf
    case 0x73636673:  // securityfs
    case 0xf97cff8c:  // selinuxfs
    case 0x43415d53:  // smackfs
    case 0x5a3c69f0:  // apparmorfs
    case 0x62656570:  // configfs
    case 0x6165676c:  // pstore
    case 0xde5e81e4:  // efivarfs
    case 0x7655821:   // resctrl
    case 0x42494e4d:  // binfmt_misc
    case 0x6e736673:  // nsfs
    case 0x1cd1:      // devpts
    case 0x19800202:  // mqueue
    case 0x09041934:  // anonymous inodes
      return FileSystemKind::Pseudo;
    default:
      return FileSystemKind::Local;
  }
}

FileSystemFacts file_system_facts(int descriptor) {
  struct statfs facts{};
  if (::fstatfs(descriptor, &facts) != 0) return {FileSystemKind::Local, page_size()};
  // f_type is signed on some machines: only its 32 bits count.
  const std::uint64_t magic = static_cast<std::uint32_t>(facts.f_type);
  const bool has_own_pages = magic == kHugetlbfs && facts.f_bsize > 0;
  return {file_system_kind_of(magic),
          has_own_pages ? static_cast<std::uint64_t>(facts.f_bsize) : page_size()};
}

}  // namespace folio::os
