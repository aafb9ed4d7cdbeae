// What recognition costs: see Benchmarks/parts/recognition.py.

import FoundationEssentials
import Glibc
import Recognition

let rules = RecognitionRules()

/// Microseconds a reading: the best of several rounds, and the median.
func measure(_ message: [UInt8], seconds: Double = 1) -> (best: Double, median: Double, count: Int) {
    var samples: [Double] = []
    let clock = ContinuousClock()
    let start = clock.now
    while samples.count < 5 || clock.now - start < .seconds(seconds) {
        let repetitions = max(1, min(200, 100_000 / max(message.count, 1)))
        let elapsed = clock.measure {
            for _ in 0..<repetitions { _ = Recognition(of: message, internalDate: nil, rules: rules) }
        }
        let components = elapsed.components
        let microseconds = Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12
        samples.append(microseconds / Double(repetitions))
        if samples.count >= 2_000 { break }
    }
    samples.sort()
    return (samples[0], samples[samples.count / 2], samples.count)
}

func verdict(_ message: [UInt8]) -> String {
    Recognition(of: message, internalDate: nil, rules: rules).refusal?.reason.rawValue ?? "accepted"
}

func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(1, width - text.count)) }
func rounded(_ value: Double) -> String { String(Double(Int(value * 10)) / 10) }

let arguments = CommandLine.arguments.dropFirst()
if arguments.isEmpty {
    print("usage: benchmark-recognition FILE.eml... | --times N FILE.eml | --hostile")
    exit(64)
}
if arguments.first == "--hostile" {
    print(padded("hostile input", 34) + "      1x us      2x us      4x us   4x/1x  verdict")
    for input in Hostile.inputs {
        let times = [1, 2, 4].map { measure(input.message($0), seconds: 0.3).best }
        let columns = times.map { time in
            let text = rounded(time)
            return String(repeating: " ", count: max(0, 10 - text.count)) + text
        }
        print(
            padded(input.name, 34) + columns.joined(separator: " ") + "   " + padded(rounded(times[2] / times[0]), 6)
                + verdict(input.message(4)))
    }
} else if arguments.first == "--times", arguments.count == 3,
    let data = try? Data(contentsOf: URL(filePath: CommandLine.arguments[3]))
{
    // For whoever counts from outside what a reading takes.
    let message = Array(data)
    for _ in 0..<(Int(CommandLine.arguments[2]) ?? 0) { _ = Recognition(of: message, internalDate: nil, rules: rules) }
} else {
    for path in arguments {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            print("\(path): cannot be read")
            exit(66)
        }
        let message = Array(data)
        let result = measure(message)
        print("\(path)\t\(message.count)\t\(rounded(result.best))\t\(rounded(result.median))\t\(verdict(message))")
    }
}
