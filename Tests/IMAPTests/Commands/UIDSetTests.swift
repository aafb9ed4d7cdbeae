import Testing
import Trials

@testable import IMAP

struct UIDSetTests {
    @Test(
        arguments: [
            ([7], "7"), ([1, 2, 3], "1:3"), ([9, 7, 8, 7, 1], "1,7:9"), ([5, 7], "5,7"),
            ([UInt32.max, 1], "1,4294967295"), ([.max, .max - 1, .max], "4294967294:4294967295"),
        ] as [([UInt32], String)]) func asACommandNamesThem(uids: [UInt32], text: String) throws
    {
        let set = try #require(UIDSet(uids))
        #expect(set.description == text)
        #expect(set.expectedCount == Set(uids).count)
        #expect(set.bounds == (uids.min() ?? 0)...(uids.max() ?? 0))
    }

    @Test func neverEmptyAndNeverZero() {
        #expect(UIDSet([]) == nil)
        #expect(UIDSet([0]) == nil)
        #expect(UIDSet([3, 0]) == nil)
    }

    @Test func allFromOne() {
        #expect(UIDSet(from: 8, expectedCount: 4).description == "8:4294967295")
        #expect(UIDSet(from: 0, expectedCount: 4).bounds == 1...UInt32.max)
        #expect(UIDSet(from: .max, expectedCount: 4).bounds == UInt32.max...UInt32.max)
        #expect(UIDSet(from: 8, expectedCount: 4000).pieces(of: 5).map(\.description) == ["8:4294967295"])
    }

    @Test func inPieces() throws {
        let uids = stride(from: UInt32(1), to: 2001, by: 2)
        let set = try #require(UIDSet(Array(uids)))
        let pieces = set.pieces(of: 300)
        #expect(pieces.map(\.expectedCount) == [300, 300, 300, 100])
        #expect(pieces.map(\.description).joined(separator: ",") == set.description)
        #expect(set.pieces(of: 1000).count == 1)
    }
}
