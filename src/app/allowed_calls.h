// SPDX-License-Identifier: Apache-2.0
//
// app/allowed_calls: the system calls that a confined Sealtone may make; any other ends it.
//
// The one list, each group with its reason.  A call is here because the program was seen (strace)
// or read to make it once it is confined, on x86-64 with glibc 2.36; what it needs before that
// (threads, the lock of the state folder) is not.  Calls that could do more with other arguments
// are held to the ones that are needed.  What is left out on purpose: starting programs or
// processes (execve, fork, clone), looking into other processes (ptrace, process_vm_readv, pidfd),
// memory that is made executable, mounting, namespaces, keys of the kernel, bpf, io_uring, other
// kinds of sockets, changing users.
#pragma once

#include <fcntl.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <array>
#include <cstdint>

namespace sealtone::app {

struct AllowedCall {
  int number;  // libseccomp knows it on every architecture
  const char* why;
};

// Whatever their arguments are.
inline constexpr std::array kAllowedCalls{
    // Memory, from malloc.
    AllowedCall{SCMP_SYS(brk), "malloc"},
    AllowedCall{SCMP_SYS(munmap), "malloc"},
    AllowedCall{SCMP_SYS(mremap), "realloc"},
    AllowedCall{SCMP_SYS(madvise), "malloc gives pages back"},

    // The event loop, and waiting for its one worker thread.
    AllowedCall{SCMP_SYS(epoll_create1), "a loop"},
    AllowedCall{SCMP_SYS(epoll_ctl), "what it watches"},
    AllowedCall{SCMP_SYS(epoll_wait), "its waiting"},
    AllowedCall{SCMP_SYS(eventfd2), "how another thread wakes it"},
    AllowedCall{SCMP_SYS(timerfd_create), "its clock"},
    AllowedCall{SCMP_SYS(timerfd_settime), "time limits"},
    AllowedCall{SCMP_SYS(poll), "c-ares, the terminal"},
    AllowedCall{SCMP_SYS(futex), "locks"},
    AllowedCall{SCMP_SYS(restart_syscall), "a wait goes on after a stop"},
    AllowedCall{SCMP_SYS(rseq), "the worker, begun a moment before the filter"},
    AllowedCall{SCMP_SYS(set_robust_list), "the worker, begun a moment before the filter"},
    AllowedCall{SCMP_SYS(sched_getaffinity), "malloc asks for processors"},

    // Connections; socket itself is below.
    AllowedCall{SCMP_SYS(bind), "listening"},
    AllowedCall{SCMP_SYS(listen), "listening"},
    AllowedCall{SCMP_SYS(accept), "listening"},
    AllowedCall{SCMP_SYS(connect), "servers"},
    AllowedCall{SCMP_SYS(shutdown), "goodbye"},
    AllowedCall{SCMP_SYS(getsockname), "the port that was bound"},
    AllowedCall{SCMP_SYS(getpeername), "who it is"},
    AllowedCall{SCMP_SYS(getsockopt), "whether connecting worked"},
    AllowedCall{SCMP_SYS(setsockopt), "TCP_NODELAY and its like"},
    AllowedCall{SCMP_SYS(sendto), "send, name servers"},
    AllowedCall{SCMP_SYS(recvfrom), "recv, with MSG_PEEK; name servers"},

    // Files: the store and its log, configuration, this computer's roots, key log, what is saved.
    AllowedCall{SCMP_SYS(read), "files and TLS"},
    AllowedCall{SCMP_SYS(write), "files, log and TLS"},
    AllowedCall{SCMP_SYS(writev), "c-ares over TCP; glibc's last words"},
    AllowedCall{SCMP_SYS(pread64), "SQLite"},
    AllowedCall{SCMP_SYS(pwrite64), "SQLite"},
    AllowedCall{SCMP_SYS(lseek), "stdio, SQLite"},
    AllowedCall{SCMP_SYS(openat), "files"},
    AllowedCall{SCMP_SYS(close), "everything"},
    AllowedCall{SCMP_SYS(fstat), "files"},
    AllowedCall{SCMP_SYS(newfstatat), "files"},
    AllowedCall{SCMP_SYS(access), "SQLite"},
    AllowedCall{SCMP_SYS(readlink), "canonical paths"},
    AllowedCall{SCMP_SYS(getcwd), "canonical paths"},
    AllowedCall{SCMP_SYS(getdents64), "what a folder holds"},
    AllowedCall{SCMP_SYS(fsync), "what is kept is on the disk"},
    AllowedCall{SCMP_SYS(fdatasync), "what is kept is on the disk"},
    AllowedCall{SCMP_SYS(ftruncate), "SQLite's log, the lock file"},
    AllowedCall{SCMP_SYS(fchmod), "0600 for what is made: files, admin.sock, the key log"},
    AllowedCall{SCMP_SYS(fchown), "SQLite as root keeps a file's owner"},
    AllowedCall{SCMP_SYS(mkdir), "the lab's folder"},
    AllowedCall{SCMP_SYS(unlink), "admin.sock, SQLite's log"},
    AllowedCall{SCMP_SYS(unlinkat), "the lab's folder"},
    AllowedCall{SCMP_SYS(rmdir), "the lab's folder"},
    AllowedCall{SCMP_SYS(rename), "a file that replaces another"},

    // Time, random octets, who and where this is.
    AllowedCall{SCMP_SYS(clock_gettime), "clocks without vdso"},
    AllowedCall{SCMP_SYS(gettimeofday), "clocks without vdso"},
    AllowedCall{SCMP_SYS(time), "clocks without vdso"},
    AllowedCall{SCMP_SYS(clock_nanosleep), "SQLite waits for a lock"},
    AllowedCall{SCMP_SYS(getrandom), "OpenSSL"},
    AllowedCall{SCMP_SYS(getpid), "the lock file, OpenSSL"},
    AllowedCall{SCMP_SYS(getuid), "whose file it is"},
    AllowedCall{SCMP_SYS(geteuid), "whose file it is"},
    AllowedCall{SCMP_SYS(getgid), "OpenSSL: no environment under set-id"},
    AllowedCall{SCMP_SYS(getegid), "OpenSSL: no environment under set-id"},
    AllowedCall{SCMP_SYS(uname), "the host's name"},
    AllowedCall{SCMP_SYS(sysinfo), "qsort() asks for the memory's size"},

    // Signals, and the end.
    AllowedCall{SCMP_SYS(rt_sigaction), "TERM, INT, HUP"},
    AllowedCall{SCMP_SYS(rt_sigprocmask), "TERM, INT, HUP"},
    AllowedCall{SCMP_SYS(rt_sigreturn), "TERM, INT, HUP"},
    AllowedCall{SCMP_SYS(exit), "a thread's end"},
    AllowedCall{SCMP_SYS(exit_group), "the end"},
};

// Allowed if the argument, as far as mask goes, is value.
struct HeldCall {
  int number;
  unsigned argument;  // from 0
  std::uint64_t mask, value;
  const char* why;
};

// An int of C: the kernel does not look at what stands above its 32 bits.
inline constexpr std::uint64_t kInt = 0xFFFF'FFFFU;

inline constexpr std::array kHeldCalls{
    HeldCall{SCMP_SYS(mmap), 2, PROT_EXEC, 0, "malloc; no code is loaded once confined"},
    HeldCall{SCMP_SYS(mprotect), 2, PROT_EXEC, 0, "malloc's further arenas; nothing becomes code"},
    HeldCall{SCMP_SYS(socket), 0, kInt, AF_UNIX, "admin.sock"},
    HeldCall{SCMP_SYS(socket), 0, kInt, AF_INET, "servers, the page, name servers"},
    HeldCall{SCMP_SYS(socket), 0, kInt, AF_INET6, "servers, the page, name servers"},
    HeldCall{SCMP_SYS(ioctl), 1, kInt, FIONBIO, "non-blocking sockets"},
    HeldCall{SCMP_SYS(ioctl), 1, kInt, FIONREAD, "how much waits to be read"},
    HeldCall{SCMP_SYS(ioctl), 1, kInt, TCGETS, "whether a stream is a terminal"},
    HeldCall{SCMP_SYS(ioctl), 1, kInt, TIOCGWINSZ, "how large the terminal is"},
    HeldCall{SCMP_SYS(fcntl), 1, kInt, F_GETFL, "non-blocking sockets"},
    HeldCall{SCMP_SYS(fcntl), 1, kInt, F_SETFL, "non-blocking sockets"},
    HeldCall{SCMP_SYS(fcntl), 1, kInt, F_GETFD, "descriptors that no other program gets"},
    HeldCall{SCMP_SYS(fcntl), 1, kInt, F_SETFD, "descriptors that no other program gets"},
    HeldCall{SCMP_SYS(fcntl), 1, kInt, F_GETLK, "SQLite's locks"},
    HeldCall{SCMP_SYS(fcntl), 1, kInt, F_SETLK, "SQLite's locks"},
    HeldCall{SCMP_SYS(fcntl), 1, kInt, F_DUPFD_CLOEXEC, "SQLite keeps clear of 0, 1 and 2"},
};

}  // namespace sealtone::app
