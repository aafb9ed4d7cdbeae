import MIME

/// The rule for the subject.
enum Subject {
    /// Whether a Subject field's value, decoded and folded, is the subject, behind at most one of the prefixes.
    static func matches(_ value: Bytes, rules: RecognitionRules) -> Bool {
        let wanted = Width.folded(Array(rules.subject.utf8)[...])
        let subject = Width.folded(HeaderText.decode(value)[...])
        if subject == wanted { return true }
        return rules.subjectPrefixes.contains { prefix in
            let prefix = Width.folded(Array(prefix.utf8)[...])
            guard !prefix.isEmpty, subject.starts(with: prefix) else { return false }
            let rest = subject.dropFirst(prefix.count)
            return (rest.first == 0x20 ? rest.dropFirst() : rest).elementsEqual(wanted)
        }
    }
}
