public import ArgumentParser
public import Messages

/// Of a command's help, in the language of whoever reads it.
public func told(_ phrase: Phrase) -> String { Text(phrase).said }

extension ArgumentHelp {
    /// The same of an option or argument.
    public static func told(_ phrase: Phrase, valueName: String? = nil) -> ArgumentHelp {
        ArgumentHelp(Text(phrase).said, valueName: valueName)
    }
}

extension ValidationError {
    /// What is wrong with the arguments.
    public static func told(_ phrase: Phrase) -> ValidationError { ValidationError(Text(phrase).said) }
}
