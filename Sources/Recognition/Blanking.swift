import MIME

/// A line of a refused mail in a form that may be shown: its wording, without a secret.
struct Blanking {
    /// Runs of ASCII that are no secret: what labels are made of. Lower case.
    private let words: Set<[UInt8]>

    /// What mails of this kind call things.
    private static let common = [
        "url", "id", "otp", "pin", "password", "passcode", "code", "login", "log", "in", "one", "time", "one-time",
        "web",
        "link",
    ]

    init(_ rules: RecognitionRules) {
        let own = (rules.passwordLabels + rules.loginURLLabels).flatMap { label in
            let folded = Width.folded(Array(label.utf8)[...])
            return folded.split { $0 <= 0x20 || $0 >= 0x7F }.map(Array.init)
        }
        words = Set(Self.common.map { Array($0.utf8) } + own.map { $0.map(\.lowercased) })
    }

    /// Letters, digits and signs of either width, run by run, become `xxx`; single signs, labels and other writing stay.
    func line(_ line: Bytes, limit: Int) -> String {
        var blanked: [UInt8] = []
        var run: [UInt8] = []
        var index = line.startIndex
        var sawColon = false
        while index < line.endIndex, blanked.count < limit * 4 {
            let (scalar, next) = Width.folded(line, at: index)
            index = next
            // The first colon is a label's end, whatever is close to it.
            let isColon = scalar == 0x3A && !sawColon
            sawColon = sawColon || isColon
            if scalar &- 0x21 < 0x5E, !isColon {
                run.append(UInt8(truncatingIfNeeded: scalar))
            } else {
                blanked += shownRun(run)
                run.removeAll(keepingCapacity: true)
                blanked.appendUTF8(scalar)
            }
        }
        blanked += shownRun(run)
        run.wipe()
        return shown(blanked, limit: limit)
    }

    private func shownRun(_ run: [UInt8]) -> [UInt8] {
        if run.isEmpty || words.contains(run.map(\.lowercased)) { return run }
        if run.count == 1, let sign = run.first, !sign.isASCIILetter, !sign.isASCIIDigit { return run }
        return Array("xxx".utf8)
    }
}
