//! What a function may not do, its code cannot say: the compiler's answers, in full.
//!
//! The messages are compared on one compiler only. `TRYBUILD=overwrite cargo test -p webhook-functions --test ui`
//! renews them.

use std::process::Command;

const COMPILER: &str = "rustc 1.95.";

#[test]
fn what_the_role_does_not_allow_does_not_compile() {
    let compiler = Command::new("rustc")
        .arg("--version")
        .output()
        .expect("rustc runs");
    let compiler = String::from_utf8_lossy(&compiler.stdout).into_owned();
    if !compiler.starts_with(COMPILER) {
        eprintln!("not compared: the messages are those of {COMPILER}*, this is {compiler}");
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.fail.rs");
    cases.pass("tests/ui/*.pass.rs");
}
