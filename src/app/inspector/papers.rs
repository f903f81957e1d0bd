//! The papers in the inspector: what figures cite, with its title, the short name that figures use, and its date.

use eframe::egui::{Align2, Ui};

use super::rows::{begin, day_in, left_of, name_line, removable};
use super::{FigureBox, Typed, section, small};
use crate::app::text_box::Passage;
use crate::app::theme::{SMALL, palette, regular};
use crate::app::view::{Action, View};
use crate::scenario::{Edit, Id, Paper, Scenario};

const WIDTH: f32 = 92.0;
/// More papers than anybody cites.
const MOST_SHOWN: usize = 100;

pub(super) fn show(ui: &mut Ui, scenario: &Scenario, view: &mut View, actions: &mut Vec<Action>) {
    section(ui, "Papers");
    for paper in scenario.papers.iter().take(MOST_SHOWN) {
        ui.push_id(paper.id.as_str(), |ui| one(ui, paper, view, actions));
    }
    if begin(ui, "Add a paper", "Add a paper", true)
        && let Some(id) = Id::fresh("paper", |id| scenario.paper(id).is_some())
    {
        let [title, short] = ["New paper", "New paper"].map(str::to_owned);
        let paper = Paper { id, title, short, date: scenario.as_of, licence: None };
        let edit = Edit::AddPaper { at: scenario.papers.len(), paper: Box::new(paper) };
        actions.push(Action::Begin(edit, "Title of New paper".into()));
    }
}

fn one(ui: &mut Ui, paper: &Paper, view: &mut View, actions: &mut Vec<Action>) {
    let with = |change: &dyn Fn(&mut Paper)| {
        let mut to = paper.clone();
        change(&mut to);
        Action::Do(Edit::ReplacePaper(Box::new(to)))
    };
    let help = "Takes the paper out, if no figure and no note cites it; undo brings it back";
    let removed = removable(ui, &format!("Remove the paper {}", paper.short), help, true, |ui| {
        let name = format!("Title of {}", paper.short);
        if let Typed::Value(title) = name_line(ui, &name, &paper.title, true, &mut view.typing) {
            actions.push(with(&|paper: &mut Paper| paper.title.clone_from(&title)));
        }
    });
    if removed {
        actions.push(Action::Do(Edit::RemovePaper(paper.id.clone())));
    }
    ui.horizontal(|ui| {
        left_of(ui, WIDTH, |ui| {
            let (name, font, shade) = (format!("Short name of {}", paper.short), regular(SMALL), palette(ui).quiet);
            let (shown, hint) = (&paper.short, "");
            let passage = Passage {
                name: &name,
                shown,
                hint,
                help: "",
                font,
                shade,
                align: Align2::LEFT_CENTER,
                enabled: true,
                has_lines: false,
            };
            if let Typed::Value(short) = passage.show(ui, &mut view.typing) {
                actions.push(with(&|paper: &mut Paper| paper.short.clone_from(&short)));
            }
        });
        let (name, shown) = (format!("Date of {}", paper.short), paper.date.to_string());
        let figure = FigureBox { label: "", name: &name, shown: &shown, width: WIDTH, enabled: true };
        figure.box_alone(ui, &mut view.typing, actions, &|text: &str| {
            Ok(Edit::ReplacePaper(Box::new(Paper { date: day_in(text)?, ..paper.clone() })))
        });
    });
    if let Some(licence) = &paper.licence {
        small(ui, &**licence);
    }
}
