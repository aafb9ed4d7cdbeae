/// format=flowed (RFC 3676): lines that end in a space continue in the next one.
enum FlowedText {
    /// Joins paragraphs, takes the stuffed space off, keeps the marks of quoted lines. `text` is UTF-8.
    /// - Parameter deletesSpace: DelSp=yes: the space at the end of a flowed line is no part of the text.
    static func joined(_ text: Bytes, deletesSpace: Bool) -> [UInt8] {
        var joined: [UInt8] = []
        joined.reserveCapacity(text.count &* 2)
        /// The quote depth of a line that flows on.
        var flowing: Int?
        var lines = Lines(text)
        while let line = lines.next() {
            let depth = line.prefix { $0 == UInt8(ascii: ">") }.count
            var content = line.dropFirst(depth)
            if content.first == .space { content = content.dropFirst() }
            let isSignature = content.elementsEqual("-- ".utf8)
            if let before = flowing, before != depth || isSignature {
                joined.append(.lineFeed)
                flowing = nil
            }
            if flowing == nil, depth > 0 { joined += line.prefix(depth) + [.space] }
            let flows = content.last == .space && !isSignature
            joined += flows && deletesSpace ? content.dropLast() : content
            if !flows { joined.append(.lineFeed) }
            flowing = flows ? depth : nil
        }
        return joined
    }
}
