import Foundation
import TOML
import Testing
import Trials

/// Held against another reader of TOML 1.0.0, Python's tomllib: what either takes the other takes, and for the same.
@Suite struct ComparisonTests {
    private static let script = """
        sys = __import__("sys"); json = __import__("json")
        try: import tomllib
        except ImportError: sys.exit(75)
        def plain(value):
            if isinstance(value, dict): return {"t": {key: plain(member) for key, member in value.items()}}
            if isinstance(value, list): return {"a": [plain(member) for member in value]}
            if isinstance(value, bool) or isinstance(value, str): return {"v": value}
            if isinstance(value, int): return {"v": str(value) + "i"}
            return {"o": True}
        def read(text):
            try: return plain(tomllib.loads(text))
            except (tomllib.TOMLDecodeError, RecursionError, ValueError): return None
        print(json.dumps([read(text) for text in json.load(sys.stdin)]))
        """

    private func plain(_ value: TOMLValue.Content) -> [String: Any] {
        switch value {
        case .string(let text): ["v": text]
        case .integer(let number): ["v": "\(number)i"]
        case .boolean(let isTrue): ["v": isTrue]
        case .array(let elements): ["a": elements.map { plain($0.content) }]
        case .table(let members): ["t": members.mapValues { plain($0.content) }]
        case .other, .unreadable: ["o": true]
        }
    }

    private func written(_ value: Any) throws -> String {
        String(decoding: try JSONSerialization.data(withJSONObject: [value], options: .sortedKeys), as: UTF8.self)
    }

    /// Documents that are often right, and often nearly.
    private func documents() -> [String] {
        var random = Seeded(Seed.choose())
        let keys = ["a", "b", "c", "a.b", "b.c.a", "\"a\"", "'c'", "\"a.b\"", "d-e_1", "1", ""]
        let values = [
            "1", "-0", "+1_0", "01", "0x1F", "1.5", "1e3", "1.", ".5", "inf", "true", "false", "True", "\"x\"", "'y'",
            "\"\\n\\u00e9\"", "\"\\x\"",
            "\"\"\"\na\\\n  b\"\"\"", "'''q''''", "[]", "[1, 2,]", "[[1], 'x']", "[\n1, # c\n2\n]", "{}",
            "{a = 1, b.c = 2}", "{a = 1,}", "{a = 1\n}",
            "1979-05-27", "1979-05-27 07:32:00Z", "07:32:00", "", "x", "\"", "0b2", "1 2", "{a = {b = [1]}}",
            "1979-13-01", "[1 2]", "[,]",
        ]
        func any(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
        func line() -> String {
            switch Int.random(in: 0..<10, using: &random) {
            case 0: "[\(any(keys))]"
            case 1: "[[\(any(keys))]]"
            case 2: any(["# x", "", "  ", "\t", "]", "a"])
            default: "\(any(["", " ", "\t"]))\(any(keys)) = \(any(values))\(any(["", " # x", " "]))"
            }
        }
        return (0..<6000).map { _ in
            (0..<Int.random(in: 1...4, using: &random)).map { _ in line() }.joined(separator: any(["\n", "\r\n"]))
        }
    }

    @Test func asTomllibReadsIt() throws {
        let documents = documents()
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = ["python3", "-c", Self.script]
        let (input, output) = (Pipe(), Pipe())
        (python.standardInput, python.standardOutput) = (input, output)
        do { try python.run() } catch {
            print("➜ TOML is not compared: there is no python3")
            return
        }
        let data = try JSONSerialization.data(withJSONObject: documents)
        // It reads all before it writes anything.
        input.fileHandleForWriting.write(data)
        try input.fileHandleForWriting.close()
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        python.waitUntilExit()
        guard python.terminationStatus != 75 else {
            print("➜ TOML is not compared: this Python has no tomllib")
            return
        }
        let theirs = try #require(try JSONSerialization.jsonObject(with: answer) as? [Any])
        try #require(theirs.count == documents.count)
        var right = 0
        for (text, their) in zip(documents, theirs) {
            let document = TOMLDocument(text)
            let our: Any = document.mistakes.isEmpty ? plain(.table(document.root)) : NSNull()
            if document.mistakes.isEmpty { right += 1 }
            #expect(try written(our) == written(their), "\(text.debugDescription): \(document.mistakes)")
        }
        #expect(right > documents.count / 10)
    }
}
