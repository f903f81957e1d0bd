//! Every figure that the July 2017 scenario takes from Oxfordshire's paper, against the paper, paragraph by paragraph.

use ibcf_planner::scenario::{Scenario, Severity, check::check};

fn read(name: &str) -> Scenario {
    let path = format!("{}/scenarios/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(&text)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn both_scenarios_meet_the_rules() {
    for name in ["oxfordshire-2017-07", "blank"] {
        let findings = check(&read(name));
        for f in &findings { println!("{:?} {}: {}", f.severity, f.place, f.words); }
        assert!(findings.iter().all(|f| f.severity == Severity::Warning));
    }
}
