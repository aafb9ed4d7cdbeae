/// A listing of a page for people, from which a recipe can be adapted. It contains no value of a field.
enum PagePrint {
    private static let linesShown = 40
    private static let controlsShown = 80

    static func text(_ page: PageSnapshot) -> String {
        page.frames.filter { !$0.lines.isEmpty || !$0.controls.isEmpty }.map(frame).joined()
    }

    private static func frame(_ frame: PageSnapshot.Frame) -> String {
        var lines = ["  page \(Shown.url(frame.url)) 「\(Shown.line(frame.title))」"]
        let shown = frame.controls.filter { $0.isVisible && $0.kind != .other }
        var forms: [Int] = []
        for form in shown.map(\.form) where !forms.contains(form) { forms.append(form) }
        for form in forms {
            lines.append("    form \(form)")
            lines += shown.filter { $0.form == form }.prefix(controlsShown).map { "      \(control($0))" }
        }
        if shown.count > controlsShown { lines.append("      … \(shown.count) in all") }
        let text = frame.lines.map { Shown.line($0) }.filter { !$0.isEmpty }
        lines += text.prefix(linesShown).map { "    | \($0)" }
        if text.count > linesShown { lines.append("    | … \(text.count) lines in all") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func control(_ control: PageSnapshot.Control) -> String {
        let names = control.names.map { "\($0.source.rawValue) 「\(Shown.line($0.text, atMost: 60))」" }
        let target = control.target.isEmpty || control.kind == .field ? "" : " → \(Shown.url(control.target))"
        let state = control.isEnabled ? "" : " (disabled)"
        let selector = control.ownSelector.isEmpty ? "" : " " + Shown.line(control.ownSelector, atMost: 60)
        return "\(control.kind.rawValue) \(control.type)\(selector)\(state) \(names.joined(separator: ", "))\(target)"
    }
}
