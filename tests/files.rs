//! A scenario file that is wrong in any way gives one clear line and never a panic; a save leaves the old text or the
//! new one, whole, whatever fails.

#![expect(clippy::expect_used, reason = "a test that fails should say so")]

use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use ibcf_planner::file::{ReadError, parse, read, save, write};

const SMALL: &str = include_str!("fixtures/small.ron");

fn refusal(text: &str) -> String {
    let error = parse("plan.ron", text).map(|_| ()).expect_err("refused");
    assert!(error.is_refusal());
    one_line(error.to_string())
}

fn one_line(line: String) -> String {
    assert!(!line.contains('\n') && line.contains("error: "), "{line}");
    // The parser's own words and type names are for programmers.
    for jargon in ["Expected", "Unexpected", "struct", "enum", "variant", "identifier", "os error"] {
        assert!(!line.contains(jargon), "{line}");
    }
    line
}

/// The fixture with one thing changed, which has to be there.
fn with(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    SMALL.replacen(from, to, 1)
}

/// Line and column of a text in the fixture.
fn position(of: &str) -> String {
    position_at(SMALL, SMALL.find(of).expect("in the fixture"))
}

/// Line and column of a byte.
fn position_at(text: &str, at: usize) -> String {
    let column = at - text[..at].rfind('\n').map_or(0, |newline| newline + 1) + 1;
    format!("plan.ron:{}:{column}: error: ", text[..at].matches('\n').count() + 1)
}

#[test]
fn each_fault_is_named_at_its_place_with_what_to_do() {
    for (from, to, place, words) in [
        ("schemes: [", "schemess: [", "schemes: [", "unknown field `schemess`; did you mean `schemes`?"),
        ("locked: false", "zzzzzzzzz: 1", "locked: false", "unknown field `zzzzzzzzz`; the fields here are id, name,"),
        ("change: Places", "change: Place", "Places,", "`Place` is not among the choices; did you mean `Places`?"),
        ("id: \"brokers\"", "id: \"beds\"", "id: \"brokers\"", "the scheme id “beds” is used twice; give each"),
        (
            "\"900000\"",
            "\"-900000\"",
            "\"2017/18\": (value: \"900000\"",
            "the allocation is −£900,000; write £0 or more",
        ),
        ("\"900000\"", "\"90000000000\"", "\"2017/18\": (value: \"900000\"", "is taken for a slip"),
        ("\"900000\"", "\"900 beds\"", "\"900000\"", "“900 beds” is not an amount of money; write one such as"),
        ("\"900000\"", "900000", "\"900000\"", "text in quotes should stand here"),
        ("\"900000\"", "NaN", "\"900000\"", "numbers and dates are in quotes too), not `NaN`"),
        ("\"900000\"", "inf", "\"900000\"", "not `inf`"),
        ("\"900000\"", "1e999", "\"900000\"", "not `1e999`"),
        ("\"900000\"", "\"1e999\"", "\"900000\"", "is not an amount of money"),
        ("\"0.67\"", "\"NaN\"", "\"0.67\"", "“NaN” is not a number"),
        (
            "\"2017-09-01\"",
            "\"2027-09-01\"",
            "start: On(",
            "outside the plan (2017-04-01 to 2019-03-31); move it inside",
        ),
        ("\"2017-09-01\"", "\"2017-09-31\"", "\"2017-09-01\"", "2017-09-31"),
        ("\"28\"", "\"0.9\"", "stay_days:", "mean stay in days is 0.9; keep it between 1 and 3660"),
        ("both: \"0.15\"", "both: \"0.25\"", "attribution:", "sum to 1.1; make them sum to 1"),
        (
            "Process(days: ",
            "Process(",
            "days: (value: \"3.5\"",
            "a name, such as that of a field, should stand here, not `(`",
        ),
        ("area: \"Testshire\",", "", "(\n    format", "the field `area` is missing between these brackets; add it"),
        (
            "area: \"Testshire\"",
            "title: \"Testshire\"",
            "area: \"Testshire\"",
            "the field `title` is given twice; keep one",
        ),
        ("locked: false", "locked: no", "false", "true or false should stand here, not `no`"),
        ("value: 60", "value: 99999999", "60, source", "the number is too large or below zero"),
        ("value: 60", "value: -1", "60, source", "the number is too large or below zero"),
        (
            "format: 1",
            "format: 3, zzz: 1",
            "1,",
            "this file is format 3, for which iBCF Planner 0.3 or later is needed",
        ),
    ] {
        let line = refusal(&with(from, to));
        let place = if place == "(\n    format" { "plan.ron:1:1: error: ".to_owned() } else { position(place) };
        assert!(line.starts_with(&place) && line.contains(words), "{from} → {to}\n  gave {line}\n  at   {place}");
    }
}

/// The fixture with an outturn after its history.
fn with_outturn(months: &str) -> String {
    with("    costs: (", &format!("    outturn: [\n{months}\n    ],\n    costs: ("))
}

#[test]
fn an_outturn_is_read_written_alike_and_refused_at_its_line() {
    let june = "        (month: \"2017-06\", delayed_days: (value: 1440, source: Entered)),";
    let cited = "        (
            month: \"2017-07\",
            delayed_days: (value: 1500, was: 1502, source: Cited(paper: \"board\", at: \"table 1\")),
            responsible: (nhs: 700, social_care: 800, both: 2),
            reasons: {A: 502, DI: 1000},
        ),";
    let text = with_outturn(&format!("{june}\n{cited}"));
    let opened = parse("plan.ron", &text).expect("sound");
    assert_eq!(write(&opened.scenario), text);
    for (months, place, words) in [
        (june.replace("06", "05"), "month: ", "May 2017 is no later than the last month of the history"),
        (format!("{june}\n{june}"), "month: ", "June 2017 does not come after the month before it"),
        (june.replace("2017-06", "2019-04"), "month: ", "April 2019 lies outside the plan"),
        (june.replace("1440", "-1"), "-1", "the number is too large or below zero"),
        (june.replace("1440", "\"1440\""), "\"1440\"", "a whole number should stand here"),
        (june.replace("1440", "4000000000"), "delayed_days: ", "are over a million people"),
        (june.replace("Entered)", "Entered), both: 3"), "both: 3", "unknown field `both`"),
        (
            cited.replace("both: 2", "both: 3"),
            "(\n            month",
            "July 2017: days by responsibility sum to 1503, where 1502",
        ),
    ] {
        let text = with_outturn(&months);
        let (outturn, _) = text.split_once("    costs: (").expect("costs");
        let place = position_at(&text, outturn.rfind(place).expect("there"));
        let line = refusal(&text);
        assert!(line.starts_with(&place) && line.contains(words), "{months}\n{line}");
    }
}

#[test]
fn every_finding_has_its_line_and_warnings_do_not_refuse() {
    let text = with("\"900000\"", "\"-1\"").replacen("\"28\"", "\"0\"", 1);
    let error = parse("plan.ron", &text).map(|_| ()).expect_err("refused");
    let lines = error.lines();
    assert!(lines.len() >= 2 && lines.iter().all(|line| line.starts_with("plan.ron:")), "{lines:?}");
    assert!(error.to_string().ends_with(&format!("(and {} more)", lines.len() - 1)));

    let unpaid = with("basis: Pilot, years: (value: []", "basis: Pilot, years: (value: [\"2018/19\"]");
    let opened = parse("plan.ron", &unpaid).expect("a warning only");
    let warnings: Vec<String> = opened.warnings.iter().map(|warning| warning.in_words("plan.ron")).collect();
    let place = position("commitment: (basis: Pilot").replace("error", "warning");
    assert_eq!(warnings, [place + "Brokerage at weekends is committed in 2018/19 but has no money that year"]);
}

#[test]
fn text_that_is_no_scenario_is_refused_in_words() {
    for (text, words) in [
        ("", "1:1: error: the file is empty"),
        (" \n\t \r\n", "the file is empty"),
        ("// only a comment", "the file is empty"),
        ("Dear all, please find", "1:6: error: a bracket ( should open here, with names and values in it, not `all`"),
        ("{\"format\": 1}", "a bracket ( should open here"),
        ("()", "is missing between these brackets"),
        ("(format: 1, title: \"x", "1:20: error: the text that begins here has no closing quote"),
        ("(format: 1, /* x", "1:13: error: the comment that begins here is never closed"),
        ("(format: 1, title: \"\\q\"", "a backslash"),
        ("(format: 1,", "the file ends before the scenario does"),
        ("#![enable(unwrap_newtypes)] (format: 7)", "this file is format 7"),
        ("(title: \"format: 3\", format: 10000000000000000000000000000)", "1:30: error: this file is format 1000"),
        ("(format: 0)", "1:10: error: there is no format 0"),
    ] {
        let line = refusal(text);
        assert!(line.contains(words), "{text}\n  gave {line}");
    }
    let line = refusal(&format!("{SMALL})"));
    assert!(line.contains("the scenario has ended before this"), "{line}");
}

#[test]
fn a_file_cut_off_at_any_byte_is_refused_in_one_line() {
    let whole = SMALL.trim_end().len();
    for end in (0..whole).step_by(7).chain(whole - 60..whole) {
        if SMALL.is_char_boundary(end) {
            refusal(&SMALL[..end]);
        }
    }
}

#[test]
fn flipped_bits_never_panic_and_always_answer_in_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    for bit in (0..SMALL.len() * 8).step_by(97) {
        let mut bytes = SMALL.as_bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, bytes).expect("written");
        if let Err(error) = read(&path) {
            one_line(error.to_string());
        }
    }
}

#[test]
fn brackets_that_would_exhaust_the_stack_are_refused_at_once() {
    let start = Instant::now();
    for depth in [65, 10_000, 2_000_000] {
        for nested in ["(", "[", "{a:", "(a:[", "Some("] {
            let line = refusal(&nested.repeat(depth));
            assert!(line.contains("brackets are nested deeper than 64"), "{nested} {line}");
        }
    }
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    // In texts and comments they are harmless.
    let text = with("\"Thirty beds.\"", &format!("\"{}\" /* {} */", "(".repeat(5000), "[".repeat(100_000)));
    parse("plan.ron", &text).expect("only a text");
}

/// Many small things, each of which a scenario may have: what they come to costs the planner more than the file did.
#[test]
fn lists_that_would_exhaust_time_or_memory_are_refused_at_once() {
    let paper = "(id: \"a\", title: \"a\", short: \"a\", date: \"2017-07-13\"),";
    let cost = "(id: \"a\", name: \"a\", amount: (value: \"1\", source: Entered)),";
    for (list, item, count, words) in [
        ("papers: [", paper, 250_000, "more than a scenario may"),
        ("papers: [", paper, 90_000, "papers: the planner holds at most 1000"),
        ("others: [", cost, 240_000, "more than a scenario may"),
        ("others: [", cost, 80_000, "others: the planner holds at most 1000"),
    ] {
        let start = Instant::now();
        let line = refusal(&with(list, &format!("{list}{}", item.repeat(count))));
        assert!(line.contains(words), "{list} {count} gave {line}");
        // A machine may be busy; processor time is held to its bound in `tests/bounds.rs`.
        assert!(start.elapsed().as_secs() < 20, "{list} {count} took {:?}", start.elapsed());
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_accepted_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    let text = format!("\u{feff}{}", SMALL.replace('\n', "\r\n"));
    fs::write(&path, &text).expect("written");
    let opened = read(&path).expect("accepted");
    assert_eq!(opened.scenario, parse("plan.ron", SMALL).expect("sound").scenario);
    assert_eq!(opened.text, text, "the exact text, for saving an unchanged scenario");
    let line = refusal(&format!("\u{feff}{}", with("format: 1", "format: 3").replace('\n', "\r\n")));
    assert!(line.starts_with("plan.ron:2:13: "), "{line}");
    let line = refusal("\u{feff}Dear all");
    assert!(line.starts_with("plan.ron:1:6: "), "{line}");
}

#[test]
fn what_is_not_utf_8_is_refused_at_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    let utf_16: Vec<u8> = [0xfeff].into_iter().chain(SMALL.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let unmarked: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut invalid = SMALL.as_bytes().to_vec();
    invalid[10] = 0xff;
    for (bytes, words) in [
        (utf_16, ":1:1: error: this text is UTF-16; save it as UTF-8"),
        (unmarked, ":1:2: error: here is a NUL"),
        (vec![0; 4096], ":1:1: error: here is a NUL"),
        (invalid, ":2:9: error: this is not UTF-8 text; save the file as UTF-8"),
    ] {
        fs::write(&path, bytes).expect("written");
        let error = read(&path).map(|_| ()).expect_err("refused");
        assert!(error.is_refusal() && one_line(error.to_string()).contains(words), "{error}");
    }
}

#[test]
fn two_hundred_megabytes_are_refused_without_reading_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    let mut file = fs::File::create(&path).expect("created");
    file.seek(SeekFrom::Start(200_000_000)).and_then(|_| file.write_all(b" ")).expect("a sparse file");
    let start = Instant::now();
    let error = read(&path).map(|_| ()).expect_err("refused");
    assert!(error.is_refusal() && one_line(error.to_string()).contains("larger than 16 MB"), "{error}");
    assert!(start.elapsed().as_millis() < 100);
}

#[test]
fn what_is_no_readable_file_is_the_systems_failure_not_the_scenarios() {
    let folder = tempfile::tempdir().expect("a folder");
    let failure = |path: &Path| {
        let error = read(path).map(|_| ()).expect_err("nothing to read");
        assert!(!error.is_refusal());
        one_line(error.to_string())
    };
    assert!(failure(&folder.path().join("none.ron")).contains("there is no such file; check the name"));
    assert!(failure(&folder.path().join("two\nlines.ron")).contains("two lines.ron"));
    assert!(failure(folder.path()).contains("this is a folder"));
    assert!(failure(&folder.path().join("x".repeat(300))).contains("can't be read"));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn pipes_and_devices_are_refused_and_never_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe.ron");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
        for path in [pipe.as_path(), Path::new("/dev/zero")] {
            let error = read(path).map(|_| ()).expect_err("refused");
            assert!(one_line(error.to_string()).contains("this is a pipe or a device"), "{error}");
            let error = save(path, "text").expect_err("refused");
            assert!(error.to_string().starts_with("not saved: this is a pipe or a device"), "{error}");
        }
        assert!(save(folder.path(), "text").expect_err("refused").to_string().contains("this is a folder"));
    }

    #[test]
    fn a_file_without_permission_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.ron");
        fs::write(&path, "old").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("guarded");
        match read(&path) {
            Err(error @ ReadError::Unreadable { .. }) => assert!(error.to_string().contains("no permission")),
            _ => println!("not tried: this user may read everything"),
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("guarded");
        match save(&path, "new") {
            Err(error) => {
                assert!(error.to_string().contains("no permission"), "{error}");
                assert_eq!(fs::read_to_string(&path).expect("readable"), "old");
            }
            Ok(()) => println!("not tried: this user may write everything"),
        }
    }

    #[test]
    fn a_read_only_folder_keeps_the_old_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.ron");
        fs::write(&path, "old").expect("written");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).expect("guarded");
        match save(&path, "new") {
            Err(error) => {
                assert!(error.to_string().contains("the file on disk is as it was"), "{error}");
                assert_eq!(fs::read_to_string(&path).expect("readable"), "old");
            }
            Ok(()) => println!("not tried: this user may write everywhere"),
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("opened again");
        // A folder in which nobody can make a file.
        let error = save(Path::new("/proc/plan.ron"), "new").expect_err("nothing can be made there");
        assert!(error.to_string().starts_with("not saved: "), "{error}");
    }

    #[test]
    fn permissions_owner_and_links_outlast_a_save() {
        let folder = tempfile::tempdir().expect("a folder");
        let (real, link) = (folder.path().join("real.ron"), folder.path().join("link.ron"));
        fs::write(&real, "old").expect("written");
        fs::set_permissions(&real, fs::Permissions::from_mode(0o664)).expect("shared");
        symlink("real.ron", &link).expect("linked");
        let before = fs::metadata(&real).expect("there");
        save(&link, "new").expect("saved");
        let after = fs::metadata(&real).expect("there");
        assert_eq!((after.mode(), after.uid(), after.gid()), (before.mode(), before.uid(), before.gid()));
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::read_to_string(&real).expect("readable"), "new");

        let dangling = folder.path().join("dangling.ron");
        symlink("to-be.ron", &dangling).expect("linked");
        save(&dangling, "made").expect("saved");
        assert_eq!(fs::read_to_string(folder.path().join("to-be.ron")).expect("readable"), "made");

        let circle = folder.path().join("circle.ron");
        symlink("circle.ron", &circle).expect("linked");
        assert!(save(&circle, "text").expect_err("refused").to_string().contains("circle"));
    }

    #[test]
    fn a_new_file_has_the_permissions_that_any_program_would_give_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (ours, usual) = (folder.path().join("ours.ron"), folder.path().join("usual.ron"));
        save(&ours, "text").expect("saved");
        fs::write(&usual, "text").expect("written");
        assert_eq!(fs::metadata(&ours).expect("there").mode(), fs::metadata(&usual).expect("there").mode());
    }

    #[test]
    fn a_name_that_is_no_text_is_still_a_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(std::ffi::OsStr::from_bytes(b"bad\xff.ron"));
        save(&path, SMALL).expect("saved");
        assert_eq!(read(&path).expect("sound").text, SMALL);
    }
}

#[test]
fn a_reader_sees_the_old_text_or_the_new_one_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    let texts = ["a".repeat(300_000), "b".repeat(200_000)];
    fs::write(&path, &texts[0]).expect("written");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let observer = scope.spawn(|| {
            let mut seen = 0;
            while !done.load(Ordering::Relaxed) {
                let text = fs::read_to_string(&path).expect("always there");
                assert!(texts.contains(&text), "{} bytes", text.len());
                seen += 1;
            }
            seen
        });
        for turn in 1..40 {
            save(&path, &texts[turn % 2]).expect("saved");
        }
        done.store(true, Ordering::Relaxed);
        assert!(observer.join().expect("only whole texts") > 0);
    });
    let left: Vec<_> = fs::read_dir(folder.path()).expect("listed").collect();
    assert_eq!(left.len(), 1, "nothing is left beside it: {left:?}");
}

#[test]
fn names_of_any_length_are_saved_or_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let longest = folder.path().join("x".repeat(255));
    save(&longest, "text").expect("saved");
    assert_eq!(fs::read_to_string(&longest).expect("readable"), "text");
    let error = save(&folder.path().join("x".repeat(256)), "text").expect_err("refused");
    assert!(error.to_string().starts_with("not saved: the name is too long"), "{error}");
}

#[test]
fn a_folder_that_is_not_there_is_no_place_for_a_new_file_and_nothing_is_said_of_an_old_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("nowhere").join("plan.ron");
    let error = save(&path, "text").expect_err("refused").to_string();
    let words = "not saved: the folder is not there; choose another, or make it first: ";
    assert_eq!(error, format!("{words}{}", path.display()));
    fs::write(folder.path().join("file"), "old").expect("written");
    let error = save(&folder.path().join("file").join("plan.ron"), "text").expect_err("refused").to_string();
    assert!(error.contains("is a file, not a folder"), "{error}");
    assert_eq!(fs::read_to_string(folder.path().join("file")).expect("readable"), "old");
}

#[test]
fn a_text_that_could_not_be_opened_again_is_not_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    fs::write(&path, "old").expect("written");
    let error = save(&path, &" ".repeat(16 * 1024 * 1024 + 1)).expect_err("refused");
    assert!(error.to_string().contains("larger than 16 MB"), "{error}");
    assert_eq!(fs::read_to_string(&path).expect("readable"), "old");
}
