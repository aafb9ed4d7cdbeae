/// A moment, on both clocks: waits go by the monotonic one, the age of mail by the wall's.
struct Moment: Equatable, Sendable {
    let monotonic: Deadline
    /// Seconds since 1970.
    let wall: Double
}
