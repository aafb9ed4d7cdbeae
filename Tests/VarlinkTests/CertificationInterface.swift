import Synchronization
import Varlink

/// `org.varlink.certification`, by which implementations of Varlink test one another: each method must be called in turn,
/// with what the one before has given, exactly.
final class CertificationInterface: VarlinkInterface {
    let definition: InterfaceDefinition
    /// The method that each client must call next.
    private let next = Mutex<[String: String]>([:])

    init() throws { definition = try InterfaceDefinition(parsing: Self.text) }

    func call(_ call: Call) async throws(VarlinkError) -> Reply {
        if call.method == "Start" {
            let id = "\(UInt64.random(in: 0...UInt64.max))"
            next.withLock { $0[id] = "Test01" }
            return Reply(["client_id": .string(id)])
        }
        let id = call.parameters["client_id"]?.string ?? ""
        guard next.withLock({ $0[id] }) == call.method else {
            throw VarlinkError("org.varlink.certification.ClientIdError")
        }
        var expected = Self.steps[call.method]?.input ?? [:]
        expected["client_id"] = .string(id)
        let mode: CallMessage.Mode =
            switch call.method {
            case "Test10": .more
            case "Test11": .oneway
            default: .single
            }
        guard Self.withoutNulls(.object(call.parameters)) == .object(expected), call.mode == mode else {
            next.withLock { $0[id] = nil }
            throw VarlinkError(
                "org.varlink.certification.CertificationError",
                ["wants": .object(expected), "got": .object(call.parameters)])
        }
        next.withLock { $0[id] = Self.order[call.method] }
        if call.method == "Test10" {
            for number in 1..<10 { try await call.send(["string": .string("Reply number \(number)")]) }
            return Reply(["string": "Reply number 10"])
        }
        return Reply(Self.steps[call.method]?.output ?? [:])
    }

    /// A client may send a null or leave the member out.
    private static func withoutNulls(_ json: JSON) -> JSON {
        guard case .object(let object) = json else { return json }
        var result = JSON.Object()
        for (name, value) in object.members where !value.isNull { result[name] = withoutNulls(value) }
        return .object(result)
    }

    static let order = [
        "Test01": "Test02", "Test02": "Test03", "Test03": "Test04", "Test04": "Test05", "Test05": "Test06",
        "Test06": "Test07", "Test07": "Test08", "Test08": "Test09", "Test09": "Test10", "Test10": "Test11",
        "Test11": "End",
    ]

    private static let several: JSON.Object = [
        "bool": false, "int": 2, "float": 3.141592653589793, "string": "a lot of string",
    ]
    private static let map: JSON = ["foo": "Foo", "bar": "Bar"]
    private static let set: JSON = ["one": [:], "two": [:], "three": [:]]
    private static let mytype: JSON = [
        "object": ["method": "org.varlink.certification.Test09", "parameters": ["map": map]],
        "enum": "two", "struct": ["first": 1, "second": "2"], "array": ["one", "two", "three"], "dictionary": map,
        "stringset": set,
        "interface": [
            "foo": [nil, ["foo": "foo", "bar": "bar"], nil, ["one": "foo", "two": "bar"]],
            "anon": ["foo": true, "bar": false],
        ],
    ]

    /// What each method wants, the client's id aside, and what it gives.
    static let steps: [String: (input: JSON.Object, output: JSON.Object)] = [
        "Test01": ([:], ["bool": true]), "Test02": (["bool": true], ["int": 1]),
        "Test03": (["int": 1], ["float": 1.0]), "Test04": (["float": 1.0], ["string": "ping"]),
        "Test05": (["string": "ping"], several), "Test06": (several, ["struct": .object(several)]),
        "Test07": (["struct": .object(several)], ["map": map]), "Test08": (["map": map], ["set": set]),
        "Test09": (["set": set], ["mytype": mytype]), "Test10": (["mytype": mytype], [:]),
        "Test11": (["last_more_replies": .array((1...10).map { .string("Reply number \($0)") })], [:]),
        "End": ([:], ["all_ok": true]),
    ]

    static let text = """
        # Tests implementations of Varlink against one another.
        interface org.varlink.certification

        type Interface (foo: ?[]?[string](foo, bar, baz), anon: (foo: bool, bar: bool))

        type MyType (
          object: object,
          enum: (one, two, three),
          struct: (first: int, second: string),
          array: []string,
          dictionary: [string]string,
          stringset: [string](),
          nullable: ?string,
          nullable_array_struct: ?[](first: int, second: string),
          interface: Interface
        )

        method Start() -> (client_id: string)
        method Test01(client_id: string) -> (bool: bool)
        method Test02(client_id: string, bool: bool) -> (int: int)
        method Test03(client_id: string, int: int) -> (float: float)
        method Test04(client_id: string, float: float) -> (string: string)
        method Test05(client_id: string, string: string) -> (bool: bool, int: int, float: float, string: string)
        method Test06(client_id: string, bool: bool, int: int, float: float, string: string) -> (
          struct: (bool: bool, int: int, float: float, string: string)
        )
        method Test07(client_id: string, struct: (bool: bool, int: int, float: float, string: string)) -> (
          map: [string]string
        )
        method Test08(client_id: string, map: [string]string) -> (set: [string]())
        method Test09(client_id: string, set: [string]()) -> (mytype: MyType)

        # Gives more than one reply.
        method Test10(client_id: string, mytype: MyType) -> (string: string)

        # To be called with 'oneway'.
        method Test11(client_id: string, last_more_replies: []string) -> ()

        method End(client_id: string) -> (all_ok: bool)

        error ClientIdError ()
        error CertificationError (wants: object, got: object)
        """
}

/// The client's side: calls each method with what the one before has given.
func certify(_ client: VarlinkClient) async throws -> JSON.Object {
    let prefix = "org.varlink.certification."
    let id = try await client.call(prefix + "Start")["client_id"] ?? nil
    func with(_ parameters: JSON.Object) -> JSON.Object {
        var parameters = parameters
        parameters["client_id"] = id
        return parameters
    }
    var last = JSON.Object()
    for number in 1...9 { last = try await client.call("\(prefix)Test0\(number)", with(last)) }
    var replies: [JSON] = []
    // Python's service gives the id too.
    try await client.call(prefix + "Test10", with(["mytype": last["mytype"] ?? nil])) {
        replies.append($0["string"] ?? nil)
    }
    try await client.callOneway(prefix + "Test11", with(["last_more_replies": .array(replies)]))
    return try await client.call(prefix + "End", with([:]))
}
