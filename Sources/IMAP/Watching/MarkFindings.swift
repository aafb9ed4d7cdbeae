/// What making a mark has revealed about the mailbox, besides its result. A pure value.
struct MarkFindings: Equatable, Sendable {
    /// How the server tells of one's own changes; nil: nothing new.
    var habit: ChangeHabit?
    /// Keywords are refused, whatever PERMANENTFLAGS says.
    var refusesKeywords = false
    /// A mark was taken and is not reported back.
    var forgetsMarks = false
    /// A number was asked for and not told (RFC 7162).
    var lacksModSeq = false
    /// What comes after use was refused.
    var refusal: IMAPError?
    /// ``HabitProbe/keyword`` may appear on the message.
    var leavesProbe = false
}

/// What a mark does next.
enum MarkStep: Equatable, Sendable {
    case run(Command)
    case done(MarkResult)
}
