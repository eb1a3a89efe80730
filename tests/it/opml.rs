//! OPML: what goes in comes out, and a second import adds nothing.

use proptest::prelude::*;
use talentwire::feed::opml::{Opml, Outline};

const READERS_FILE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<opml version="1.1" xmlns:frss="https://freshrss.org/opml">
  <head><title>Ann &amp; Bob's feeds</title><dateCreated>Wed, 04 Mar 2026 12:00:00 GMT</dateCreated></head>
  <body>
    <outline text="Labs">
      <outline text="Korea &lt;국내&gt;">
        <outline type="rss" text="가나 연구소" xmlUrl="https://gana.example/rss?a=1&b=2" htmlUrl="https://gana.example/"
                 language="ko" frss:priority="main" talentwire:interval="2m" talentwire:encoding="euc-kr"/>
      </outline>
      <outline type="rss" title="Dara" text="Dara blog" xmlurl="https://dara.example/feed/"/>
    </outline>
    <outline text="A note without a feed" custom="kept"/>
  </body>
</opml>"#;

#[test]
fn folders_titles_languages_and_our_settings_are_read() {
    let opml = Opml::parse(READERS_FILE).unwrap();
    let feeds = opml.feeds();
    assert_eq!(feeds.len(), 2);
    assert_eq!(feeds[0].url, "https://gana.example/rss?a=1&b=2");
    assert_eq!(feeds[0].title, Some("가나 연구소"));
    assert_eq!(feeds[0].language, Some("ko"));
    assert_eq!(feeds[0].folders, ["Labs", "Korea <국내>"]);
    assert_eq!(feeds[0].settings, [("interval", "2m"), ("encoding", "euc-kr")]);
    assert_eq!(feeds[0].line, 7);
    assert_eq!(feeds[1].url, "https://dara.example/feed/");
    assert_eq!(feeds[1].title, Some("Dara"));
}

#[test]
fn what_was_read_is_written_without_loss() {
    let opml = Opml::parse(READERS_FILE).unwrap();
    let written = opml.write();
    let again = Opml::parse(&written).unwrap();
    assert_eq!(again.write(), written);
    assert_eq!(again.head[0].1, "Ann & Bob's feeds");
    assert_eq!(again.feeds().len(), 2);
    for kept in ["frss:priority=\"main\"", "custom=\"kept\"", "xmlns:frss=", "xmlns:talentwire="] {
        assert!(written.contains(kept), "{kept}");
    }
}

#[test]
fn an_import_merges_folders_and_a_second_one_adds_nothing() {
    let mut ours = Opml {
        outlines: vec![Outline::folder(
            "Labs",
            vec![Outline::feed("http://www.dara.example/feed", "Dara")],
        )],
        ..Opml::default()
    };
    let theirs = Opml::parse(READERS_FILE).unwrap();
    assert_eq!(ours.merge(&theirs), 1, "Dara is known under another spelling");
    assert_eq!(ours.merge(&theirs), 0);
    assert_eq!(ours.outlines.len(), 1, "one folder `Labs`");
    assert!(ours.write().contains("frss:priority"));
}

#[test]
fn a_file_that_is_no_opml_is_named_with_its_line() {
    for (text, line, what) in [
        ("", 1, "empty"),
        ("<rss version='2.0'>\n</rss>", 1, "<opml> document was expected, not <rss>"),
        ("<opml><body>\n<outline text='a'>\n</body></opml>", 3, "no XML"),
        ("<opml><body>\n<outline text='a'>\n", 3, "ends within"),
        ("just text", 1, "empty"),
    ] {
        let error = Opml::parse(text).unwrap_err();
        assert_eq!(error.line, line, "{text:?}: {error}");
        assert!(error.to_string().contains(what), "{text:?}: {error}");
    }
}

#[test]
fn the_shipped_feeds_are_sixty_or_more_without_doubles() {
    let mut opml = Opml::parse(include_str!("../../config/feeds.opml")).unwrap();
    let count = opml.feeds().len();
    assert!(count >= 60, "{count} feeds");
    for feed in opml.feeds() {
        let url = url::Url::parse(feed.url).unwrap_or_else(|e| panic!("{}: {e}", feed.url));
        assert!(matches!(url.scheme(), "http" | "https"), "{}", feed.url);
        assert_eq!(url.as_str(), feed.url, "written as it is compared, line {}", feed.line);
        assert!(feed.title.is_some(), "{} has a title", feed.url);
    }
    let mut empty = Opml::default();
    assert_eq!(empty.merge(&opml), count, "no feed is listed twice");
    assert_eq!(opml.merge(&empty), 0);
    for language in ["en", "ko", "ja", "zh"] {
        let of = |feed: &&talentwire::feed::opml::Subscription<'_>| {
            feed.language.is_some_and(|found| found.starts_with(language))
        };
        assert!(opml.feeds().iter().filter(of).count() >= 8, "{language}");
    }
}

fn outline() -> impl Strategy<Value = Outline> {
    let attributes = || {
        prop::collection::btree_map(
            "[a-z]{1,8}(:[a-z]{1,8})?",
            "\\PC{0,20}|[\n\t <>&\"']{0,6}",
            0..4,
        )
    };
    let leaf = attributes().prop_map(|attributes| Outline {
        attributes: attributes.into_iter().collect(),
        ..Outline::default()
    });
    leaf.prop_recursive(3, 12, 4, move |inner| {
        (attributes(), prop::collection::vec(inner, 0..4)).prop_map(|(attributes, children)| {
            Outline { attributes: attributes.into_iter().collect(), children, line: 0 }
        })
    })
}

fn without_lines(mut outlines: Vec<Outline>) -> Vec<Outline> {
    for outline in &mut outlines {
        outline.line = 0;
        outline.children = without_lines(std::mem::take(&mut outline.children));
    }
    outlines
}

proptest! {
    #[test]
    fn any_outline_survives_writing_and_reading(outlines in prop::collection::vec(outline(), 0..4)) {
        let opml = Opml { outlines: outlines.clone(), ..Opml::default() };
        let again = Opml::parse(&opml.write()).unwrap();
        prop_assert_eq!(without_lines(again.outlines), outlines);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}|(<opml>|<outline |text='|'/>|<body>|&|\"){0,30}") {
        Opml::parse(&text).ok();
    }
}
