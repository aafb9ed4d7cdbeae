// The hooks of Swift's concurrency runtime, which Swift itself cannot name.
#pragma once

#include <stdint.h>

/// From now on every job that has no executor of its own goes to `enqueue`, or to `enqueue_after` where it is to wait first. To be
/// called before the first task is made. swift_task_enqueueGlobal_hook and its like, swift/Runtime/ConcurrencyHooks.def
void swift_concurrency_take_over(void (*enqueue)(void *job), void (*enqueue_after)(void *job, int64_t nanoseconds));
