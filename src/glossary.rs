//! The field's words, each in a sentence or two, and the paper that it stands in where one defines it.

use std::cmp::Reverse;
use std::sync::LazyLock;

/// A word of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// As the planner writes it.
    pub word: &'static str,
    /// Other names for it, and short forms.
    pub also: &'static [&'static str],
    /// What it means here.
    pub means: &'static str,
    /// Where that is said; the planner's own words have none.
    pub source: Option<&'static str>,
}

const NHS_ENGLAND: &str = "NHS England, Delayed Transfers of Care";

/// Every word, by the alphabet.
pub const TERMS: &[Term] = &[
    term(
        "additional provision",
        &[],
        "One of the four areas of a plan: beds, hours and places bought on top of what \
        there is, so that people can leave hospital.",
        Some("Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraphs 10 and 28"),
    ),
    term("allocation", &[], "The pounds given to one scheme in one financial year.", None),
    term(
        "assumption",
        &[],
        "A figure that no paper at hand gives. The planner says of each figure that it is one, \
        and why, or names the paper and paragraph that it comes from.",
        None,
    ),
    term(
        "attribution",
        &["responsibility", "responsible"],
        "Who is responsible for a delay: the NHS, social care, or \
        both. In Oxfordshire, waits for reablement are recorded as “both”.",
        Some(
            "Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraph 51; NHS England, Delayed Transfers of Care",
        ),
    ),
    term("balance", &["left"], "For one year, the grant and any balance brought forward, less all allocations.", None),
    term(
        "band",
        &["percentile", "bands", "fan"],
        "The range that so many of the runs lie in: the innermost holds the \
        middle 5 in 10 of them, the next 8 in 10, the outermost 9 in 10. The wider it is, the less is known.",
        None,
    ),
    term(
        "Better Care Fund",
        &["BCF"],
        "A programme spanning the NHS and local government which seeks to join up health and \
        care services.",
        Some("Oxfordshire Health and Wellbeing Board, 9 November 2017, paragraph 1"),
    ),
    term(
        "chance",
        &["confidence", "probability"],
        "In how many of the runs a target is met. 44% means that 44 of 100 runs \
        of this model meet it: the model’s confidence in the plan, not a promise.",
        None,
    ),
    term(
        "commitment",
        &["committed", "bound"],
        "How long a scheme’s money is bound, and on what basis: one-off, pilot, \
        fixed term or recurrent. Committed money can’t be decided again in those years.",
        None,
    ),
    term(
        "delayed day",
        &["bed day"],
        "One delayed person waiting on one day. A month’s delayed days divided by its days are \
        the people delayed on average.",
        Some(NHS_ENGLAND),
    ),
    term(
        "delayed transfer of care",
        &["DTOC", "delayed person", "delays", "people delayed"],
        "Somebody is medically ready \
        to leave hospital and still in a bed. One such person is a delayed person.",
        Some(NHS_ENGLAND),
    ),
    term(
        "discharge to assess",
        &["D2A", "home first"],
        "Taking people home who may not overtly have reablement potential, \
        but could benefit from a decision about their long-term care needs being made in their home.",
        Some("Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraph 17"),
    ),
    term(
        "economic floor",
        &["floor"],
        "The level, about 12% of the delays, below which removing more of them costs more \
        than it saves. Nobody waiting at all is not the goal.",
        Some(crate::forecast::ECONOMIC_FLOOR_SOURCE),
    ),
    term(
        "effect",
        &[],
        "What a scheme’s money changes in a pathway, such as its places or its stays, with a low, a central \
        and a high value and the evidence for them.",
        None,
    ),
    term(
        "expected run",
        &["expected"],
        "The forecast run once with the expected value of everything, without chance. Shares \
        of what each scheme does are told by it.",
        None,
    ),
    term(
        "first unfunded year",
        &["unfunded"],
        "The first year in which committed money is more than the grant. What is \
        beyond the grant is unfunded.",
        None,
    ),
    term(
        "full-year cost",
        &["part-year effect"],
        "What a scheme costs in a whole year. In the year in which it starts \
        part-way it costs less: its part-year effect.",
        None,
    ),
    term(
        "fund",
        &["grant"],
        "The pot that a plan divides; the grant is its income in one financial year, such as 2017/18, \
        from 1 April 2017 to 31 March 2018.",
        None,
    ),
    term(
        "HART",
        &["Home Assessment and Reablement Team"],
        "Oxfordshire’s single service supporting discharges from \
        hospital, contracted to deliver just under 9,000 hours a month, 5,750 of them reablement.",
        Some("Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraphs 17 to 19"),
    ),
    term("headroom", &[], "For one year, the grant less committed allocations: what can still be decided.", None),
    term(
        "high impact changes",
        &["High Impact Change Model"],
        "Eight system changes which will have the greatest impact on \
        reducing delayed discharges, among them early discharge planning, discharge to assess, seven-day services and \
        trusted assessors.",
        Some("Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraph 13"),
    ),
    term(
        "improved Better Care Fund",
        &["iBCF"],
        "A grant to councils, paid over three financial years and shrinking, to \
        meet adult social care needs, reduce pressures on the NHS, and stabilise the social care provider market.",
        Some("Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraph 4"),
    ),
    term(
        "improving flow",
        &["flow"],
        "One of the four areas of a plan: staff and prevention that keep people moving \
        through hospital and intermediate care.",
        Some("Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraphs 10 and 27"),
    ),
    term(
        "market capacity",
        &[],
        "One of the four areas of a plan: more that the care market can take on, by other ways \
        of working and by what homes and carers are able to do.",
        Some("Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraphs 10 and 38"),
    ),
    term(
        "market resilience",
        &["fees"],
        "One of the four areas of a plan: higher payments, particularly to the \
        lowest funded providers, as part of ensuring a stable market.",
        Some("Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraphs 27 and 35"),
    ),
    term(
        "outturn",
        &[],
        "What really happened, once it is published: held against the forecast, never put into it.",
        None,
    ),
    term("pathway", &[], "The route out of hospital that a person waits for. It groups reason codes.", None),
    term(
        "patience",
        &["leaving another way"],
        "How many days on average until a waiting person leaves some other way than by the service that \
        they wait for.",
        None,
    ),
    term(
        "place",
        &["places", "delivery"],
        "A slot in a service, which one person fills at a time. Delivery is the share of \
        places that are really there.",
        None,
    ),
    term(
        "pooled budget",
        &["pool", "section 75"],
        "Money that the council and the clinical commissioning group put \
        together under a Section 75 agreement. The iBCF sits within the Better Care Fund’s pool.",
        Some("Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraphs 5 and 6"),
    ),
    term(
        "RAG",
        &["red, amber, green"],
        "Red, amber or green: how a measure or a milestone stands. The planner says \
        it in a word and a shape too, and works a direction out from the figures.",
        None,
    ),
    term(
        "reablement",
        &[],
        "Help for a time, so that people do again for themselves what they could before. The Better Care \
        Fund asks how many aged 65 and over are still at home 91 days after discharge into it.",
        Some("Oxfordshire, 4 April 2014: Better Care Fund planning template, Part 1"),
    ),
    term(
        "reason code",
        &["reason"],
        "Why somebody waits, by a letter of NHS England’s: A completion of assessment, DI \
        residential home, E care package in own home, and so on.",
        Some(NHS_ENGLAND),
    ),
    term("referral", &["referrals"], "A person becoming ready for a pathway.", None),
    term(
        "run",
        &["runs", "replication", "seed"],
        "One way in which chance may have it: who comes and leaves, how large \
        each effect is, how late each scheme starts. The same seed gives the same runs.",
        None,
    ),
    term(
        "scenario",
        &["plan"],
        "One file: a fund, its schemes, what the forecast needs, and where every figure came from.",
        None,
    ),
    term("scheme", &[], "A line of the plan. It belongs to one area.", None),
    term("stay", &[], "How long a person fills a place.", None),
    term(
        "target",
        &["trajectory"],
        "An agreed ceiling for the average number of people delayed in one month; the \
        trajectory is the forecast over time. Oxfordshire agreed 99 by November 2017 and 83 by March 2018.",
        Some("Oxfordshire Health and Wellbeing Board, 9 November 2017, paragraph 8"),
    ),
    term(
        "trusted assessors",
        &["trusted assessor"],
        "One of the eight high impact changes: a person is \
        assessed once, by somebody whose assessment the others accept.",
        Some("Oxfordshire Health and Wellbeing Board, 13 July 2017, paragraph 13"),
    ),
    term(
        "what a scheme adds",
        &["Shapley", "by scheme"],
        "Its Shapley value: what it takes out of the delays on average over \
        every order in which the schemes could be added. The schemes’ shares add up to the plan’s total.",
        None,
    ),
    term(
        "what the next £50,000 would do",
        &["next pound", "+£50k"],
        "Delayed days avoided over the whole plan if one scheme \
        had £50,000 more in one year, in the expected run.",
        None,
    ),
];

const fn term(
    word: &'static str,
    also: &'static [&'static str],
    means: &'static str,
    source: Option<&'static str>,
) -> Term {
    Term { word, also, means, source }
}

/// A name of a term, as it is looked for in a text: alone, and as one of several.
struct Name {
    one: String,
    several: String,
    term: &'static Term,
}

/// Every name of every term, the longest first; of two as long, the later. Labels ask for them in every frame.
static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let names =
        TERMS.iter().flat_map(|term| std::iter::once(&term.word).chain(term.also).map(move |name| (name, term)));
    let mut names: Vec<_> = names.collect();
    names.reverse();
    names.sort_by_key(|(name, _)| Reverse(name.len()));
    let name = |(name, term): (&&'static str, &'static Term)| {
        let one = spaced(name);
        Name { several: format!("{}s ", one.trim_end()), one, term }
    };
    names.into_iter().map(name).collect()
});

/// The term that stands in a text, whole and in any letters; the longest, where there are several.
pub fn term_in(text: &str) -> Option<&'static Term> {
    if text.is_empty() {
        return None;
    }
    let text = spaced(text);
    NAMES.iter().find(|name| text.contains(&name.one) || text.contains(&name.several)).map(|name| name.term)
}

/// The words of a text, in small letters, each between spaces.
fn spaced(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |mut text, word| {
        text.extend(word.chars().flat_map(char::to_lowercase));
        text.push(' ');
        text
    })
}

/// Those in which each of these words stands, in name or meaning; those with them in their name first.
pub fn matching(text: &str) -> Vec<&'static Term> {
    let wanted: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let holds = |text: String| {
        let text = text.to_lowercase();
        wanted.iter().all(|word| text.contains(word))
    };
    let named = |term: &&Term| holds(format!("{} {}", term.word, term.also.join(" ")));
    let (mut first, rest): (Vec<&Term>, Vec<&Term>) = TERMS.iter().partition(named);
    first
        .extend(rest.into_iter().filter(|term| holds(format!("{} {} {}", term.word, term.also.join(" "), term.means))));
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_by_the_alphabet_once_and_say_what_they_mean_in_whole_sentences() {
        let words: Vec<String> = TERMS.iter().map(|term| term.word.to_lowercase()).collect();
        assert!(words.is_sorted_by(|a, b| a < b), "{words:?}");
        for term in TERMS {
            assert!(term.means.ends_with('.') && !term.means.contains("  "), "{}", term.word);
            assert!(term.means.len() < 330, "{} is a lecture", term.word);
        }
    }

    #[test]
    fn a_word_is_found_by_its_short_form_and_what_it_means() {
        assert_eq!(term_in("dtoc").map(|term| term.word), Some("delayed transfer of care"));
        assert_eq!(term_in("Headroom").map(|term| term.word), Some("headroom"));
        assert_eq!(term_in("grant").map(|term| term.word), Some("fund"));
        assert_eq!(matching("D2A")[0].word, "discharge to assess");
        assert!(matching("lowest providers").iter().any(|term| term.word == "market resilience"));
        assert_eq!(matching("").len(), TERMS.len());
        assert!(matching("zzz").is_empty());
    }

    #[test]
    fn a_word_is_seen_in_a_label_whole_and_the_longest_one_wins() {
        let seen = |text| term_in(text).map(|term| term.word);
        assert_eq!(seen("First unfunded year"), Some("first unfunded year"));
        assert_eq!(seen("Targets and the economic floor"), Some("economic floor"));
        assert_eq!(seen("Referrals a week"), Some("referral"));
        assert_eq!(seen("Grant: improved Better Care Fund"), Some("improved Better Care Fund"));
        assert_eq!(seen("Mean days before leaving another way"), Some("patience"));
        assert_eq!(seen("Staying replaced"), None, "“stay” and “place” stand inside other words");
    }

    /// What can be checked by arithmetic or stands word for word in a paper, as DOMAIN and the papers have it.
    #[test]
    fn figures_in_the_words_are_the_papers() {
        let july = crate::bundled::JULY_2017.open().expect("sound").scenario;
        let targets: Vec<String> = july.targets.iter().map(|target| target.at_most.value.to_string()).collect();
        let told = term_in("target").expect("a word").means;
        assert!(targets.iter().all(|target| told.contains(target.as_str())), "{targets:?}: {told}");
        let floor = term_in("economic floor").expect("a word");
        assert_eq!(floor.source, Some(crate::forecast::ECONOMIC_FLOOR_SOURCE));
    }
}
