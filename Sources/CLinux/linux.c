#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

int linux_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int linux_boot_timer(uint64_t nanoseconds) {
    // A value of nothing but zeros would disarm it.
    uint64_t when = nanoseconds > 0 ? nanoseconds : 1;
    struct itimerspec once = {.it_value = {(time_t)(when / 1000000000), (long)(when % 1000000000)}};
    int descriptor = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (descriptor >= 0 && timerfd_settime(descriptor, TFD_TIMER_ABSTIME, &once, NULL) != 0) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

void linux_protect_pages(void *address, size_t length) {
    (void)mlock(address, length);
    (void)madvise(address, length, MADV_DONTDUMP);
    (void)madvise(address, length, MADV_WIPEONFORK);
}

void linux_wipe(void *address, size_t length) { explicit_bzero(address, length); }

int linux_set_undumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int linux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int linux_duplicate_above(int descriptor, int lowest) { return fcntl(descriptor, F_DUPFD_CLOEXEC, lowest); }

int linux_close_from(posix_spawn_file_actions_t *actions, int descriptor) {
    return posix_spawn_file_actions_addclosefrom_np(actions, descriptor);
}

// The C library of Debian 11 has no function for it.
int linux_pidfd_open(int process) { return (int)syscall(SYS_pidfd_open, process, 0); }

int linux_send_in_memory(
    int socket, const void *address, unsigned address_length, const void *data, size_t length) {
    int file = memfd_create("journal-entry", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0) return -1;
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof file)];
    } control = {0};
    struct msghdr message = {
        .msg_name = (void *)address,
        .msg_namelen = address_length,
        .msg_control = &control,
        .msg_controllen = sizeof control,
    };
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof file);
    memcpy(CMSG_DATA(header), &file, sizeof file);
    ssize_t sent = -1;
    if (write(file, data, length) == (ssize_t)length &&
        fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0)
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    int error = errno;
    close(file);
    errno = error;
    return sent >= 0 ? 0 : -1;
}

void linux_limit_descriptors(int process, uint64_t count) {
    struct rlimit limit;
    if (prlimit(process, RLIMIT_NOFILE, NULL, &limit) != 0) return;
    limit.rlim_cur = count < limit.rlim_max ? count : limit.rlim_max;
    (void)prlimit(process, RLIMIT_NOFILE, &limit, NULL);
}

static const int forwarded[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH};
// The handler runs on whichever thread the kernel likes. Lock-free, so it may use them (C11, 7.14.1.1).
static _Atomic int forward_to;
static atomic_bool kept[NSIG];

// Kept first and then taken by one of both sides, so that none is lost between them, nor sent twice.
static void pass_on(int number, int child) {
    if (child > 0 && atomic_exchange(&kept[number], false)) kill(child, number);
}

static void forward(int number) {
    int saved = errno;
    atomic_store(&kept[number], true);
    pass_on(number, atomic_load(&forward_to));
    errno = saved;
}

void linux_hold_signals(void) {
    struct sigaction action = {.sa_handler = forward, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof forwarded / sizeof *forwarded; i++) sigaction(forwarded[i], &action, NULL);
}

void linux_forward_signals(int child) {
    atomic_store(&forward_to, child);
    for (size_t i = 0; i < sizeof forwarded / sizeof *forwarded; i++) pass_on(forwarded[i], child);
}

static volatile int *crash_flag;

static void crashed(int number) {
    *crash_flag = 1;
    // SA_RESETHAND: the default action is back. A fault raises itself again on return; what came by kill(2) does not.
    raise(number);
}

void linux_flag_crash(volatile int *flag) {
    static const int fatal[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
    crash_flag = flag;
    struct sigaction action = {.sa_handler = crashed, .sa_flags = SA_RESETHAND | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) sigaction(fatal[i], &action, NULL);
}

void linux_use_signal_stack(void) {
    size_t size = 16384 + (size_t)sysconf(_SC_MINSIGSTKSZ);
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return;
    stack_t stack = {.ss_sp = memory, .ss_size = size};
    sigaltstack(&stack, NULL);
}

void linux_drop_signal_stack(void) {
    stack_t none = {.ss_flags = SS_DISABLE}, stack = {0};
    if (sigaltstack(&none, &stack) == 0 && !(stack.ss_flags & SS_DISABLE)) munmap(stack.ss_sp, stack.ss_size);
}

void linux_name_thread(const char *name) { (void)prctl(PR_SET_NAME, name, 0, 0, 0); }

void linux_adopt_orphans(void) { (void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }
