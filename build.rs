//! Rebuilds when a bank file is added or changed, which `include_dir` does not notice by itself.

fn main() {
    println!("cargo::rerun-if-changed=question_banks");
}
