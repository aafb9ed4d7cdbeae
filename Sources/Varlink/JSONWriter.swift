import NIOCore

extension JSON {
    /// The JSON text, without white space, in UTF-8. NaN and the infinities, which JSON does not have, become null.
    public var bytes: [UInt8] {
        var buffer = ByteBuffer()
        buffer.write(self)
        return Array(buffer.readableBytesView)
    }
}

extension ByteBuffer {
    /// Appends the JSON text, without white space.
    mutating func write(_ json: JSON) {
        switch json {
        case .null: writeStaticString("null")
        case .bool(true): writeStaticString("true")
        case .bool(false): writeStaticString("false")
        case .int(let number): writeString(String(number))
        case .double(let number) where number.isFinite: writeString(number.description)
        case .double: writeStaticString("null")
        case .string(var text): text.withUTF8 { writeQuoted(UnsafeRawBufferPointer($0)) }
        case .confidential(let text): text.withUTF8 { writeQuoted($0) }
        case .array(let elements):
            writeInteger(UInt8(ascii: "["))
            for index in elements.indices {
                if index > 0 { writeInteger(UInt8(ascii: ",")) }
                write(elements[index])
            }
            writeInteger(UInt8(ascii: "]"))
        case .object(let object): write(object)
        }
    }

    /// Appends the object's JSON text, without white space.
    mutating func write(_ object: JSON.Object) {
        writeInteger(UInt8(ascii: "{"))
        for index in object.members.indices {
            if index > 0 { writeInteger(UInt8(ascii: ",")) }
            write(.string(object.members[index].name))
            writeInteger(UInt8(ascii: ":"))
            write(object.members[index].value)
        }
        writeInteger(UInt8(ascii: "}"))
    }

    /// Runs of ordinary bytes are copied as they are; quotes, backslashes and control characters are escaped.
    private mutating func writeQuoted(_ text: UnsafeRawBufferPointer) {
        writeInteger(UInt8(ascii: "\""))
        var start = 0
        for index in text.indices {
            let byte = text[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            writeBytes(UnsafeRawBufferPointer(rebasing: text[start..<index]))
            start = index + 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): writeMultipleIntegers(UInt8(ascii: "\\"), byte)
            case 0x0A: writeStaticString("\\n")
            case 0x0D: writeStaticString("\\r")
            case 0x09: writeStaticString("\\t")
            default:
                let hex: StaticString = "0123456789abcdef"
                writeStaticString("\\u00")
                writeMultipleIntegers(hex.utf8Start[Int(byte &>> 4)], hex.utf8Start[Int(byte & 0xF)])
            }
        }
        writeBytes(UnsafeRawBufferPointer(rebasing: text[start..<text.count]))
        writeInteger(UInt8(ascii: "\""))
    }

    /// Overwrites what was readable once the bytes have been written, for a buffer that held something confidential.
    /// Copies that share the storage are overwritten too: that is the purpose.
    package func wipe() {
        withVeryUnsafeBytes { storage in
            guard let start = storage.baseAddress else { return }
            wipeMemory(UnsafeMutableRawPointer(mutating: start), storage.count)
        }
    }
}
