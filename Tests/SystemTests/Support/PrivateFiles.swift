import Glibc

/// Files of the system's that one program finds changed, and nobody else: a mount namespace of its own. unshare(1), mount(8)
enum PrivateFiles {
    private static let unshare = "/usr/bin/unshare"
    static let isPossible = geteuid() == 0 && access(unshare, X_OK) == 0 && isAllowed
    /// A container may forbid it.
    private static var isAllowed: Bool {
        guard let process = try? spawn(unshare, ["--mount", "/bin/true"]) else { return false }
        [process.input, process.output, process.errors].forEach { _ = close($0) }
        var status: Int32 = 0
        while waitpid(process.pid, &status, 0) < 0, errno == EINTR {}
        return status == 0
    }

    /// What stands before the program's command.
    ///
    /// - Parameter texts: what it is to find in the files of these paths.
    static func with(_ texts: [String: String]) throws -> [String] {
        let stage = try Stage.require()
        var script = ""
        for (path, text) in texts {
            let file = try stage.scratch.write(text, to: stage.name("private"))
            chmod(file, 0o644)
            script += "mount --bind \(file) $(readlink -f \(path)) && "
        }
        return [unshare, "--mount", "/bin/sh", "-c", script + "exec \"$@\"", "sh"]
    }
}
