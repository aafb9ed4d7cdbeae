import CLinux

/// What this program was started with.
///
/// Swift's own `CommandLine` reads it from /proc (Swift 6.3), and has nothing where that is not mounted. A program that takes an empty command
/// line for an order does what nobody asked for then.
public enum ProgramArguments {
    /// The arguments without the program's own name, as main(3) is given them; what is no UTF-8 in them is replaced.
    public static var words: [String] {
        guard let arguments = linux_arguments() else { return Array(CommandLine.arguments.dropFirst()) }
        return (0..<Int(linux_argument_count())).dropFirst().compactMap { index in
            arguments[index].map { String(cString: $0) }
        }
    }
}
