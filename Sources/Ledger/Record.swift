/// What the mailbox itself says of a password: the only durable store.
public enum Record: Equatable, Sendable { case unmarked, claimed, used, rejected }
