//! Workbooks in the layouts that NHS England published, made for tests: the words, the rows and the columns are theirs.

#![allow(dead_code, reason = "several tests share this, and none needs all of it")]

use std::path::Path;

use ibcf_planner::file;
use ibcf_planner::scenario::{MonthOfDelays, Reason};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// Columns changed in April 2017: beds beside days, small letters, and a reason more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    To2017,
    From2017,
}

/// An area's row in each table.
#[derive(Clone, Debug)]
pub(crate) struct Area {
    pub(crate) name: String,
    pub(crate) code: &'static str,
    pub(crate) by_type_of_care: [u32; 2],
    pub(crate) by_organisation: [u32; 3],
    pub(crate) by_reason: [u32; 11],
}

impl Area {
    /// A month of a scenario's history; how it divides by type of care, histories do not say.
    pub(crate) fn of(name: &str, code: &'static str, month: &MonthOfDelays) -> Self {
        let all = u32::try_from(month.delayed_days()).expect("days");
        Self {
            name: name.to_owned(),
            code,
            by_type_of_care: [all / 3, all - all / 3],
            by_organisation: [month.nhs, month.social_care, month.both],
            by_reason: REASONS.map(|(reason, _)| month.reasons.get(&reason).copied().unwrap_or_default()),
        }
    }
}

const REASONS: [(Reason, &str); 11] = [
    (Reason::A, "A) Awaiting completion of assessment"),
    (Reason::B, "B) Awaiting public funding"),
    (Reason::C, "C) Awaiting further non-acute NHS care"),
    (Reason::DI, "Di) Awaiting residential home placement or availability"),
    (Reason::DII, "Dii) Awaiting nursing home placement or availability"),
    (Reason::E, "E) Awaiting care package in own home"),
    (Reason::F, "F) Awaiting community equipment and adaptations"),
    (Reason::G, "G) Patient or family choice"),
    (Reason::H, "H) Disputes"),
    (Reason::I, "I) Housing – patients not covered by NHS and Community Care Act"),
    (Reason::O, "O) Other"),
];

/// A workbook to be written; everything about it can be put wrong.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) layout: Layout,
    pub(crate) period: String,
    pub(crate) basis: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) published: &'static str,
    pub(crate) revised: &'static str,
    pub(crate) areas: Vec<Area>,
    /// What is printed for England, where that is not the sum of the areas.
    pub(crate) england: Option<Area>,
    /// The table of England's reasons by organisation.
    pub(crate) england_by_organisation: [[u32; 3]; 11],
}

impl Made {
    pub(crate) fn new(layout: Layout, period: &str, areas: Vec<Area>) -> Self {
        Self {
            layout,
            period: period.to_owned(),
            basis: "Local Authority",
            summary: "Number of Delayed Days during the reporting period, Acute and Non-Acute, for NHS Organisations in England",
            published: "",
            revised: "",
            areas,
            england: None,
            england_by_organisation: [[20, 10, 5]; 11],
        }
    }

    pub(crate) fn write(&self, path: &Path) {
        std::fs::write(path, self.bytes()).expect("written");
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.workbook().and_then(|mut workbook| workbook.save_to_buffer()).expect("a workbook")
    }

    fn england(&self) -> Area {
        if let Some(england) = &self.england {
            return england.clone();
        }
        let mut england = Area {
            name: "England".to_owned(),
            code: "-",
            by_type_of_care: [0; 2],
            by_organisation: [0; 3],
            by_reason: [0; 11],
        };
        for area in &self.areas {
            england.by_type_of_care.iter_mut().zip(area.by_type_of_care).for_each(|(sum, days)| *sum += days);
            england.by_organisation.iter_mut().zip(area.by_organisation).for_each(|(sum, days)| *sum += days);
            england.by_reason.iter_mut().zip(area.by_reason).for_each(|(sum, days)| *sum += days);
        }
        england
    }

    fn workbook(&self) -> Result<Workbook, XlsxError> {
        let mut workbook = Workbook::new();
        self.write_england(workbook.add_worksheet())?;
        let care = ["Acute", "Non-Acute"].map(str::to_owned);
        let organisations = ["NHS", "Social Care", "Both"].map(str::to_owned);
        let reasons = match self.layout {
            Layout::To2017 => REASONS[..10].iter().map(|(_, words)| words.to_uppercase()).collect(),
            Layout::From2017 => REASONS.iter().map(|(_, words)| (*words).to_owned()).collect::<Vec<_>>(),
        };
        let sheet = workbook.add_worksheet();
        self.write_table(sheet, "LA - by Type of Care", &care, true, |area| area.by_type_of_care.to_vec())?;
        let sheet = workbook.add_worksheet();
        self.write_table(sheet, "LA - by responsible org", &organisations, true, |area| area.by_organisation.to_vec())?;
        let sheet = workbook.add_worksheet();
        self.write_table(sheet, "LA - by reason", &reasons, false, |area| area.by_reason[..reasons.len()].to_vec())?;
        if self.layout == Layout::From2017 {
            let sheet = workbook.add_worksheet().set_name("Data Quality")?;
            sheet.write(0, 0, "The following providers revised data:")?.write(1, 0, "RQY")?.write(1, 1, "A trust")?;
        }
        Ok(workbook)
    }

    fn write_above(&self, sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
        let rows = [
            (1, "Title:", title),
            (2, "Summary:", self.summary),
            (4, "Period:", &self.period),
            (5, "Source:", "Unify2 Data Collection - MSitDT"),
            (6, "Basis:", self.basis),
            (7, "Published:", self.published),
            (8, "Revised:", self.revised),
            (9, "Status:", "Published"),
            (10, "Contact:", "Somebody"),
        ];
        for (row, word, beside) in rows {
            sheet.write(row, 1, word)?;
            if !beside.is_empty() {
                sheet.write(row, 2, beside)?;
            }
        }
        Ok(())
    }

    fn write_england(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name("England")?;
        self.write_above(sheet, "Delayed Transfers of Care (DTOC) by Reason, England")?;
        for (column, words) in (1..).zip(["Type of Care", "Reason for Delay", "NHS", "Social Care", "Both"]) {
            sheet.write(13, column, words)?;
        }
        sheet.write(14, 1, "Acute")?.write(14, 2, "-")?.write(14, 3, 100)?;
        for (row, ((_, words), days)) in (17..).zip(REASONS.iter().zip(self.england_by_organisation)) {
            sheet.write(row, 2, *words)?;
            for (column, days) in (3..).zip(days) {
                if days == 0 {
                    sheet.write(row, column, "NA")?;
                } else {
                    sheet.write(row, column, days)?;
                }
            }
        }
        Ok(())
    }

    fn write_table(
        &self,
        sheet: &mut Worksheet,
        name: &str,
        headings: &[String],
        has_beds: bool,
        days: impl Fn(&Area) -> Vec<u32>,
    ) -> Result<(), XlsxError> {
        sheet.set_name(name)?;
        self.write_above(sheet, "Delayed Transfer of Care, NHS Organisations, England")?;
        let has_beds = has_beds && self.layout == Layout::From2017;
        let first = 5;
        let total = first + u16::try_from(headings.len()).expect("a column");
        let beds = total + 2;
        for (column, words) in (1..).zip(["Region", "ONS Geography", "Code", "Name"]) {
            sheet.write(13, column, words)?;
        }
        for (at, heading) in (0..).zip(headings.iter().map(String::as_str).chain(["Total"])) {
            sheet.write(13, first + at, heading)?;
            if has_beds {
                sheet.write(13, beds + at, heading)?;
            }
        }
        if has_beds {
            sheet.write(12, first, "Delayed Days")?.write(12, beds, "DTOC Beds")?;
        }
        let england = self.england();
        let rows = std::iter::once((14, &england)).chain((16..).zip(&self.areas));
        for (row, area) in rows {
            sheet.write(row, 1, "A region")?.write(row, 2, area.code)?.write(row, 3, "608")?.write(
                row,
                4,
                &*area.name,
            )?;
            let days = days(area);
            let all: u32 = days.iter().sum();
            for (at, days) in (0..).zip(days.into_iter().chain([all])) {
                sheet.write(row, first + at, days)?;
                if has_beds {
                    sheet.write(row, beds + at, f64::from(days) / 30.0)?;
                }
            }
        }
        Ok(())
    }
}

/// The thirty months to September 2017 of an area as they were published and later revised.
pub(crate) fn history(name: &str) -> Vec<MonthOfDelays> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/backtest/{name}.ron"));
    file::read(&path).expect("a scenario").scenario.history.months
}

/// Oxfordshire, Bath and North East Somerset, and all the rest of England, month by month, each in the layout of its time.
pub(crate) fn thirty_months() -> Vec<Made> {
    let [oxfordshire, bath, england] = ["oxfordshire", "bath-and-north-east-somerset", "england"].map(history);
    let months = oxfordshire.iter().zip(&bath).zip(&england);
    let made = months.map(|((oxfordshire, bath), england)| {
        let own = [
            Area::of("Oxfordshire", "E10000025", oxfordshire),
            Area::of("Bath & North East Somerset UA", "E06000022", bath),
        ];
        let mut rest = Area::of("Rest of England", "E99999999", england);
        for area in &own {
            rest.by_organisation.iter_mut().zip(area.by_organisation).for_each(|(rest, own)| *rest -= own);
            rest.by_reason.iter_mut().zip(area.by_reason).for_each(|(rest, own)| *rest -= own);
        }
        let all: u32 = rest.by_organisation.iter().sum();
        rest.by_type_of_care = [all / 2, all - all / 2];
        let layout = if england.month.to_string().as_str() < "2017-04" { Layout::To2017 } else { Layout::From2017 };
        Made::new(layout, &england.month.in_words(), own.into_iter().chain([rest]).collect())
    });
    made.collect()
}
