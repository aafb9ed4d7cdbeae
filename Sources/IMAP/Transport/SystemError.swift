import Glibc
import Messages

/// An errno as readable text.
struct SystemError: Error, TextConvertible {
    let code: Int32
    var text: Text {
        code == EMFILE
            ? Text("no file descriptors are left (LimitNOFILE= in the unit, ulimit -n)") : Text(errno: code)
    }
}
