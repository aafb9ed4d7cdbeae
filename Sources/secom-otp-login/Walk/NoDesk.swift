import FoundationEssentials

/// For `--look`, which asks for no password.
struct NoDesk: PasswordDesk {
    func absence() async -> Ending? { nil }
    func claim(issuedAfter: Date) async -> Result<Password, Ending> { .failure(.noPassword("none is asked for")) }
    func settle(_ outcome: Procedure.Outcome?) async -> String? { nil }
}
