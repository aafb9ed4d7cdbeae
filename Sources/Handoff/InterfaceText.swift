import Varlink

/// The interface texts, as they are in the project's files: what clients are given, and what calls are checked against.
enum InterfaceText {
    static func handoff() throws(InterfaceSyntaxError) -> InterfaceDefinition {
        try InterfaceDefinition(
            parsing: String(decoding: PackageResources.org_secom_otpd_Handoff_varlink, as: UTF8.self))
    }

    static func worker() throws(InterfaceSyntaxError) -> InterfaceDefinition {
        try InterfaceDefinition(
            parsing: String(decoding: PackageResources.org_secom_otpd_Worker_varlink, as: UTF8.self))
    }
}
