import FoundationEssentials
import Glibc
import Testing
import Trials

/// `secom-otp status --watch`
@Suite(.staged) struct StatusWatchTests {
    private func served() async throws -> Daemon {
        let daemon = try await Daemon.start(Configuration(.init(on: try await Dovecot.start())))
        try await daemon.watching()
        return daemon
    }

    private static let enter = "\u{1B}[?1049h"
    private static let leave = "\u{1B}[?25h\u{1B}[?1049l"

    @Test func onATerminalItIsRenewedInPlaceUntilControlC() async throws {
        let daemon = try await served()
        // Pressed at the third sight of it.
        let sight = try await Onlooker(
            keys: [("", "secom-otpd"), ("", "secom-otpd"), ("^C", "secom-otpd")]
        ).run("secom-otp", "status", "--watch", "--socket", daemon.socket)
        #expect(sight.exit == 0)
        #expect(sight.shown.hasPrefix(Self.enter) && sight.shown.hasSuffix(Self.leave), "\(sight)")
        let frames = sight.shown.split(separator: "\u{1B}[H")
        #expect(
            frames.count >= 4 && frames.dropFirst().allSatisfy { $0.contains("all OK") && $0.contains("watching") })
        // Nothing scrolls: no line end behind the last line.
        #expect(frames.dropFirst().allSatisfy { $0.unicodeScalars.count { $0 == "\n" } < 24 })
    }

    @Test func aRestartOfTheDaemonIsWaitedFor() async throws {
        let daemon = try await served()
        let watching = try Onlooker(
            keys: [("", "all OK"), ("", "trying again:"), ("^C", "all OK")]
        ).starting("secom-otp", ["status", "--watch", "--socket", daemon.socket])
        try await Onlooker.pressed(1, in: watching)
        try await daemon.stop()
        try await Onlooker.pressed(2, in: watching)
        let next = try await daemon.startAgain()
        try await next.watching()
        let sight = try await Onlooker.sight(of: watching)
        #expect(
            sight.exit == 0 && sight.shown.contains("trying again: ") && sight.shown.hasSuffix(Self.leave), "\(sight)")
    }

    @Test func whereNobodyLooksOneFollowsTheOther() async throws {
        let daemon = try await served()
        let client = try Subprocess(
            Place.program("secom-otp"), ["status", "--watch", "--json", "--socket", daemon.socket])
        try await eventually("three of them") { client.output.lines.count >= 3 }
        try await daemon.stop()
        try await appears("trying again", in: client.errors.text)
        let next = try await daemon.startAgain()
        try await next.watching()
        let count = client.output.lines.count
        try await eventually("it goes on") { client.output.lines.count > count }
        client.send(SIGINT)
        #expect(try await client.ended() == .signal(SIGINT))
        for line in client.output.lines {
            _ = try JSONDecoder().decode(Status.self, from: Data(line.utf8))
        }
        #expect(client.errors.lines.count == 1, "\(client.errors.text)")
        #expect(!client.output.text.contains("\u{1B}"))
    }

    @Test func itEndsWhenNobodyReadsAnyMore() async throws {
        let daemon = try await served()
        let pipeline = try Subprocess(
            "/bin/sh", ["-c", "'\(Place.program("secom-otp"))' status --watch --socket '\(daemon.socket)' | head -n 1"])
        #expect(try await pipeline.ended() == .status(0))
    }

    @Test func whereThereIsNoneItEndsAtOnce() async throws {
        let nowhere = "\(try Stage.require().scratch.path)/nowhere"
        let sight = try await Onlooker().run("secom-otp", "status", "--watch", "--socket", nowhere)
        #expect(sight.exit == 69 && !sight.shown.contains("\u{1B}"), "\(sight)")
    }
}
