#include "CLinux.h"

static int count;
static char **arguments;

// The C library hands its constructors what it hands main(), from where the kernel has put it.
__attribute__((constructor)) static void keep_arguments(int argc, char **argv) {
    count = argc;
    arguments = argv;
}

int linux_argument_count(void) { return arguments ? count : 0; }

char *const *linux_arguments(void) { return arguments; }
