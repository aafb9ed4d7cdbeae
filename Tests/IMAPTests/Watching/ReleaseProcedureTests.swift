import Testing

@testable import IMAP

/// How a claim is taken off, and looked for.
struct ReleaseProcedureTests {
    private let told = Answers.told
    private let nothing = Answers.nothing
    private let read = Answers.read

    @Test func theClaimIsTakenOffAndNothingElse() {
        var release = ReleaseProcedure(Answers.target(["$C", "\\Seen"]))
        #expect(release.start() == .run(.uidStore(7, add: false, ["$C"])))
        #expect(release.received(told(["\\Seen"], 10, .ok)) == .done(.done))
        release = ReleaseProcedure(Answers.target(["\\Flagged"], nil, .systemFlags))
        #expect(release.start() == .run(.uidStore(7, add: false, ["\\Flagged"])))
        #expect(release.received(told(["\\Seen"], nil, .ok)) == .done(.done))
    }

    @Test func whatHasAnEndIsNotFreed() {
        for flags in [["$C", "$U"], ["$C", "$R"]] as [Set<String>] {
            var release = ReleaseProcedure(Answers.target(flags))
            #expect(release.start() == .done(.lost(flags.contains("$U") ? .used : .rejected)))
        }
        for flags in [["\\Answered"], ["\\Answered", "\\Flagged"]] as [Set<String>] {
            var release = ReleaseProcedure(Answers.target(flags, nil, .systemFlags))
            #expect(release.start() == .done(.lost(flags.count == 1 ? .used : .rejected)))
        }
    }

    @Test func itCountsOnceItIsToldBack() {
        var release = ReleaseProcedure(Answers.target(["$C"]))
        _ = release.start()
        #expect(release.received(nothing) == .run(read))
        #expect(release.received(told([], 10, .ok)) == .done(.done))
        release = ReleaseProcedure(Answers.target(["$C"]))
        _ = (release.start(), release.received(nothing))
        #expect(release.received(nothing) == .done(.gone))
    }

    @Test func whatOthersDidMeanwhileIsTold() {
        var release = ReleaseProcedure(Answers.target(["$C"]))
        _ = release.start()
        #expect(release.received(told(["$U"], 10, .ok)) == .done(.lost(.used)))
    }

    @Test func whereNoMarkIsKept() {
        var release = ReleaseProcedure(Answers.target([], 9, .nothing))
        #expect(release.start() == .done(.notKept))
        #expect(VerifyProcedure(Answers.target([], 9, .nothing)).start() == .done(.notKept))
    }

    @Test func verify() {
        for (flags, result) in [
            (["$C", "\\Seen"], .done), (["$C", "$U"], .lost(.used)), ([], .lost(.none)),
        ] as [(Set<String>, MarkResult)] {
            var verify = VerifyProcedure(Answers.target())
            #expect(verify.start() == .run(read))
            #expect(verify.received(told(flags, 10, .ok)) == .done(result))
        }
        var verify = VerifyProcedure(Answers.target([], nil, .systemFlags))
        #expect(verify.received(told(["\\Flagged"], nil, .ok)) == .done(.done))
        #expect(verify.received(nothing) == .done(.gone))
        #expect(verify.received(.no()) == .done(.unavailable(.refused(.uidFetch, code: nil))))
    }
}
