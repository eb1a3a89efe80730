//! Entries that leave their document and come back: less is remembered of them, and enough.

use chrono::TimeDelta;
use talentwire::feed::Seen;

use crate::feed_parse_identity::{Item, Polls, item, three, with};

/// A feed that has shown three entries, of which the first two have left it for a week.
fn without_two() -> (Polls, Vec<Item>, Vec<String>) {
    let (mut polls, items) = (Polls::new(), three());
    let ids = polls.expect(&items, 3, 0).new.into_iter().map(|article| article.id).collect();
    polls.expect(&items[2..], 0, 0);
    polls.now += TimeDelta::days(7);
    (polls, items, ids)
}

#[test]
fn what_returns_under_another_headline_and_link_is_an_edit_of_the_same_article() {
    let (mut polls, items, ids) = without_two();
    let items = with(&items, |at, item| {
        if at == 0 {
            item.title += ", says the company";
            item.link += "/updated";
        }
    });
    let reading = polls.expect(&items, 0, 1);
    assert_eq!(reading.edited[0].id, ids[0]);
    let items = with(&items, |at, item| item.text += if at == 0 { " Or in June." } else { "" });
    assert_eq!(polls.expect(&items, 0, 1).edited[0].id, ids[0]);
}

#[test]
fn what_returns_under_another_guid_is_known_by_its_link() {
    let (mut polls, items, ids) = without_two();
    let items = with(&items, |_, item| item.guid += "-again");
    polls.expect(&items, 0, 0);
    let items = with(&items, |_, item| item.text += " It was said again.");
    let reading = polls.expect(&items, 0, 3);
    let edited: Vec<&str> = reading.edited.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(edited, ids);
}

#[test]
fn what_returns_without_guid_and_link_is_known_by_its_words() {
    let (mut polls, bare) =
        (Polls::new(), with(&three(), |_, item| (item.guid, item.link) = Default::default()));
    polls.expect(&bare, 3, 0);
    polls.expect(&bare[2..], 0, 0);
    polls.expect(&bare, 0, 0);
}

#[test]
fn the_guid_or_the_link_of_what_has_left_names_a_new_article_under_another_headline() {
    let (mut polls, items, _) = without_two();
    let other = "Five ministers meet at a lake to speak about water";
    let reused = [
        item("1", "https://news.example/x", other, "It rains."),
        item("9", "https://news.example/b", "Trains between Oslo and Bergen run again", ""),
        items[2].clone(),
    ];
    polls.expect(&reused, 2, 0);
    polls.expect(&items, 0, 0);
}

#[test]
fn a_feed_that_shows_the_same_link_everywhere_repeats_nothing_that_returns() {
    let items = with(&three(), |_, item| {
        item.guid.clear();
        item.link = "https://news.example/all".to_owned();
    });
    let mut polls = Polls::new();
    polls.expect(&items, 3, 0);
    polls.expect(&items[..2], 0, 0);
    polls.expect(&items, 0, 0);
    polls.expect(&items[1..], 0, 0);
    polls.expect(&items, 0, 0);
}

#[test]
fn of_a_story_listed_three_times_under_one_link_none_is_new_when_it_returns() {
    // Found by fuzzing: alone, the third does not show that its link is shared.
    let link = "https://news.example/a";
    let title = "Head of research leaves Gana";
    let items = [
        item("", link, title, "She goes in May."),
        item("1", link, title, "She goes in May, says the firm."),
        item("2", "https://news.example/b", "A new chip for phones", "It is small."),
        item("", link, title, ""),
    ];
    let mut polls = Polls::new();
    let new = polls.poll(&items).new.len();
    assert!(new > 0);
    polls.expect(&items[..2], 0, 0);
    polls.expect(&items, 0, 0);
}

#[test]
fn what_is_listed_twice_is_still_one_after_a_cut_that_left_half_of_its_link() {
    // Found by fuzzing: cut off within the link, the first was known by its words alone.
    let (link, title) = ("https://news.example/a-head-of-research", "Head of research leaves Gana");
    let items = [item("", link, title, "She goes."), item("", link, title, "She goes in May.")];
    let mut polls = Polls::new();
    polls.expect(&items, 1, 0);
    polls.expect(&[item("", "https://news.example/a-head", title, "She goes.")], 0, 0);
    polls.expect(&items, 0, 0);
}

#[test]
fn two_headlines_of_one_guid_are_still_one_article_when_both_return() {
    // Found by fuzzing: of what has left, fewer words of the headline are kept to compare.
    for firm in ["Gana", "Merin", "Tolva"] {
        let title = |rest: &str| format!("{firm} opens new office {rest}");
        let both = [
            item("1", "https://news.example/a", &title("beside Tromso"), ""),
            item("1", "https://news.example/a", &title("for chemists"), ""),
            item("2", "https://news.example/b", "A chip for phones that is small", ""),
        ];
        let mut polls = Polls::new();
        polls.expect(&both, 2, 0);
        polls.expect(&both[2..], 0, 0);
        polls.expect(&both, 0, 0);
    }
}

/// A document of entries with these numbers.
fn numbered(numbers: std::ops::Range<usize>) -> Vec<Item> {
    let one = |n: usize| {
        let link = format!("https://news.example/{n}");
        item(&n.to_string(), &link, &format!("Report number {n} from the harbour"), "It is calm.")
    };
    numbers.map(one).collect()
}

#[test]
fn a_state_that_has_everything_as_of_the_last_document_is_read_and_grows_smaller() {
    // So did earlier versions store what had left the document.
    let mut polls = Polls::new();
    let all = numbered(0..100);
    polls.expect(&all, 100, 0);
    let stored = |seen: &Seen| serde_json::to_string(seen).unwrap().len();
    let before = stored(&polls.seen);
    polls.expect(&all[..25], 0, 0);
    assert_eq!(polls.seen.len(), 100);
    assert!(stored(&polls.seen) < before * 3 / 4, "{} of {before}", stored(&polls.seen));
    polls.expect(&all[50..75], 0, 0);
    polls.expect(&all, 0, 0);
    assert_eq!(polls.seen.len(), 100);
}
