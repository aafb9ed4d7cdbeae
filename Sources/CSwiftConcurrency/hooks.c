#include "CSwiftConcurrency.h"

#include <time.h>

#define SWIFT __attribute__((swiftcall))

typedef SWIFT void (*now_original)(void *job);
typedef SWIFT void (*delay_original)(unsigned long long delay, void *job);
typedef SWIFT void (*deadline_original)(
    long long seconds, long long nanoseconds, long long tolerance_seconds, long long tolerance_nanoseconds, int clock, void *job);

extern SWIFT void (*swift_task_enqueueGlobal_hook)(void *job, now_original original);
extern SWIFT void (*swift_task_enqueueGlobalWithDelay_hook)(unsigned long long delay, void *job, delay_original original);
extern SWIFT void (*swift_task_enqueueGlobalWithDeadline_hook)(
    long long seconds, long long nanoseconds, long long tolerance_seconds, long long tolerance_nanoseconds, int clock, void *job,
    deadline_original original);

static void (*run_now)(void *job);
static void (*run_after)(void *job, int64_t nanoseconds);

static SWIFT void enqueue_now(void *job, now_original original) {
    (void)original;
    run_now(job);
}

static SWIFT void enqueue_with_delay(unsigned long long delay, void *job, delay_original original) {
    (void)original;
    run_after(job, delay > INT64_MAX ? INT64_MAX : (int64_t)delay);
}

static SWIFT void enqueue_with_deadline(
    long long seconds, long long nanoseconds, long long tolerance_seconds, long long tolerance_nanoseconds, int clock, void *job,
    deadline_original original) {
    (void)tolerance_seconds, (void)tolerance_nanoseconds, (void)original;
    struct timespec now;
    // swift_clock_id_continuous is 1, swift_clock_id_suspending 2.
    clock_gettime(clock == 2 ? CLOCK_MONOTONIC : CLOCK_BOOTTIME, &now);
    long long left;
    if (__builtin_sub_overflow(seconds, (long long)now.tv_sec, &left) ||
        __builtin_mul_overflow(left, 1000000000LL, &left) ||
        __builtin_add_overflow(left, nanoseconds - now.tv_nsec, &left))
        left = INT64_MAX;
    run_after(job, left < 0 ? 0 : left);
}

void swift_concurrency_take_over(void (*enqueue)(void *job), void (*enqueue_after)(void *job, int64_t nanoseconds)) {
    run_now = enqueue;
    run_after = enqueue_after;
    swift_task_enqueueGlobal_hook = enqueue_now;
    swift_task_enqueueGlobalWithDelay_hook = enqueue_with_delay;
    swift_task_enqueueGlobalWithDeadline_hook = enqueue_with_deadline;
}
