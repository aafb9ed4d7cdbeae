// The few Linux calls that Swift cannot import: those that need _GNU_SOURCE, are macros, or are variadic.
#pragma once

#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// An eventfd, close-on-exec and non-blocking, or -1 with errno set. eventfd(2)
int linux_eventfd(void);

/// A timerfd of CLOCK_BOOTTIME, close-on-exec and non-blocking, that expires once, at so many nanoseconds since boot, or -1 with
/// errno set. timerfd_create(2)
int linux_boot_timer(uint64_t nanoseconds);

/// Locks the pages into memory and keeps them out of core dumps and of forked children. A refused lock
/// (RLIMIT_MEMLOCK) is no error: a secret that may be swapped out is better than a daemon that does not start.
void linux_protect_pages(void *address, size_t length);

/// Overwrites memory in a way that the compiler keeps. explicit_bzero(3)
void linux_wipe(void *address, size_t length);

/// Forbids core dumps and ptrace by processes of the same user. PR_SET_DUMPABLE, prctl(2)
int linux_set_undumpable(void);

/// A pipe whose ends are closed on exec. pipe2(2)
int linux_pipe(int ends[2]);

/// The same file under another descriptor, the lowest free one from `lowest` up, close-on-exec, or -1 with errno set. F_DUPFD_CLOEXEC,
/// fcntl(2)
int linux_duplicate_above(int descriptor, int lowest);

/// A spawned child keeps no descriptor from this one up, close-on-exec or not. posix_spawn_file_actions_addclosefrom_np, <spawn.h>
int linux_close_from(posix_spawn_file_actions_t *actions, int descriptor);

/// From now on SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2 and SIGWINCH are kept for a child, not acted on.
/// With a handler in C, since Swift code may not run in one (signal-safety(7)).
void linux_hold_signals(void);

/// Passes them on to this child, those too that were kept. 0: keeps them again, for when the child is gone and its number may
/// be somebody else's.
void linux_forward_signals(int child);

/// Sets `*flag` to 1 when a signal kills this process that a fault of its own raises (a trap, a bad access, abort). The memory
/// may be a shared mapping, so that the next process sees it. What the signal does otherwise stays as it is.
void linux_flag_crash(volatile int *flag);

/// Gives the calling thread a stack for signal handlers, so that an overflow of its own stack is flagged too.
void linux_use_signal_stack(void);

/// Gives that stack back: the last that the thread does.
void linux_drop_signal_stack(void);

/// The calling thread's name, of at most 15 bytes. PR_SET_NAME, prctl(2)
void linux_name_thread(const char *name);

/// From now on processes whose parent has ended become children of this one, if it is the nearest of their ancestors that asked.
/// PR_SET_CHILD_SUBREAPER, prctl(2)
void linux_adopt_orphans(void);

/// A descriptor of a child, close-on-exec, that poll(2) finds readable once the child has ended, or -1 with errno set. pidfd_open(2)
int linux_pidfd_open(int process);

/// Sends the data as a file in memory that nobody can change any more, by its descriptor: what is too large for a datagram. Returns 0, or
/// -1 with errno set. memfd_create(2), unix(7)
int linux_send_in_memory(
    int socket, const void *address, unsigned address_length, const void *data, size_t length);

/// Sets how many descriptors a process may have at once, up to its hard limit, which stays. prlimit(2)
void linux_limit_descriptors(int process, uint64_t count);

/// How many arguments this process was started with, its own name among them, and what they are: as the C library was given them, which
/// depends neither on /proc nor on where the environment is now. 0 and NULL where the C library does not reveal it.
int linux_argument_count(void);
char *const *linux_arguments(void);

/// How many columns and rows the terminal has. False where the descriptor is no terminal, or it has told nobody. TIOCGWINSZ, ioctl_tty(2)
bool linux_terminal_size(int descriptor, int *columns, int *rows);

/// From now on these bytes, at most 63, are written to the terminal before SIGINT, SIGTERM or SIGHUP ends this process: it is left as it was
/// found. Signals that were ignored stay so.
///
/// @param status with which SIGINT ends it; negative: as a signal ends a process.
void linux_restore_terminal_at_end(int descriptor, const char *bytes, int status);

/// No longer.
void linux_leave_terminal(void);
