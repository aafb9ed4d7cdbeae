import Glibc

/// Where a randomised test begins. It says so, and begins there again where the environment's SEED says so:
///
///     SEED=1234 make test FILTER=ModelTests
public enum Seed {
    /// SEED, where it is set.
    public static var given: UInt64? { getenv("SEED").flatMap { UInt64(String(cString: $0)) } }

    /// SEED or any other, which is printed. All of them are small enough to be typed.
    public static func choose(for test: String = #fileID) -> UInt64 {
        let seed = given ?? .random(in: 0...UInt64(UInt32.max))
        print("\(test): SEED=\(seed)")
        return seed
    }
}

/// A generator that can be started again at the same place. SplitMix64.
public struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    public init(_ seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in so many times.
    public mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
}
