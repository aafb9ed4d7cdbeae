import MIME

/// Text to bytes and back, as every test here needs it.
func bytes(_ text: String) -> Bytes { Array(text.utf8)[...] }
func string(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

/// A slice that does not begin at 0, as most do that a mail is read by.
func slice(_ bytes: [UInt8]) -> Bytes { ([0x2D, 0x2D, 0x0A] + bytes + [0x0A, 0x2D])[3..<(3 + bytes.count)] }
