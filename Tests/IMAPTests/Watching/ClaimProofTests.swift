import Testing
import Trials

@testable import IMAP

/// What the answer to the STORE of a claim proves: one test for each habit of a server.
struct ClaimProofTests {
    private let proof = ClaimProof(known: MessageFlags(uid: 7, flags: ["\\Seen"], modSeq: 9), keyword: "$C")
    private let won = ClaimProof.Verdict.won(MessageFlags(uid: 7, flags: ["\\Seen", "$C"], modSeq: 10))

    /// The answer as a server writes it; its last line is the tagged one.
    private func reply(_ lines: String...) throws -> Reply {
        var reader = ResponseReader()
        _ = try reader.read(wire("* OK x\n"))
        var reply = Reply()
        for line in lines {
            let response = try reader.read(wire(line + "\n"))
            if case .tagged(_, let status) = response { reply.completion = status } else { reply.add(response) }
        }
        return reply
    }

    @Test func theCommandIsConditional() {
        #expect(proof.command.text == "UID STORE 7 (UNCHANGEDSINCE 9) +FLAGS.SILENT ($C)")
    }

    @Test(arguments: chosen([ClaimProof.Habit.unknown, .tellsOwnFlags, .mayTellOthersFlags]))
    func silentServers(habit: ClaimProof.Habit) throws {
        // Dovecot tells the winner the new number alone.
        #expect(try proof.verdict(reply("* 1 FETCH (UID 7 MODSEQ (10))", "5 OK x"), habit: habit) == won)
    }

    /// Dovecot, the loser of a close race: OK, and the winner's flags.
    @Test func aCloseRaceIsNoWin() throws {
        let reply = try reply("* 1 FETCH (UID 7 FLAGS (\\Seen $C) MODSEQ (10))", "5 OK x")
        #expect(proof.verdict(reply, habit: .mayTellOthersFlags) == .notProven)
        #expect(proof.verdict(reply, habit: .unknown) == .dependsOnHabit)
    }

    /// Cyrus tells the winner its flags, and the loser MODIFIED.
    @Test func serversThatAlwaysTellFlags() throws {
        let own = try reply("* 1 FETCH (FLAGS (\\Seen $C) UID 7 MODSEQ (10))", "5 OK x")
        #expect(proof.verdict(own, habit: .tellsOwnFlags) == won)
        let lost = try reply("* 1 FETCH (FLAGS (\\Seen $C) UID 7 MODSEQ (10))", "5 OK [MODIFIED 7] x")
        #expect(proof.verdict(lost, habit: .tellsOwnFlags) == .notProven)
    }

    @Test func aVanishedMessageGetsAPlainOK() throws {
        #expect(try proof.verdict(reply("5 OK x"), habit: .tellsOwnFlags) == .notProven)
    }

    /// Nothing changes then, and so does no number.
    @Test func flagsThatWereSetAlready() throws {
        let reply = try reply("* 1 FETCH (UID 7 FLAGS (\\Seen $C) MODSEQ (9))", "5 OK x")
        #expect(proof.verdict(reply, habit: .tellsOwnFlags) == .notProven)
    }

    @Test func modifiedIsALossWhateverElseIsTold() throws {
        let reply = try reply("* 1 FETCH (UID 7 MODSEQ (10))", "5 OK [MODIFIED 7] x")
        #expect(proof.verdict(reply, habit: .unknown) == .notProven)
    }

    /// Servers that number changes and tell no number here (SmarterMail).
    @Test func noNumberInTheAnswer() throws {
        for line in ["* 1 FETCH (UID 7 FLAGS ($C))", "* 1 FETCH (UID 7)", "* 1 FETCH (UID 7 FLAGS ($C) MODSEQ (0))"] {
            #expect(try proof.verdict(reply(line, "5 OK x"), habit: .tellsOwnFlags) == .notProven)
        }
    }

    /// Flags of which nobody knows what they are may be the winner's: not the same as the new number alone.
    @Test func flagsThatMadeNoSense() throws {
        let reply = try reply("* 1 FETCH (UID 7 MODSEQ (10) FLAGS ($C a((b))", "5 OK x")
        for habit in [ClaimProof.Habit.unknown, .tellsOwnFlags, .mayTellOthersFlags] {
            #expect(proof.verdict(reply, habit: habit) == .notProven)
        }
    }

    @Test func anotherMessagesFlags() throws {
        #expect(try proof.verdict(reply("* 2 FETCH (UID 8 MODSEQ (10))", "5 OK x"), habit: .unknown) == .notProven)
        #expect(try proof.verdict(reply("* 1 FETCH (MODSEQ (10))", "5 OK x"), habit: .unknown) == .notProven)
    }

    /// Without numbers the answer shows that the keyword is set, and nobody can tell by whom.
    @Test func withoutNumbers() throws {
        let proof = ClaimProof(known: MessageFlags(uid: 7, flags: []), keyword: "$C")
        #expect(proof.command.text == "UID STORE 7 +FLAGS ($C)")
        let set = MessageFlags(uid: 7, flags: ["$C"])
        #expect(try proof.verdict(reply("* 1 FETCH (UID 7 FLAGS ($C))", "5 OK x"), habit: .unknown) == .won(set))
        #expect(try proof.verdict(reply("* 1 FETCH (UID 7 FLAGS ())", "5 OK x"), habit: .unknown) == .notProven)
        #expect(try proof.verdict(reply("5 OK x"), habit: .unknown) == .notProven)
    }
}
