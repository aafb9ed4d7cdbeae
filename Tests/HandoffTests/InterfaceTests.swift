import Testing
import Varlink

@testable import Handoff

@Suite struct InterfaceTests {
    @Test func theTextsAreTheContract() throws {
        try compare(InterfaceText.handoff(), Contract.handoff)
        try compare(InterfaceText.worker(), Contract.worker)
    }

    private func compare(_ served: InterfaceDefinition, _ promised: String) throws {
        let promised = try InterfaceDefinition(parsing: promised)
        #expect(served.name == promised.name)
        #expect(served.methods.keys.sorted() == promised.methods.keys.sorted())
        for (name, method) in promised.methods {
            #expect(served.methods[name]?.input == method.input)
            #expect(served.methods[name]?.output == method.output)
        }
        #expect(served.types == promised.types)
        #expect(served.errors == promised.errors)
    }
}
