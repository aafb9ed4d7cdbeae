/// What stands on a page at one moment, frames and shadow roots included: all that the finder goes by. No field's value is in it.
struct PageSnapshot: Equatable, Sendable {
    var frames: [Frame] = []

    struct Frame: Equatable, Sendable {
        /// The browser's name of it.
        var id: String
        var url: String
        var title = ""
        /// Changes with each document.
        var document = ""
        /// Its text, a line each, as it is shown.
        var lines: [String] = []
        var controls: [Control] = []
        /// There was more than is looked at.
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
        /// Of one number are those of one form; of those without a form, those of one document or shadow root.
        var form: Int
        var isVisible = true
        var isEnabled = true
        var names: [Name] = []
        /// Where a link leads, or a form is sent to; empty where that is not known.
        var target = ""
        /// The longest value that the field takes; nil: any.
        var longest: Int?
        /// Which of the recipe's selectors it matches.
        var selectors: [Int] = []
        /// One that only it matches in its form, for a recipe; empty where it has neither name nor ID.
        var ownSelector = ""
    }

    /// What a control is called, and how that is known.
    struct Name: Equatable, Sendable {
        enum Source: String, Sendable {
            case label, aria, cell, term, placeholder, title, text, preceding

            /// Nothing else names a field that has one of these.
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
    /// Each document's name: others are there once anything was loaded.
    var documents: [String] { frames.map(\.document) }
}
