/// The version of both programs.
let version = "0.1.0"
