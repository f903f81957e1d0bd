//! What NHS England published of delayed transfers of care: its monthly workbooks as they were, and a plan for any area
//! made from them.
//!
//! 1. [`workbook`]: one file recognised by its words, never by where they stand: its month, and for each area the delayed
//!    days by type of care, by responsible organisation and by reason. The three must come to the same; where they do
//!    not, that is said, and the total on which two of them agree is taken.
//! 2. [`months`]: workbooks in any order brought together: months twice, revised copies, gaps, areas renamed or missing.
//! 3. [`plan`]: a calibrated scenario for one area, every figure with its source or the assumption that it is.
//!
//! Statistics: NHS England, *Delayed Transfers of Care*, under the Open Government Licence v3.0.

mod attribution;
mod columns;
pub mod months;
pub mod plan;
pub mod workbook;

pub use months::{Known, KnownArea, Months, Unknown};
pub use plan::{NoPlan, plan};
pub use workbook::{AreaMonth, Workbook};
