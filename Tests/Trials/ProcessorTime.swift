import Glibc

/// What a thread has used of a processor. Unlike the clock it does not tell how busy the machine is.
public enum ProcessorTime {
    /// Seconds that this thread has used so far. clock_gettime(2)
    static var ofThisThread: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Uses up so much, and does nothing: a measure of what somebody else could have used in the meantime.
    public static func spend(seconds: Double) {
        let end = ofThisThread + seconds
        while ofThisThread < end {}
    }

    /// Seconds that this thread uses for the work.
    public static func used(_ work: () throws -> Void) rethrows -> Double {
        let begun = ofThisThread
        try work()
        return ofThisThread - begun
    }

    /// How many times as much the work takes at the large size as at the small one: the quickest of three tries each, since
    /// caches are shared.
    public static func growth(from small: Int, to large: Int, _ work: (Int) throws -> Void) rethrows -> Double {
        func time(_ size: Int) throws -> Double {
            var least = Double.infinity
            for _ in 0..<3 {
                let begun = ofThisThread
                try work(size)
                least = min(least, ofThisThread - begun)
            }
            return least
        }
        return try time(large) / time(small)
    }
}
