/// What became of a claimed password.
public enum Outcome: String, CaseIterable, Sendable { case used, rejected, unused }
