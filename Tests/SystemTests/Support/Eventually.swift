/// What was waited for did not come about in time.
struct NotInTime: Error, CustomStringConvertible {
    let what: String
    var last: String = ""
    var description: String { "not in time: \(what)" + (last.isEmpty ? "" : "; last seen: \(last)") }
}

/// Looks again every few milliseconds until there is a value, and gives it.
func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(20), last: () -> String = { "" },
    _ look: () async throws -> Value?
) async throws -> Value {
    let end = ContinuousClock.now + limit
    while true {
        if let value = try await look() { return value }
        if ContinuousClock.now >= end { throw NotInTime(what: what, last: last()) }
        try await Task.sleep(for: .milliseconds(10))
    }
}

/// Looks again every few milliseconds until it is so.
func eventually(
    _ what: String, within limit: Duration = .seconds(20), last: () -> String = { "" },
    _ isSo: () async throws -> Bool
) async throws {
    let _: Void = try await eventually(what, within: limit, last: last) { try await isSo() ? () : nil }
}
