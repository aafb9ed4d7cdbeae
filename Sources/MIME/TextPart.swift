import Secrets

/// A part of a mail that a reader sees: text/plain or text/html, not attached, not inside another message.
public struct TextPart: Sendable {
    /// text/html rather than text/plain.
    public let isHTML: Bool
    private let entity: Entity

    init(_ entity: Entity, isHTML: Bool) {
        self.entity = entity
        self.isHTML = isHTML
    }

    /// The text as UTF-8: transfer encoding, charset and format=flowed (RFC 3676) undone. The caller wipes it.
    public func text(limits: Limits) throws(MalformedMessage) -> [UInt8] {
        var decoded: [UInt8] = []
        defer { decoded.wipe() }
        switch entity.transferEncoding {
        case .base64 where Base64.isLikely(entity.body): decoded = Base64.decode(entity.body)
        case .quotedPrintable where QuotedPrintable.isLikely(entity.body):
            decoded = QuotedPrintable.decode(entity.body)
        // What the bytes are wins over what the label says.
        default: return try text(of: entity.body, limits: limits)
        }
        return try text(of: decoded[...], limits: limits)
    }

    private func text(of content: Bytes, limits: Limits) throws(MalformedMessage) -> [UInt8] {
        guard content.count <= limits.text else { throw .tooMuchText }
        let type = entity.contentType
        var text = Charset.decode(content, label: type.parameter("charset"), limit: limits.text)
        guard !isHTML, type.parameter("format")?.equalsIgnoringCase("flowed") == true else { return text }
        defer { text.wipe() }
        return FlowedText.joined(text[...], deletesSpace: type.parameter("delsp")?.equalsIgnoringCase("yes") == true)
    }
}

extension Entity {
    /// All text parts in order, found by walking multiparts of any kind. Takes time linear in the message's size for
    /// each level of nesting.
    public func textParts(limits: Limits) throws(MalformedMessage) -> [TextPart] {
        var walk = Walk(limits: limits)
        try walk.visit(self, depth: 0)
        return walk.parts
    }

    /// What beside them might hold the letter, each kind once, in order.
    public func unreadableParts(limits: Limits) -> [UnreadablePart] {
        var walk = Walk(limits: limits)
        try? walk.visit(self, depth: 0)
        return walk.unreadable
    }

    private struct Walk {
        let limits: Limits
        var parts: [TextPart] = []
        var unreadable: [UnreadablePart] = []
        var entities = 0

        mutating func visit(_ entity: Entity, depth: Int) throws(MalformedMessage) {
            entities += 1
            if entities > limits.parts { throw .tooManyParts }
            if let fault = entity.fault { throw fault }
            if entity.kind == .other || entity.kind == .multipart, let part = UnreadablePart(entity),
                !unreadable.contains(part)
            {
                unreadable.append(part)
            }
            switch entity.kind {
            case .other: return
            case .plain, .html:
                if !entity.isAttachment { parts.append(TextPart(entity, isHTML: entity.kind == .html)) }
            case .multipart:
                if entity.isAttachment { return }
                guard depth < limits.depth else { throw .nestedTooDeep }
                guard let boundary = entity.contentType.parameter("boundary"), !boundary.isEmpty, boundary.count <= 256
                else { throw .multipartWithoutBoundary }
                // What has no Content-Type is a message there (RFC 2046, 5.1.5).
                let isDigest = entity.contentType.value == Array("multipart/digest".utf8)
                var bodies = BodyParts(entity.body, boundary: boundary)
                while let body = bodies.next() {
                    let part = Entity(body, limits: limits)
                    if isDigest, part.contentType.value.isEmpty { continue }
                    try visit(part, depth: depth + 1)
                }
            }
        }
    }
}
