import FoundationEssentials

/// Where things are: the built programs beside this test's own binary, the servers' scripts in the source tree.
enum Place {
    static let programs: String = {
        let binary = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return directory(of: binary)
    }()

    static let tree = directory(of: directory(of: directory(of: directory(of: #filePath))))

    /// The Python of the tests' own virtual environment, which `make test` sets up.
    static let python = "\(tree)/.build/venv/bin/python"

    /// The version that the programs and the package have, as scripts/deb reads it.
    static func version() throws -> String {
        let file = try String(contentsOfFile: "\(tree)/Sources/Handoff/Version.swift", encoding: .utf8)
        return String(file.split(separator: "\"", omittingEmptySubsequences: false).dropFirst().first ?? "")
    }

    static func program(_ name: String) -> String { "\(programs)/\(name)" }
    static func server(_ name: String) -> String { "\(tree)/Tests/SystemTests/servers/\(name)" }

    private static func directory(of path: String) -> String {
        String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }
}
