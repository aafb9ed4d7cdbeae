import Testing

@testable import IMAP

/// What the answer to the STORE of a claim tells.
struct ClaimProofTests {
    private let proof = ClaimProof(known: MessageFlags(uid: 7, flags: ["\\Seen"], modSeq: 9), flag: "$C")
    private let claimed = MessageFlags(uid: 7, flags: ["\\Seen", "$C"], modSeq: 10)

    /// The answer as a server writes it; its last line is the tagged one.
    private func told(_ lines: String..., proof: ClaimProof? = nil) throws -> ClaimProof.Told {
        var reader = ResponseReader()
        _ = try reader.read(wire("* OK x\n"))
        var reply = Reply()
        for line in lines {
            let response = try reader.read(wire(line + "\n"))
            if case .tagged(_, let status) = response { reply.completion = status } else { reply.add(response) }
        }
        return (proof ?? self.proof).told(by: reply)
    }

    @Test func theCommandIsConditional() {
        #expect(proof.command.text == "UID STORE 7 (UNCHANGEDSINCE 9) +FLAGS.SILENT ($C)")
    }

    /// Dovecot and Cyrus 3.10 tell the winner the new number alone.
    @Test func aNumberAlone() throws {
        #expect(try told("* 1 FETCH (UID 7 MODSEQ (10))", "5 OK x") == .number(claimed))
    }

    /// Dovecot the loser of a close race, Cyrus 3.6 the winner: the same to the byte.
    @Test func flags() throws {
        #expect(try told("* 1 FETCH (FLAGS (\\Seen $C) UID 7 MODSEQ (10))", "5 OK x") == .flags(claimed))
    }

    @Test func modifiedIsALossWhateverElseIsTold() throws {
        for line in ["* 1 FETCH (UID 7 MODSEQ (10))", "* 1 FETCH (UID 7 FLAGS ($C) MODSEQ (10))", "* OK x"] {
            #expect(try told(line, "5 OK [MODIFIED 7] x") == .modified)
        }
    }

    /// A vanished message gets a plain OK; flags that were set already no number; SmarterMail tells none at all; and what made no sense may
    /// be the winner's.
    @Test func whatTellsNothing() throws {
        for line in [
            "* OK x", "* 1 FETCH (UID 7 FLAGS (\\Seen $C) MODSEQ (9))", "* 1 FETCH (UID 7 FLAGS ($C))",
            "* 1 FETCH (UID 7)", "* 1 FETCH (UID 7 FLAGS ($C) MODSEQ (0))",
            "* 1 FETCH (UID 7 MODSEQ (10) FLAGS ($C a((b))", "* 1 FETCH (UID 7 FLAGS (\\Seen) MODSEQ (10))",
            "* 2 FETCH (UID 8 MODSEQ (10))", "* 1 FETCH (MODSEQ (10))",
        ] {
            #expect(try told(line, "5 OK x") == .nothing, "\(line)")
        }
    }

    /// Without numbers the answer shows that the flag is set, and nobody can tell by whom.
    @Test func withoutNumbers() throws {
        let proof = ClaimProof(known: MessageFlags(uid: 7, flags: []), flag: "\\Flagged")
        #expect(proof.command.text == "UID STORE 7 +FLAGS (\\Flagged)")
        #expect(
            try told("* 1 FETCH (UID 7 FLAGS (\\Flagged))", "5 OK x", proof: proof)
                == .flags(MessageFlags(uid: 7, flags: ["\\Flagged"])))
        #expect(try told("* 1 FETCH (UID 7 FLAGS ())", "5 OK x", proof: proof) == .nothing)
        #expect(try told("* 1 FETCH (UID 7 MODSEQ (10))", "5 OK x", proof: proof) == .nothing)
        #expect(try told("5 OK x", proof: proof) == .nothing)
    }
}
