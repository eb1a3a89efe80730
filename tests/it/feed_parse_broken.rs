//! Broken, hostile and foreign documents: what can be read is read, and nothing else breaks.

use chrono::{TimeZone as _, Utc};
use proptest::prelude::*;
use talentwire::feed::{
    Feed, Format, Hints, ParseError, Repair, Seen, decode, html, links, parse, read,
};

fn hints<'a>(content_type: Option<&'a str>, encoding: Option<&'a str>) -> Hints<'a> {
    let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
    Hints { feed_url: "https://news.example/feeds/rss", content_type, encoding, now }
}

fn feed(document: impl AsRef<[u8]>) -> Feed {
    parse(document.as_ref(), &hints(None, None)).unwrap()
}

#[track_caller]
fn titles(document: impl AsRef<[u8]>, want: &[&str]) -> Feed {
    let feed = feed(document);
    let got: Vec<&str> = feed.entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(got, want);
    feed
}

#[test]
fn what_xml_forbids_and_feeds_do_is_read() {
    titles(
        "<rss><channel><item><title>AT&T & co &nbsp;&mdash; R&amp;D</title></item></channel></rss>",
        &["AT&T & co — R&D"],
    );
    titles(
        "<rss version='2.01'><channel><item><title>a</titel><link>x</link></item><item><title>b</title></item>",
        &["a", "b"],
    );
    titles(
        "junk\n<?xml version='1.0'?><rss><channel><item><title>a\u{8}b\u{1f}c</title></item></channel></rss>\n<!-- late --><script>",
        &["abc"],
    );
    titles("<feed><entry><title>no namespace</title></entry></feed>", &["no namespace"]);
    titles(
        "<rss><channel><item><title><![CDATA[open</title></item><item><title><![CDATA[closed]]></title></item></channel></rss>",
        &["open", "closed"],
    );
    titles(
        "<rss><channel><item><title>one<item><title>two</title></item></channel></rss>",
        &["one", "two"],
    );
    titles(
        "<rss><channel><item><title lang=en class='a>b' bad=\"x>one</title></item><item><title>two</title></item></channel></rss>",
        &["one", "two"],
    );
    titles(
        "<rss><channel><!-- never closed <item><title>one</title></item></channel></rss>",
        &["one"],
    );
}

#[test]
fn a_document_cut_short_keeps_its_whole_items() {
    let whole = "<rss><channel><title>News</title><item><title>one</title></item><item><title>two</title></item></channel></rss>";
    let cut = whole.get(..whole.find("two").unwrap() + 2).unwrap();
    assert_eq!(titles(cut, &["one"]).repairs, [Repair::Markup, Repair::Truncated]);
    assert!(titles(whole, &["one", "two"]).repairs.is_empty());
}

#[test]
fn one_bad_item_costs_one_item() {
    let items = 40;
    for broken in [
        "<b>",
        "</item>",
        "&#xffffff;&",
        "<![CDATA[",
        "<!-- ",
        "<title",
        "\"'<a href=\"",
        "\0\u{1}",
        "<link>",
        "]]>",
    ] {
        for at in [0, 20, 39] {
            let body: String = (0..items)
                .map(|n| {
                    let extra = if n == at { broken } else { "" };
                    format!("<item><title>Title {n}</title><guid>{n}</guid>{extra}<description>Text</description></item>\n")
                })
                .collect();
            let read = feed(format!("<rss><channel><title>News</title>{body}</channel></rss>"));
            let right =
                |n: &i32| read.entries.iter().any(|entry| entry.title == format!("Title {n}"));
            let found = (0..items).filter(right).count();
            assert!(found >= 39, "{broken} in item {at}: {found} of {items} left");
        }
    }
}

#[test]
fn every_format_gives_title_link_date_and_author() {
    let documents = [
        (
            "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>N</title><link>https://news.example/</link><item><title>T</title><link>/a</link><dc:creator>Kim</dc:creator><pubDate>Mon, 23 Nov 2026 08:18:00 GMT</pubDate></item></channel></rss>",
            Format::Rss,
        ),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:d='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>N</title></channel><item rdf:about='https://news.example/a'><title>T</title><link>https://news.example/a</link><d:creator>Kim</d:creator><d:date>2026-11-23T08:18Z</d:date></item></rdf:RDF>",
            Format::Rdf,
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://news.example/'><title>N</title><entry><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><b>T</b></div></title><link rel='self' href='x'/><link href='a'/><author><name>Kim</name><email>k@news.example</email></author><published>2026-11-23T08:18:00Z</published></entry></feed>",
            Format::Atom,
        ),
        (
            "<a:feed xmlns:a='http://purl.org/atom/ns#' version='0.3'><a:title>N</a:title><a:entry><a:title mode='escaped'>T</a:title><a:link rel='alternate' type='text/html' href='https://news.example/a'/><a:author><a:name>Kim</a:name></a:author><a:issued>2026-11-23T08:18:00Z</a:issued></a:entry></a:feed>",
            Format::Atom,
        ),
        (
            "<CHANNEL HREF='https://news.example/' BASE='https://news.example/'><TITLE>N</TITLE><ITEM HREF='/a' LASTMOD='2026-11-23T08:18'><TITLE>T</TITLE><AUTHOR>Kim</AUTHOR></ITEM></CHANNEL>",
            Format::Cdf,
        ),
        (
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [{"id": 7, "url": "https://news.example/a", "title": "T", "date_published": "2026-11-23T08:18:00Z", "authors": [{"name": "Kim"}]}]}"#,
            Format::Json,
        ),
    ];
    for (document, format) in documents {
        let feed = feed(document);
        assert_eq!(
            (feed.format, feed.title.as_str(), feed.entries.len()),
            (format, "N", 1),
            "{document}"
        );
        let entry = &feed.entries[0];
        assert_eq!(entry.title, "T", "{document}");
        assert_eq!(entry.link.as_deref(), Some("https://news.example/a"), "{document}");
        assert_eq!(entry.authors, ["Kim"], "{document}");
        assert_eq!(
            entry.published,
            Some(Utc.with_ymd_and_hms(2026, 11, 23, 8, 18, 0).unwrap()),
            "{document}"
        );
    }
}

#[test]
fn hints_for_the_scheduler_and_hubs_are_read() {
    let feed = feed(
        "<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>N</title>
         <atom:link rel='hub' href='https://hub.example/'/><atom:link rel='self' href='https://news.example/rss'/><link>https://news.example</link>
         <ttl>30</ttl><skipHours><hour>3</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>
         <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency><language>ko</language></channel></rss>",
    );
    assert_eq!((feed.ttl, feed.update_minutes), (Some(30), Some(360)));
    assert_eq!((feed.skip_hours, feed.skip_days), (vec![3, 0], vec![6]));
    assert_eq!(
        (feed.hubs, feed.self_link),
        (vec!["https://hub.example/".to_owned()], Some("https://news.example/rss".to_owned()))
    );
    assert_eq!(
        (feed.link.as_deref(), feed.lang.as_deref()),
        (Some("https://news.example"), Some("ko"))
    );
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    let error = |document: &str| parse(document.as_bytes(), &hints(None, None)).unwrap_err();
    assert_eq!(error(" \n\t"), ParseError::Empty);
    let page = error(
        "<!DOCTYPE html><html><head><link rel=alternate type='application/rss+xml' href=/rss.xml></head><body>Log in</body></html>",
    );
    assert_eq!(
        page.to_string(),
        "this is an HTML page, not a feed; it announces feeds at https://news.example/rss.xml"
    );
    assert!(
        matches!(error("Service unavailable"), ParseError::NotAFeed { start } if start == "Service unavailable")
    );
    assert!(matches!(error("<svg><g/></svg>"), ParseError::NotAFeed { .. }));
    let large = vec![b' '; talentwire::feed::parse::MAX_BYTES + 1];
    assert!(matches!(parse(&large, &hints(None, None)), Err(ParseError::TooLarge { .. })));
}

#[test]
fn a_document_cut_off_within_the_last_end_tag_reads_as_a_whole_one() {
    let whole = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><summary>Some words</entry>";
    let cut = whole.strip_suffix('>').unwrap();
    for document in [whole, cut, &format!("{cut} ")] {
        assert_eq!(feed(document).entries[0].summary, "Some words", "{document}");
    }
}

#[test]
fn a_date_after_the_present_becomes_the_present_and_the_raw_one_is_kept() {
    let feed = feed(
        "<rss><channel><item><title>a</title><pubDate>Fri, 01 Jan 2099 00:00:00 GMT</pubDate></item></channel></rss>",
    );
    assert_eq!(feed.entries[0].published, Some(hints(None, None).now));
    assert_eq!(feed.entries[0].raw_date.as_deref(), Some("Fri, 01 Jan 2099 00:00:00 GMT"));
    assert_eq!(feed.repairs, [Repair::FutureDate]);
}

#[test]
fn every_encoding_is_read_wherever_it_is_declared() {
    let title = "삼성전자 임원, 경쟁사로 이직";
    let document = |prolog: &str| {
        format!("{prolog}<rss><channel><item><title>{title}</title></item></channel></rss>")
    };
    let euc = |text: &str| encoding_rs::EUC_KR.encode(text).0.into_owned();
    let check = |bytes: &[u8], content_type, wanted, encoding: &str, lied| {
        let feed = parse(bytes, &hints(content_type, wanted)).unwrap();
        assert_eq!(feed.entries[0].title, title);
        assert_eq!((feed.encoding, feed.repairs.contains(&Repair::Encoding)), (encoding, lied));
    };
    check(&euc(&document("<?xml version='1.0' encoding='euc-kr'?>")), None, None, "EUC-KR", false);
    check(&euc(&document("<?xml version='1.0' encoding='CP949'?>")), None, None, "EUC-KR", false);
    check(&euc(&document("")), Some("text/xml; charset=\"EUC-KR\""), None, "EUC-KR", false);
    check(
        &euc(&document("<?xml version='1.0' encoding='euc-kr'?>")),
        Some("text/xml; charset=iso-8859-1"),
        None,
        "EUC-KR",
        true,
    );
    check(&euc(&document("<?xml version='1.0' encoding='utf-8'?>")), None, None, "EUC-KR", true);
    check(&euc(&document("")), None, Some("euc-kr"), "EUC-KR", false);
    // Converted on the way, and nobody changed the prolog.
    check(
        document("<?xml version='1.0' encoding='euc-kr'?>").as_bytes(),
        None,
        None,
        "UTF-8",
        true,
    );
    let wide = |unit: fn(u16) -> [u8; 2]| {
        document("<?xml version='1.0' encoding='utf-16'?>")
            .encode_utf16()
            .flat_map(unit)
            .collect::<Vec<u8>>()
    };
    check(&wide(u16::to_le_bytes), None, None, "UTF-16LE", false);
    check(&wide(u16::to_be_bytes), None, None, "UTF-16BE", false);
    let wider: Vec<u8> = document("").chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    check(&wider, None, None, "UTF-32BE", false);
}

#[test]
fn bombs_are_harmless() {
    let n = 100_000;
    let bombs = [
        "<a>".repeat(n),
        "<rss><channel><item>".to_owned() + &"<x>".repeat(n),
        "<item>".repeat(n),
        "<rss><item><title>".repeat(n / 4),
        format!("<rss><channel><item {}><title>a</title></item>", "a='b' ".repeat(n)),
        "<rss><item><![CDATA[".repeat(n / 4),
        "<rss><item><title><!--".repeat(n / 4),
        "<a \">\"".repeat(n),
        "<rss><item><title>".to_owned() + &"<a \">\"".repeat(n),
        "<rss><item><title>".to_owned() + &"&lt;a &#34;&gt;&#34;".repeat(n),
        "<rss><item><title>".to_owned() + &"&amp;lt;!--&lt;!--".repeat(n / 4),
        format!(
            "<!DOCTYPE r [<!ENTITY a \"{}\">]><rss><channel><item><title>&a;&a;</title></item></channel></rss>",
            "&b;".repeat(n)
        ),
        "{\"items\":".repeat(n),
        "[".repeat(n),
        "<rss><item><title>".to_owned() + &"<script>".repeat(n),
        "<rss><item><title>a</title></item>".repeat(20_000),
        "<rss><item>".to_owned() + &"<title>a".repeat(n),
        "<rss><item>".to_owned() + &"<link>a<guid>".repeat(n / 2),
        "<rss xmlns:a='b' ".to_owned()
            + &"xmlns:c='rss' ".repeat(n)
            + "><item><title>a</title></item>",
    ];
    for bomb in bombs {
        let mut seen = Seen::default();
        let _harmless = read(bomb.as_bytes(), &hints(None, None), &mut seen);
    }
}

const SAMPLE: &str = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>News &amp; 뉴스</title><item><title><![CDATA[가나 <b>x</b>]]></title><link>https://news.example/a?b=c&amp;utm_source=d#e</link><content:encoded>&lt;p class=\"x\"&gt;Text&lt;/p&gt;</content:encoded><pubDate>2026년 11월 23일 오후 8:18</pubDate></item><entry><id>x</id><summary type='xhtml'><div>y</div></summary></entry></channel></rss>";

proptest! {
    #[test]
    fn any_bytes_decode_and_parse_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), label in "(utf-8|euc-kr|utf-16|shift_jis|x)?") {
        let content_type = format!("text/xml; charset={label}");
        let _ = decode::decode(&bytes, Some(&content_type), None);
        let got = parse(&bytes, &hints(Some(&content_type), None));
        prop_assert_ne!(got.err().map(|error| error.label()), Some("parser_panic"));
    }

    #[test]
    fn a_damaged_feed_never_panics_and_reads_the_same_twice(cuts in proptest::collection::vec((0..SAMPLE.len(), 0..40_usize, "[<>&\"'/!\\[\\]a-c ;#0-9가]{0,6}"), 1..6)) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for (at, length, insert) in cuts {
            let at = at.min(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, insert.bytes());
        }
        let first = parse(&bytes, &hints(None, None));
        prop_assert_ne!(first.as_ref().err().map(|error| error.label()), Some("parser_panic"));
        prop_assert_eq!(first, parse(&bytes, &hints(None, None)));
    }

    #[test]
    fn plain_text_is_one_line_without_what_cannot_be_seen(text in "(<[a-z/!]{0,3}|>|&(lt|gt|amp|nbsp|#[0-9]{1,6});?|[ \\n\\t가x\"'=\u{0}-\u{1f}\u{200b}]){0,40}") {
        let plain = html::plain(&text);
        prop_assert!(!plain.chars().any(char::is_control), "{:?}", plain);
        prop_assert!(!plain.contains("  ") && plain.trim() == plain, "{:?}", plain);
    }

    #[test]
    fn normalising_a_link_twice_changes_nothing(link in "(HTTPS?|ftp|x)?(://)?([A-Za-z가.@]{0,8})(:(80|443|8080))?(/[a-zA-Z%?&=#_/]{0,20})?(\\?(utm_source=a|b=c|fbclid=d|&|=){0,5})?(#[a-z=_]{0,6})?") {
        let once = links::normalise(&link);
        prop_assert_eq!(links::normalise(&once), once.clone());
        prop_assert_eq!(links::comparison_key(&once), links::comparison_key(&link));
    }
}
