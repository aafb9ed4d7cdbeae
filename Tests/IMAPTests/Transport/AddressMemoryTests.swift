import Glibc
import Testing

@testable import IMAP

/// In which order a server's addresses are tried.
struct AddressMemoryTests {
    private func four(_ last: UInt8) -> SocketAddress {
        SocketAddress(family: AF_INET, bytes: [2, 0, 3, 0xE1, 192, 0, 2, last] + [UInt8](repeating: 0, count: 8))
    }
    private func six(_ last: UInt8) -> SocketAddress {
        let host: [UInt8] = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [last]
        return SocketAddress(family: AF_INET6, bytes: [10, 0, 3, 0xE1, 0, 0, 0, 0] + host + [0, 0, 0, 0])
    }

    @Test func theFamiliesTakeTurns() {
        #expect([six(1), six(2), six(3), four(1)].takingTurns == [six(1), four(1), six(2), six(3)])
        #expect([four(1), six(1), four(2)].takingTurns == [four(1), six(1), four(2)])
        #expect([four(1), four(1), four(2), four(1)].takingTurns == [four(1), four(2)])
        #expect([SocketAddress]().takingTurns.isEmpty)
    }

    /// A hundred of one family leave the other its turn.
    @Test func manyAddresses() {
        let all = (0..<100).map { six($0) } + [four(1)]
        #expect(all.takingTurns.count == 64)
        #expect(all.takingTurns[1] == four(1))
        #expect(all.takingTurns.contains(six(20)))
    }

    @Test func whatFailedIsTriedLast() {
        var memory = AddressMemory()
        memory.failed(four(1))
        #expect(
            memory.ordered([four(1), four(2)])
                == [.init(address: four(2), isDoubtful: false), .init(address: four(1), isDoubtful: true)])
        memory.failed(four(2))
        #expect(memory.ordered([four(1), four(2), four(3)]).map(\.address) == [four(3), four(1), four(2)])
        // Again: it is the last to have failed now.
        memory.failed(four(1))
        #expect(memory.ordered([four(1), four(2), four(3)]).map(\.address) == [four(3), four(2), four(1)])
        #expect(memory.ordered([four(3)]) == [.init(address: four(3), isDoubtful: false)])
    }

    @Test func whatServedIsInDoubtNoMore() {
        var memory = AddressMemory()
        memory.failed(six(1))
        memory.served(six(1))
        #expect(memory == AddressMemory())
        #expect(memory.ordered([six(1), four(1)]).map(\.isDoubtful) == [false, false])
    }

    @Test func itsMemoryIsBounded() {
        var memory = AddressMemory()
        for number in 0..<200 { memory.failed(four(UInt8(number))) }
        #expect(memory.doubtful.count == AddressMemory.bound)
        #expect(memory.doubtful.last == four(199))
        #expect(memory.doubtful.first == four(136))
    }

    @Test func loopback() {
        let v4 = SocketAddress(family: AF_INET, bytes: [2, 0, 0, 0, 127, 9, 9, 9] + [UInt8](repeating: 0, count: 8))
        let mapped = [UInt8](repeating: 0, count: 18) + [0xFF, 0xFF, 127, 0, 0, 1, 0, 0, 0, 0]
        let one = [UInt8](repeating: 0, count: 23) + [1, 0, 0, 0, 0]
        #expect(v4.isLoopback)
        #expect(SocketAddress(family: AF_INET6, bytes: mapped).isLoopback)
        #expect(SocketAddress(family: AF_INET6, bytes: one).isLoopback)
        #expect(!four(1).isLoopback && !six(1).isLoopback)
        #expect(!SocketAddress(family: AF_INET6, bytes: [127, 127, 127, 127, 127]).isLoopback)
    }
}
