import Testing

@testable import Secrets

@Suite struct SecretTests {
    @Test func lendsTheBytesItWasGiven() {
        let secret = Secret(Array("pa\\ss~word".utf8))
        #expect(secret.withBytes { Array($0) } == Array("pa\\ss~word".utf8))
        #expect(secret.count == 10)
    }

    @Test func anEmptySecretIsNoFault() {
        #expect(Secret([]).withBytes { $0.count } == 0)
    }

    @Test func tellsNothingOfItself() {
        let secret = Secret(Array("hunter2".utf8))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, String(describing: [secret])] {
            #expect(!text.contains("hunter2"))
        }
    }
}
