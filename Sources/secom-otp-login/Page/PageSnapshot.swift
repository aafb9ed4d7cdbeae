/// What is on a page at one moment, including frames and shadow roots: everything that the finder uses. It contains no value of a field.
struct PageSnapshot: Equatable, Sendable {
    var frames: [Frame] = []

    struct Frame: Equatable, Sendable {
        /// The browser's identifier of the frame.
        var id: String
        var url: String
        var title = ""
        /// The browser's identifier of the document: it changes with each document.
        var document = ""
        /// Its text as it is shown, line by line.
        var lines: [String] = []
        var controls: [Control] = []
        /// The frame has more than was read.
        var isCut = false
    }

    /// A field, a button or a link.
    struct Control: Equatable, Sendable {
        enum Kind: String, Sendable { case field, button, link, other }

        /// Its number in the frame, in the order of the document.
        var index: Int
        var kind: Kind
        /// As HTML has it: `text`, `password`, `submit`.
        var type = ""
        /// Controls of one form have the same number; so have those of one document or shadow root that belong to no form.
        var form: Int
        var isVisible = true
        var isEnabled = true
        var names: [Name] = []
        /// The URL that a link leads to, or a form is sent to; empty if it is not known.
        var target = ""
        /// The longest value that the field takes; nil: any.
        var longest: Int?
        /// The numbers of the recipe's selectors that it matches.
        var selectors: [Int] = []
        /// One that only it matches in its form, for a recipe; empty where it has neither name nor ID.
        var ownSelector = ""
    }

    /// What a control is called, and where the name comes from.
    struct Name: Equatable, Sendable {
        enum Source: String, Sendable {
            case label, aria, cell, term, placeholder, title, text, preceding

            /// A field with such a name is not named by the text before it.
            var isFirm: Bool {
                switch self {
                case .label, .aria, .cell, .term: true
                case .placeholder, .title, .text, .preceding: false
                }
            }
        }
        var source: Source
        var text: String
    }

    /// The text of all frames.
    var lines: [String] { frames.flatMap(\.lines) }
    /// The identifiers of all documents: they differ once anything was loaded.
    var documents: [String] { frames.map(\.document) }
}
