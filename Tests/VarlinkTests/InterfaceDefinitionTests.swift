import Testing
import Trials

@testable import Varlink

@Suite struct InterfaceDefinitionTests {
    @Test func everyKindOfType() throws {
        let text = """
            # About it all.
            interface org.example.a-b.c1 # and more
            type Point (x: int, y: ?float)
            type Colour (red, light_green)
            method  Draw(points: []Point, colour:Colour,names:[string](),maybe: ?[]?[string](a, b) ) -> ( done :bool)# end
            method Nothing()->()
            error Bad (what: (any: any, object: object, string: string))
            """
        let definition = try InterfaceDefinition(parsing: text)
        #expect(definition.name == "org.example.a-b.c1")
        #expect(definition.text == text)
        #expect(definition.types["Colour"] == .enumeration(["red", "light_green"]))
        #expect(
            definition.methods["Draw"]?.input.map(\.type) == [
                .array(.named("Point")), .named("Colour"), .map(.structure([])),
                .nullable(.array(.nullable(.map(.enumeration(["a", "b"]))))),
            ])
        #expect(definition.methods["Draw"]?.output.map(\.name) == ["done"])
        #expect(definition.methods["Nothing"]?.input == [])
        #expect(definition.errors["Bad"]?.first?.name == "what")
        #expect(Set(definition.methods.keys) == ["Draw", "Nothing"])
    }

    @Test func theServiceInterface() throws {
        let definition = try InterfaceDefinition(parsing: ServiceInterface.text)
        #expect(Set(definition.methods.keys) == ["GetInfo", "GetInterfaceDescription"])
        #expect(
            Set(definition.errors.keys) == [
                "InterfaceNotFound", "MethodNotFound", "MethodNotImplemented", "InvalidParameter", "PermissionDenied",
                "ExpectedMore", "ExpectedUpgrade",
            ])
    }

    @Test(
        arguments: chosen(
            [
                ("", "expected interface", 1),
                ("interface example", "expected an interface name in reverse-domain notation", 1),
                ("interface a.-b", "expected an interface name in reverse-domain notation", 1),
                ("interface 1.b", "expected an interface name in reverse-domain notation", 1),
                ("interface a.b\nmethod a()->()", "expected a name that starts with a capital letter", 2),
                ("interface a.b\nmethod A()->(a)", "expected fields", 2),
                ("interface a.b\nmethod A() ()", "expected -", 2),
                ("interface a.b\nmethod A(a: in) -> ()", "expected a type", 2),
                ("interface a.b\nmethod A(a: B) -> ()", "type B is not declared", 2),
                ("interface a.b\ntype A (a, b: int)", "expected )", 2),
                ("interface a.b\ntype A (a: int, b)", "expected : and a type", 2),
                ("interface a.b\ntype A (a: int, a: int)", "a occurs twice", 2),
                ("interface a.b\ntype A (a,a)", "a occurs twice", 2),
                ("interface a.b\ntype A ()\nerror A ()", "A is declared twice", 3),
                ("interface a.b\ntype A (a: ??int)", "? after ?", 2),
                ("interface a.b\ntype A (a: [int]int)", "expected [] or [string]", 2),
                ("interface a.b\ntype A (_a: int)", "expected a field name", 2),
                ("interface a.b\ntype A (a__b: int)", "expected a field name", 2),
                ("interface a.b\ntype A (a_: int)", "expected a field name", 2),
                ("interface a.b\ntype A (a: int", "expected )", 2),
                ("interface a.b\n# end", nil, 0), ("interface a.b\nclass A ()", "expected method, type or error", 2),
            ] as [(String, String?, Int)]))
    func syntaxErrors(text: String, message: String?, line: Int) {
        if let message {
            #expect(throws: InterfaceSyntaxError(message: message, line: line)) {
                try InterfaceDefinition(parsing: text)
            }
        } else {
            #expect(throws: Never.self) { try InterfaceDefinition(parsing: text) }
        }
    }

    @Test func nestingIsBounded() {
        let text = "interface a.b\ntype A (a: " + String(repeating: "[]", count: 100_000) + "int)"
        #expect(throws: InterfaceSyntaxError.self) { try InterfaceDefinition(parsing: text) }
    }
}

@Suite struct ParameterCheckTests {
    private static let definition = Result {
        try InterfaceDefinition(
            parsing: """
                interface org.example.check
                type Inner (a: int, next: ?Inner)
                method M(s: string, i: ?int, f: ?float, b: ?bool, e: ?(one, two), x: ?any, o: ?object, l: ?[]Inner,
                  m: ?[string]int, t: ?Inner) -> ()
                """)
    }

    private func check(_ parameters: JSON.Object) throws {
        let definition = try Self.definition.get()
        let method = try #require(definition.methods["M"])
        try definition.check(parameters, against: method.input)
    }

    @Test(
        arguments: chosen(
            [
                ["s": ""], ["s": "", "i": nil], ["s": "", "i": 1, "f": 1, "b": true, "e": "two"], ["s": "", "f": 0.5],
                ["s": "", "x": [1, nil], "o": ["any": [:]]], ["s": "", "l": []],
                ["s": "", "l": [["a": 1], ["a": 2, "next": nil]]],
                ["s": "", "m": ["a": 1]], ["s": "", "t": ["a": 1, "next": ["a": 2]]], ["s": "", "x": nil],
            ] as [JSON.Object]))
    func allowed(parameters: JSON.Object) {
        #expect(throws: Never.self) { try check(parameters) }
    }

    @Test(
        arguments: chosen(
            [
                ([:], "s"), (["s": nil], "s"), (["s": 1], "s"), (["s": "", "unknown": 1], "unknown"),
                (["s": "", "unknown": nil], "unknown"),
                (["s": "", "i": 1.0], "i"), (["s": "", "i": "1"], "i"), (["s": "", "f": "1"], "f"),
                (["s": "", "b": 1], "b"),
                (["s": "", "e": "three"], "e"), (["s": "", "e": 1], "e"), (["s": "", "o": []], "o"),
                (["s": "", "l": [:]], "l"),
                (["s": "", "l": [["a": 1], 2]], "l.1"), (["s": "", "l": [["a": nil]]], "l.0.a"),
                (["s": "", "m": ["x": "y"]], "m.x"),
                (["s": "", "t": ["a": 1, "next": ["a": 2, "b": 3]]], "t.next.b"), (["s": "", "m": ["x": nil]], "m.x"),
            ] as [(JSON.Object, String)]))
    func refused(parameters: JSON.Object, path: String) {
        #expect(throws: VarlinkError.invalidParameter(path)) { try check(parameters) }
    }

    @Test func aLongTextTakesLinearTime() throws {
        func text(_ count: Int) -> String {
            let names = (0..<count).map { number in "f\(number)" }
            return """
                interface a.b
                type T (\(names.joined(separator: ",\n")))
                method M(\(names.map { "\($0): T" }.joined(separator: ",\n"))) -> ()
                """
        }
        // Eight times as long: work that grew with the square would be 64 times as much.
        let (short, long) = (text(2_500), text(20_000))
        let growth = try ProcessorTime.growth(from: 0, to: 1) {
            _ = try InterfaceDefinition(parsing: $0 == 0 ? short : long)
        }
        #expect(growth < 24)
    }
}
