//! iBCF Planner: window or command line; nothing else.
fn main() {
    if let Err(e) = ibcf_planner::app::run(std::env::args().nth(1).map(Into::into)) {
        eprintln!("{e}");
    }
}
