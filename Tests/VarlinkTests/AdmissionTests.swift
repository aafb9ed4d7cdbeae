import Testing

@testable import Varlink

/// Who has to make room for whom, of four connections, three of them one user's at the most.
@Suite struct AdmissionTests {
    private var admission: Admission
    private var held: Set<UInt64> = []

    init() {
        var limits = VarlinkLimits.test
        limits.connections = 4
        admission = Admission(limits)
    }

    private mutating func arrive(_ number: UInt64, of user: UInt32) -> Admission.Decision {
        let held = held
        return admission.arrived(ConnectionID(number: number), of: user) { held.contains($0.number) }
    }

    private mutating func isBusy(_ number: UInt64, _ isBusy: Bool) {
        admission.isBusy(ConnectionID(number: number), isBusy)
    }

    @Test mutating func aUserAtTheirShareLosesTheirOwn() {
        #expect(arrive(1, of: 7) == .admitted)
        for number in 2...4 as ClosedRange<UInt64> { #expect(arrive(number, of: 8) == .admitted) }
        #expect(arrive(5, of: 8) == .inPlaceOf(ConnectionID(number: 2)))
        #expect(arrive(6, of: 8) == .inPlaceOf(ConnectionID(number: 3)))
        #expect(admission.count == 4)
    }

    @Test mutating func whenAllAreTakenAnybodysMakesRoom() {
        #expect(arrive(1, of: 7) == .admitted)
        for number in 2...4 as ClosedRange<UInt64> { #expect(arrive(number, of: 8) == .admitted) }
        #expect(arrive(5, of: 9) == .inPlaceOf(ConnectionID(number: 1)))
        #expect(arrive(6, of: 7) == .inPlaceOf(ConnectionID(number: 2)))
    }

    @Test mutating func whoHasACallUnderWayOrHoldsSomethingStays() {
        for number in 1...3 as ClosedRange<UInt64> { #expect(arrive(number, of: 8) == .admitted) }
        isBusy(1, true)
        held = [2]
        #expect(arrive(4, of: 8) == .inPlaceOf(ConnectionID(number: 3)))
        isBusy(4, true)
        #expect(arrive(5, of: 8) == .refused(.connectionsOfOneUser(3)))
        // The others' place is still free.
        #expect(arrive(6, of: 9) == .admitted)
        isBusy(6, true)
        #expect(arrive(7, of: 10) == .refused(.connections(4)))
        held = []
        #expect(arrive(8, of: 10) == .inPlaceOf(ConnectionID(number: 2)))
    }

    @Test mutating func silenceIsCountedFromTheEndOfTheLastCall() {
        for number in 1...3 as ClosedRange<UInt64> { #expect(arrive(number, of: 8) == .admitted) }
        isBusy(1, true)
        isBusy(1, false)
        // Told twice it is the same.
        isBusy(2, false)
        #expect(arrive(4, of: 8) == .inPlaceOf(ConnectionID(number: 2)))
        #expect(arrive(5, of: 8) == .inPlaceOf(ConnectionID(number: 3)))
        #expect(arrive(6, of: 8) == .inPlaceOf(ConnectionID(number: 1)))
    }

    @Test mutating func whoHasLeftTakesNoPlace() {
        for number in 1...3 as ClosedRange<UInt64> { #expect(arrive(number, of: 8) == .admitted) }
        admission.left(ConnectionID(number: 2))
        admission.left(ConnectionID(number: 2))
        #expect(arrive(4, of: 8) == .admitted)
        #expect(arrive(5, of: 8) == .inPlaceOf(ConnectionID(number: 1)))
    }

    @Test func ofOneThereIsOneForAUser() {
        var limits = VarlinkLimits.test
        limits.connections = 1
        #expect(limits.connectionsOfOneUser == 1)
    }
}
