import CLibEtPan

/// Walks one of libetpan's lists: its own macros for that cannot be imported.
struct CList<Element>: Sequence, IteratorProtocol {
    private var cell: UnsafeMutablePointer<clistcell>?

    /// The elements are the pointers that the list's documentation names.
    init(_ list: UnsafeMutablePointer<clist>?, of type: Element.Type) { cell = list?.pointee.first }

    mutating func next() -> UnsafeMutablePointer<Element>? {
        while let current = cell {
            cell = current.pointee.next
            if let data = current.pointee.data { return data.assumingMemoryBound(to: Element.self) }
        }
        return nil
    }
}
