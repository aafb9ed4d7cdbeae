import Testing

@testable import secom_otpd

@Suite struct DescriptorUseTests {
    @Test func clientsLeaveTheMailboxesWhatTheyNeed() {
        #expect(DescriptorUse(mailboxes: 1, hasWorker: false).connections(of: 1024, wanted: 256) == 256)
        #expect(DescriptorUse(mailboxes: 1, hasWorker: false).connections(of: 40, wanted: 256) == 20)
        #expect(DescriptorUse(mailboxes: 1, hasWorker: true).connections(of: 60, wanted: 256) == 24)
        #expect(DescriptorUse(mailboxes: 100, hasWorker: false).connections(of: 64, wanted: 256) == 8)
    }
}
