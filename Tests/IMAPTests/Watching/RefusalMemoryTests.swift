import Testing

@testable import IMAP

@Suite struct RefusalMemoryTests {
    @Test func whatIsRefusedForGood() {
        var memory = RefusalMemory()
        #expect(!memory.outlive(.status) && !memory.outlive(.search))
        memory.ended(with: .proof)
        memory.ended(with: .search)
        #expect(memory.outlive(.status) && !memory.outlive(.refresh))
        // A search takes two in a row.
        #expect(!memory.outlive(.search))
        memory.answered(.searchStep(hasDates: false))
        memory.ended(with: .search)
        #expect(!memory.outlive(.search))
        memory.ended(with: .searchStep(hasDates: true))
        #expect(memory.outlive(.search))
        memory.ended(with: .ask)
        #expect(!memory.outlive(.refresh))
    }
}
