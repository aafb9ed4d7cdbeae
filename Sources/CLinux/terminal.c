#define _GNU_SOURCE
#include "CLinux.h"

#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool linux_terminal_size(int descriptor, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return false;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return true;
}

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
static bool is_taken[sizeof ending / sizeof *ending];
static int terminal = -1, interrupted;
static char restoring[64];
static size_t length;

static void restore(int number) {
    // The process ends: there is nobody to tell that it failed.
    ssize_t written = write(terminal, restoring, length);
    (void)written;
    if (number == SIGINT && interrupted >= 0) _exit(interrupted);
    // SA_RESETHAND: the default action is back.
    raise(number);
}

void linux_restore_terminal_at_end(int descriptor, const char *bytes, int status) {
    length = strnlen(bytes, sizeof restoring);
    memcpy(restoring, bytes, length);
    terminal = descriptor;
    interrupted = status;
    struct sigaction action = {.sa_handler = restore, .sa_flags = SA_RESETHAND}, before;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
        is_taken[i] = sigaction(ending[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN;
        if (is_taken[i]) sigaction(ending[i], &action, NULL);
    }
}

void linux_leave_terminal(void) {
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
        if (is_taken[i]) signal(ending[i], SIG_DFL);
        is_taken[i] = false;
    }
}
