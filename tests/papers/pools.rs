//! The pooled budgets, line by line: Appendix 4 of July, Appendix 1 of November, section 8 of Bath and North East Somerset.

use ibcf_planner::money::Money;
use ibcf_planner::scenario::Scenario;
use ibcf_planner::scenario::context::{Pool, PoolLineKind, Total};

use super::{read, typed};

const SECTION_8: &str = include_str!("tables/banes-section-8.tsv");

/// An amount that is printed in £'000.
fn thousands(amount: Money) -> i64 {
    assert_eq!(amount, Money::pounds(amount.whole_pounds() / 1_000 * 1_000).unwrap(), "a whole number of thousands");
    amount.whole_pounds() / 1_000
}

/// A pool's lines with their amounts in £'000, taken off where they are less.
fn lines(pool: &Pool) -> Vec<(&str, Vec<i64>)> {
    let line = |line: &'_ ibcf_planner::scenario::context::PoolLine| -> Vec<i64> {
        let sign = if line.kind == PoolLineKind::Contribution { 1 } else { -1 };
        line.amounts.iter().map(|amount| sign * thousands(amount.value)).collect()
    };
    pool.lines.iter().map(|it| (it.name.as_str(), line(it))).collect()
}

/// What is printed of both partners, in £'000.
fn printed(pool: &Pool, of: fn(usize) -> Total) -> Vec<i64> {
    (0..2).filter_map(|at| pool.printed(of(at))).map(thousands).collect()
}

/// A partner's part of a pool: whose, its lines and its printed total.
type Part<'a> = (&'a str, Vec<(&'a str, i64)>, Option<i64>);

/// What each partner's part is used for, in £'000, and its printed total.
fn uses(scenario: &Scenario) -> Vec<Part<'_>> {
    let pool = scenario.context.pools.iter().find(|pool| !pool.uses.is_empty()).unwrap();
    let of = pool.uses.iter().map(|part| {
        let lines = part.lines.iter().map(|line| (line.name.as_str(), thousands(line.amount.value)));
        let printed = part.printed.map(thousands);
        (part.name.as_str(), lines.collect(), printed)
    });
    of.collect()
}

const OF_THE_NHS: [(&str, i64); 11] = [
    ("Ambulatory Emergency Care Pathways", 3_064),
    ("Delayed Transfers of Care", 2_500),
    ("Emergency Medical Units", 2_282),
    ("Rapid Assessment Care Unit", 1_751),
    ("Home Assessment & Re-ablement Service", 1_364),
    ("Proactive Support to Care Homes", 1_000),
    ("Long Term Conditions", 900),
    ("Oxfordshire Care Summary", 537),
    ("Falls Pathway", 389),
    ("Carer's Support (Social Care)", 1_300),
    ("Other", 103),
];

#[test]
fn july_s_appendix_4_has_both_pools_line_by_line_and_what_the_fund_is_used_for() {
    let scenario = read("oxfordshire-2017-07");
    let [fund, adults] = scenario.context.pools.as_slice() else { panic!("two pools") };
    assert_eq!(
        lines(fund),
        [
            ("Older People", vec![84_167, 54_583]),
            ("Physical Disabilities", vec![15_078, 7_085]),
            ("BCF expenditure", vec![21_531, 14_423]),
            ("iBCF grant funded expenditure", vec![6_276, 0]),
            ("iBCF Grant Funding", vec![-6_276, 0]),
            ("Service user income", vec![-26_653, 0]),
        ]
    );
    assert_eq!((printed(fund, Total::Gross), printed(fund, Total::Net)), (vec![127_052, 76_091], vec![94_292, 76_091]));
    assert_eq!(
        lines(adults),
        [
            ("Learning Disabilities", vec![74_883, 13_477]),
            ("Mental Health", vec![9_734, 46_067]),
            ("Acquired Brain Injury", vec![621, 1_672]),
            ("Service user income", vec![-5_502, 0]),
        ]
    );
    assert_eq!(
        (printed(adults, Total::Gross), printed(adults, Total::Net)),
        (vec![85_238, 61_216], vec![79_736, 61_216])
    );
    let council = [
        ("Care Homes", 8_725),
        ("Home Support", 6_338),
        ("Prevention and Early Support", 3_500),
        ("Equipment", 1_650),
        ("Carers", 1_318),
    ];
    assert_eq!(
        uses(&scenario),
        [
            ("Oxfordshire County Council", council.to_vec(), Some(21_531)),
            ("Oxfordshire Clinical Commissioning Group", OF_THE_NHS.to_vec(), Some(15_190)),
        ]
    );
}

#[test]
fn november_s_appendix_1_has_its_pool_line_by_line_and_what_the_fund_is_used_for() {
    let scenario = read("oxfordshire-2017-11");
    let pool = &scenario.context.pools[0];
    assert_eq!(
        lines(pool),
        [
            ("Care Homes", vec![84_167, 27_413]),
            ("Prevention", vec![15_078, 14_487]),
            ("Hospital Avoidance", vec![21_531, 34_293]),
            ("iBCF grant funded expenditure", vec![6_276, 0]),
            ("iBCF Grant Funding", vec![-6_276, 0]),
            ("Service user income", vec![-26_653, 0]),
        ]
    );
    assert_eq!((printed(pool, Total::Gross), printed(pool, Total::Net)), (vec![127_052, 76_193], vec![94_123, 76_193]));
    let council = [
        ("Care Homes", 8_704),
        ("Home Support", 6_327),
        ("Prevention and Early Support", 3_500),
        ("Equipment", 1_650),
        ("Carers", 1_350),
    ];
    assert_eq!(
        uses(&scenario),
        [
            ("Oxfordshire County Council", council.to_vec(), Some(21_531)),
            ("Oxfordshire Clinical Commissioning Group", OF_THE_NHS.to_vec(), Some(15_190)),
        ]
    );
}

/// The first four rows are the Clinical Commissioning Group's, the others the council's.
#[test]
fn section_8_of_banes_is_carried_row_by_row_for_each_year() {
    let scenario = read("banes-2017-19");
    let amount = |text: &str| text.trim_start_matches('£').replace(',', "").parse::<i64>().unwrap();
    for (column, year, total) in [(1, "2016/17", 13_498_994), (2, "2017/18", 61_148_233), (3, "2018/19", 59_916_141)] {
        let pool = scenario.context.pools.iter().find(|pool| pool.year == typed(year)).unwrap();
        let carried: Vec<(String, Vec<i64>)> = pool
            .lines
            .iter()
            .map(|line| (line.name.clone(), line.amounts.iter().map(|amount| amount.value.whole_pounds()).collect()))
            .collect();
        let printed: Vec<(String, Vec<i64>)> = SECTION_8
            .lines()
            .enumerate()
            .map(|(at, row)| {
                let cells: Vec<&str> = row.split('\t').collect();
                let (is_nhs, pounds) = (at < 4, amount(cells[column]));
                // Two rows are called YCYW, “your care, your way”.
                let whose = if is_nhs { " (CCG)" } else { " (Council)" };
                let name = if cells[0] == "YCYW" { format!("YCYW{whose}") } else { cells[0].to_owned() };
                (name, if is_nhs { vec![pounds, 0] } else { vec![0, pounds] })
            })
            .collect();
        assert_eq!(carried, printed, "{year}");
        assert_eq!(pool.printed(Total::All).map(Money::whole_pounds), Some(total), "{year}");
    }
}
