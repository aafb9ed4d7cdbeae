import Glibc
import Synchronization
import Testing

/// What one test has around it: its directory, the servers and programs it started, and the secrets it made up. When the
/// test is over everything is taken down, and no log may hold one of the secrets.
final class Stage: Sendable {
    @TaskLocal static var current: Stage?

    let scratch: Scratch
    private struct Things {
        var secrets: [String] = []
        var logs: [(name: String, text: @Sendable () -> String)] = []
        var endings: [@Sendable () async -> Void] = []
        var names = 0
        var files: [String: String] = [:]
    }
    private let things = Mutex(Things())

    init() throws { scratch = try Scratch() }

    static func require() throws -> Stage {
        guard let current else { throw NotOnStage() }
        return current
    }

    /// A name that is new in the test's directory.
    func name(_ stem: String) -> String {
        things.withLock {
            $0.names += 1
            return "\(stem)\($0.names)"
        }
    }

    /// A secret that no log may ever hold, in no usual disguise.
    func secret(length: Int = 12) -> String {
        let alphabet = Array("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        let secret = String((0..<length).map { _ in alphabet.randomElement() ?? "x" })
        keep(secret: secret)
        return secret
    }

    /// One that the test did not make up, and that no log may hold either.
    func keep(secret: String) {
        things.withLock { $0.secrets.append(secret) }
    }

    /// A file with this line, always the same one.
    func file(with line: String) throws -> String {
        if let file = things.withLock({ $0.files[line] }) { return file }
        let file = try scratch.write("\(line)\n", to: name("password"))
        things.withLock { $0.files[line] = file }
        return file
    }

    /// Text that is shown when the test throws, and in which no secret may stand.
    func log(_ name: String, _ text: @escaping @Sendable () -> String) {
        things.withLock { $0.logs.append((name, text)) }
    }

    /// Done in reverse order after the test.
    func atEnd(_ ending: @escaping @Sendable () async -> Void) {
        things.withLock { $0.endings.append(ending) }
    }

    /// The secrets that stand in the text, as they are or in base64.
    func secrets(in text: String) -> [String] {
        things.withLock { $0.secrets }.filter { secret in
            text.contains(secret) || Base64.alignments(of: secret).contains { text.contains($0) }
        }
    }

    fileprivate func takeDown() async {
        for end in things.withLock({ $0.endings }).reversed() { await end() }
        for (name, text) in things.withLock({ $0.logs }) {
            let leaked = secrets(in: text())
            #expect(leaked.isEmpty, "secrets in \(name)")
        }
        scratch.remove()
    }

    fileprivate func show() {
        for (name, text) in things.withLock({ $0.logs }) { print("--- \(name)\n\(text())") }
    }
}

/// The file, of proc(5) for one, holds no secret of the test's.
func noSecret(in file: String) throws {
    let leaked = try Stage.require().secrets(in: Proc.text(of: file))
    #expect(leaked.isEmpty, "secrets in \(file)")
}

struct NotOnStage: Error, CustomStringConvertible {
    var description: String { "the test lacks the trait .staged" }
}

/// Gives each test a ``Stage``; no more of them at a time than the machine carries.
struct Staged: TestTrait, SuiteTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        await Seats.shared.take()
        let outcome = await Self.play(function)
        await Seats.shared.free()
        try outcome.get()
    }

    private static func play(_ function: @Sendable () async throws -> Void) async -> Result<Void, any Error> {
        do {
            let stage = try Stage()
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await Stage.$current.withValue(stage) { try await function() })
            } catch {
                stage.show()
                outcome = .failure(error)
            }
            await stage.takeDown()
            return outcome
        } catch {
            return .failure(error)
        }
    }
}

extension Trait where Self == Staged {
    static var staged: Self { Staged() }
}

/// A bounded number of seats, first come, first served.
actor Seats {
    static let shared = Seats(count: max(4, 3 * sysconf(Int32(_SC_NPROCESSORS_ONLN))))

    private var count: Int
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(count: Int) { self.count = count }

    func take() async {
        if count > 0 {
            count -= 1
        } else {
            await withCheckedContinuation { queue.append($0) }
        }
    }

    func free() {
        if queue.isEmpty { count += 1 } else { queue.removeFirst().resume() }
    }
}
