/// What was waited for did not come about in time.
struct NotInTime: Error, CustomStringConvertible {
    let what: String
    var last: String = ""
    var description: String { "not in time: \(what)" + (last.isEmpty ? "" : "; last seen: \(last)") }
}

/// How long is waited for what is sure to come: so long that only what hangs is given up. Where all is well it costs nothing.
let patience = Duration.seconds(300)

/// How far apart two looks are.
private let pause = Duration.milliseconds(10)

/// On a busy machine a look takes longer, and so does what is waited for: whatever the clock says, it is looked so often.
private let fewestLooks = 500

/// Looks again every few milliseconds until there is a value, and gives it.
///
/// - Parameter limit: how long at the least.
func eventually<Value>(
    _ what: String, within limit: Duration = patience, last: () -> String = { "" },
    _ isThere: () async throws -> Value?
) async throws -> Value {
    let (start, looks) = (ContinuousClock.now, min(Int(limit / pause), fewestLooks))
    var look = 0
    while look <= looks || ContinuousClock.now - start < limit {
        if let value = try await isThere() { return value }
        look += 1
        try await Task.sleep(for: pause)
    }
    throw NotInTime(what: what, last: last())
}

/// Looks again every few milliseconds until it is so.
func eventually(
    _ what: String, within limit: Duration = patience, last: () -> String = { "" },
    _ isSo: () async throws -> Bool
) async throws {
    let _: Void = try await eventually(what, within: limit, last: last) { try await isSo() ? () : nil }
}

/// Waits until the words stand there: what a program writes is read a moment after what it does is seen.
func appears(_ words: String, in text: @autoclosure () -> String) async throws {
    try await eventually("\"\(words)\"", last: text) { text().contains(words) }
}
