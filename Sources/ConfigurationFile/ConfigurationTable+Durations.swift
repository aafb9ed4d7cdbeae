import Handoff
import Messages
import TOML

/// Values that are a duration.
extension ConfigurationTable {
    /// A duration in this range, written with its unit, such as `60s`; nil if it is missing, or another problem was added.
    ///
    /// - Parameter orZero: `0s` is allowed, too.
    package mutating func duration(_ key: String, in range: ClosedRange<Duration>, orZero: Bool = false) -> Duration? {
        guard let value = take(key) else { return nil }
        guard case .string(let text) = value, let duration = Duration(text: text) else {
            problem(
                key,
                "must be a DURATION, a string with a unit such as \"500ms\", \"60s\", \"5m\" or \"24h\", \(Self.instead(value))"
            )
            return nil
        }
        guard range ~= duration || orZero && duration == .zero else {
            let (least, most) = (range.lowerBound.text, range.upperBound.text)
            problem(
                key,
                orZero
                    ? "must be from \(least) to \(most), or 0s, not \(text)"
                    : "must be from \(least) to \(most), not \(text)")
            return nil
        }
        return duration
    }

    /// What is there instead, and what may be meant by it.
    private static func instead(_ value: TOMLValue.Content) -> Text {
        switch value {
        case .string(let text):
            let shown = shown(text)
            switch meant(ascii(text).lowercased()) {
            case .duration(let meant): return Text("not \"\(shown)\": did you mean \"\(meant)\"?")
            case .negative: return Text("not \"\(shown)\", which is negative")
            case .tooLarge: return Text("not \"\(shown)\", which is too large")
            case nil: return Text("not \"\(shown)\"")
            }
        case .integer(let number) where number >= 0: return Text("not \(number): did you mean \"\(number)s\"?")
        default: return Text("not \(value.typeName)")
        }
    }

    private enum Meant { case duration(String), negative, tooLarge }

    /// What may be meant by a text that is no duration: another name of a unit, a unit that is not known here, a fraction, a lone number.
    private static func meant(_ text: String) -> Meant? {
        if text.hasPrefix("-") { return .negative }
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let unit = text.dropFirst(digits.count)
        guard let number = Double(digits),
            let (name, milliseconds) = units.first(where: { $0.names.contains(unit) })?.means
        else { return nil }
        if let whole = Int(digits), let duration = name.map({ "\(whole)\($0)" }), Duration(text: duration) != nil {
            return .duration(duration)
        }
        let exact = (number * milliseconds).rounded()
        guard exact < 1e12 else { return .tooLarge }
        return exact >= 1 ? .duration(Duration.milliseconds(Int64(exact)).text) : nil
    }

    /// The names of each unit, how durations here have it, and its milliseconds.
    private static let units: [(names: [Substring], means: (name: String?, milliseconds: Double))] = [
        (["ms", "msec", "millisecond", "milliseconds", "ミリ秒"], ("ms", 1)),
        (["", "s", "sec", "secs", "second", "seconds", "秒"], ("s", 1000)),
        (["m", "min", "mins", "minute", "minutes", "分"], ("m", 60_000)),
        (["h", "hr", "hrs", "hour", "hours", "時間"], ("h", 3_600_000)),
        (["d", "day", "days", "日"], (nil, 86_400_000)),
        (["w", "week", "weeks", "週", "週間"], (nil, 604_800_000)),
    ]
}
