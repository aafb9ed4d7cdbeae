// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioConcurrencyHelpers: Target.Dependency = .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

/// Fuzz/run sets it: everything is built with libFuzzer's coverage and the address sanitizer then.
let isFuzzing = Context.environment["SECOM_OTPD_FUZZ"] != nil
/// make bench sets it.
let isBenchmarking = Context.environment["SECOM_OTPD_BENCHMARKS"] != nil

let package = Package(
    name: "secom-otpd",
    products: [
        .executable(name: "secom-otpd", targets: ["secom-otpd"]),
        .executable(name: "secom-otp", targets: ["secom-otp"]),
        .executable(name: "secom-otp-login", targets: ["secom-otp-login"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibEtPan"),
        .systemLibrary(name: "CGnuTLS"),
        .target(name: "CLinux"),
        .target(name: "Messages", swiftSettings: strict),
        .target(name: "Usage", dependencies: ["Messages", argumentParser], swiftSettings: strict),
        .target(name: "Calendar", swiftSettings: strict),
        .target(name: "TOML", dependencies: ["Messages"], swiftSettings: strict),
        .target(
            name: "ProcessRuntime", dependencies: ["Messages", "CLinux", nioConcurrencyHelpers, nioCore, nioPosix],
            swiftSettings: strict),
        .target(name: "Secrets", dependencies: ["CLinux"], swiftSettings: strict),
        .target(
            name: "IMAP", dependencies: ["Messages", "Calendar", "CLibEtPan", "CGnuTLS", "CLinux", "Secrets"],
            swiftSettings: strict
        ),
        .target(name: "MIME", dependencies: ["Calendar", "CLinux", "Secrets"], swiftSettings: strict),
        .target(name: "Recognition", dependencies: ["Messages", "MIME", "Secrets"], swiftSettings: strict),
        .target(name: "Ledger", dependencies: ["Messages", "Secrets"], swiftSettings: strict),
        .target(name: "Varlink", dependencies: ["Messages", nioCore, nioPosix], swiftSettings: strict),
        .target(
            name: "Handoff",
            dependencies: [
                "Messages", "Calendar", "Ledger", "ProcessRuntime", "Varlink", "Secrets", nioConcurrencyHelpers,
            ],
            resources: [
                .embedInCode("org.secom-otpd.Handoff.varlink"), .embedInCode("org.secom-otpd.Worker.varlink"),
            ], swiftSettings: strict),
        .target(
            name: "ConfigurationFile", dependencies: ["Messages", "Handoff", "TOML"], swiftSettings: strict),
        .executableTarget(
            name: "secom-otpd",
            dependencies: [
                "Messages", "Usage", "IMAP", "Recognition", "Ledger", "Varlink", "Handoff", "ProcessRuntime", "CLinux",
                "Secrets", "Calendar", "ConfigurationFile", "MIME", "TOML", argumentParser, logging, serviceLifecycle,
            ], swiftSettings: strict),
        .executableTarget(
            name: "secom-otp",
            dependencies: [
                "Messages", "Usage", "Handoff", "Ledger", "ProcessRuntime", "Varlink", "CLinux", argumentParser,
                nioPosix,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "secom-otp-login",
            dependencies: [
                "Messages", "Recognition", "Ledger", "Varlink", "Handoff", "ProcessRuntime", "CLinux", "Secrets",
                "ConfigurationFile", "TOML", argumentParser, nioCore, nioPosix,
            ], exclude: ["README.md", "README.ja.md"], resources: [.embedInCode("Browser/page.js")],
            swiftSettings: strict),
        .testTarget(
            name: "ProcessRuntimeTests", dependencies: ["ProcessRuntime", nioCore, nioPosix], swiftSettings: strict),
        .testTarget(name: "MessagesTests", dependencies: ["Messages", "Trials"], swiftSettings: strict),
        .testTarget(name: "CalendarTests", dependencies: ["Calendar"], swiftSettings: strict),
        .testTarget(name: "TOMLTests", dependencies: ["Messages", "TOML", "Trials"], swiftSettings: strict),
        // What the tests share: one case of a table, a seed, how work grows.
        .target(name: "Trials", dependencies: ["Messages"], path: "Tests/Trials", swiftSettings: strict),
        .testTarget(name: "SecretsTests", dependencies: ["Secrets"], swiftSettings: strict),
        .testTarget(name: "IMAPTests", dependencies: ["IMAP", "Secrets", "Trials"], swiftSettings: strict),
        .testTarget(name: "MIMETests", dependencies: ["MIME", "Trials"], swiftSettings: strict),
        .testTarget(
            name: "RecognitionTests", dependencies: ["Recognition", "MIME", "Trials"], exclude: ["Corpus"],
            swiftSettings: strict),
        .testTarget(
            name: "LedgerTests", dependencies: ["Ledger", "ProcessRuntime", "Secrets", "Trials"],
            swiftSettings: strict),
        .testTarget(
            name: "VarlinkTests",
            dependencies: ["Varlink", "ProcessRuntime", "Trials", nioCore, nioEmbedded],
            swiftSettings: strict),
        .testTarget(
            name: "HandoffTests",
            dependencies: ["Messages", "Handoff", "Ledger", "ProcessRuntime", "Secrets", "Varlink", "Trials"],
            swiftSettings: strict),
        .testTarget(
            name: "secom-otpdTests",
            dependencies: ["Messages", "secom-otpd", "IMAP", "Ledger", "MIME", "Recognition", "Trials", logging],
            swiftSettings: strict),
        .testTarget(
            name: "secom-otpTests",
            dependencies: ["Messages", "secom-otp", "Handoff", "Varlink", "Trials", argumentParser],
            swiftSettings: strict),
        .testTarget(
            name: "secom-otp-loginTests",
            dependencies: ["secom-otp-login", "Trials", "Varlink"],
            swiftSettings: strict),
        // It runs the two programs, and so needs them built.
        .testTarget(
            name: "SystemTests", dependencies: ["secom-otpd", "secom-otp", "CLinux", "Trials"], exclude: ["servers"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

if isFuzzing {
    let instrumented: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer,address"])]
    for target in package.targets
    where ["IMAP", "MIME", "Recognition", "Ledger", "Varlink", "Handoff", "TOML", "ConfigurationFile"].contains(
        target.name)
    {
        target.swiftSettings = (target.swiftSettings ?? []) + instrumented
    }
    // The session is nobody's but the IMAP module's, a conversation the Varlink module's: the targets reach them as tests do.
    for target in package.targets where ["IMAP", "Varlink"].contains(target.name) {
        target.swiftSettings?.append(.unsafeFlags(["-enable-testing"]))
    }
    // The configuration is a part of the daemon: it becomes a module here, in the place of the programs and their tests.
    package.products = []
    package.targets.removeAll { $0.type == .executable || $0.type == .test || $0.name == "Trials" }
    package.targets += [
        .target(
            name: "Configuration",
            dependencies: ["Messages", "IMAP", "Recognition", "Handoff", "ConfigurationFile", "TOML"],
            path: "Sources/secom-otpd/Configuration",
            swiftSettings: strict + instrumented + [.unsafeFlags(["-enable-testing"])]),
        .systemLibrary(name: "CFuzzer", path: "Fuzz/CFuzzer"),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Messages", "IMAP", "MIME", "Recognition", "Ledger", "Varlink", "Handoff", "Configuration",
                "ProcessRuntime", "Secrets", "ConfigurationFile", "CFuzzer", nioCore, nioEmbedded,
            ], path: "Fuzz/Targets",
            swiftSettings: strict + instrumented,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]),
    ]
}

if isBenchmarking {
    package.targets += [
        .executableTarget(
            name: "benchmark-recognition", dependencies: ["Recognition"], path: "Benchmarks/Recognition",
            swiftSettings: strict)
    ]
}
