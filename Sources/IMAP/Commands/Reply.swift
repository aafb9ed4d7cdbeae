/// What a command's answer told, all of it together.
struct Reply: Equatable, Sendable {
    var status = StatusResponse.ok
    var fetched: [FetchResponse] = []
    var found: [UInt32] = []

    /// Takes an untagged response that belongs to the command.
    mutating func add(_ response: Response) {
        switch response {
        case .fetch(let fetch): fetched.append(fetch)
        case .search(let numbers): found += numbers
        default: break
        }
    }

    var isRefused: Bool { status.condition != .ok }
}
