//! Documents of any size that take as much memory or time as a document can: deep, wide, never
//! closed, full of references, attributes or tags, in encodings that grow when they are decoded.
//!
//! Used by the benchmark and by the test of what a document may take.

/// What a document is made of.
enum Made {
    /// The second text between the others, as often as there is room for it.
    Of(&'static str, &'static str, &'static str),
    /// The same, in another encoding.
    In(fn(&str) -> Vec<u8>, &'static str, &'static str, &'static str),
    /// The same byte throughout.
    Byte(u8),
}

const ITEM: &str = "<rss version='2.0'><channel><title>t</title><item><title>a</title>";
const TEXT: &str =
    "<rss version='2.0'><channel><title>t</title><item><title>a</title><description>";
const CDATA: &str =
    "<rss version='2.0'><channel><title>t</title><item><title>a</title><description><![CDATA[";
const FULL: &str = "<item><guid>g</guid><link>https://news.example/a?b=c</link><title>a</title>\
    <pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate><description>Some &lt;b&gt;words</description></item>";
/// Each of these would be looked for to the end.
const PREFIXES: &str = "<rss xmlns:a='rss' xmlns:b='rss' xmlns:c='rss' xmlns:d='rss' xmlns:e='rss' \
    xmlns:f='rss' xmlns:g='rss' xmlns:h='rss'><item>";
const UNCLOSED: &str = "<a:title><b:title><c:title><d:title><e:title><f:title><g:title><h:title>\
    <a:link><b:link><c:link><d:link><e:link><f:link><g:link><h:link><a:guid><b:guid><c:guid><d:guid>";
const CHANNEL: &str = "<rss version='2.0'><channel><title>t</title>";
const ATOM: &str = "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>";
const END: &str = "</channel></rss>";
const ONE: &str = "<item><title>a</title></item></channel></rss>";
const TEXT_END: &str = "</description></item></channel></rss>";
const JSON: &str = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"t\",";

fn big_endian(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// Every seventh byte of the middle is replaced.
fn strewn(text: &str, with: u8) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let middle = 200.min(bytes.len())..bytes.len().saturating_sub(200).max(200.min(bytes.len()));
    bytes[middle].iter_mut().step_by(7).for_each(|byte| *byte = with);
    bytes
}

fn table() -> Vec<(&'static str, Made)> {
    use Made::{Byte, In, Of};
    vec![
        ("one long text", Of(TEXT, "words of no meaning ", TEXT_END)),
        ("deep elements", Of(ITEM, "<div>", "")),
        ("deep entries", Of(CHANNEL, "<item>", "")),
        ("entries never closed", Of(CHANNEL, "<item><title>a</title>", "")),
        ("many entries", Of(CHANNEL, "<item><title>a</title></item>", END)),
        ("entries with ids", Of(CHANNEL, FULL, END)),
        ("entries of one id", Of(CHANNEL, "<item><guid>g</guid><title>b</title></item>", END)),
        ("entries in Atom", Of(ATOM, "<entry><id>a</id><link href='b'/></entry>", "</feed>")),
        ("tags in titles", Of(CHANNEL, "<item><title><b><i>a</i></b></title></item>", END)),
        ("titles in titles", Of(ITEM, "<title>", "")),
        ("many prefixes", Of(PREFIXES, UNCLOSED, "")),
        ("many attributes", Of("<rss ", "a='b' ", "><channel><item><title>a</title></item>")),
        ("one huge attribute", Of("<rss a='", "b", "'><channel><item><title>a</title></item>")),
        ("many namespaces", Of("<rss ", "xmlns:a='b' ", "><item><title>a</title></item>")),
        ("open quotes", Of(ITEM, "<a b=\"", "")),
        ("open comments", Of(ITEM, "<!--", "")),
        ("open CDATA", Of(ITEM, "<![CDATA[", "")),
        ("closed CDATA", Of(TEXT, "<![CDATA[<p>a</p>]]>", TEXT_END)),
        ("tags in CDATA", Of(CDATA, "<p>a</p>", "]]></description></item></channel></rss>")),
        ("open tags in CDATA", Of(CDATA, "<", "]]></description></item></channel></rss>")),
        ("paragraphs", Of(TEXT, "<p>a</p>", TEXT_END)),
        ("scripts", Of(TEXT, "&lt;script>", TEXT_END)),
        ("quotes in tags", Of(TEXT, "&lt;a b=\"", TEXT_END)),
        ("references", Of("<rss><item><title>", "&#65;&amp;&bad;", "</title></item></rss>")),
        ("escaped HTML", Of(TEXT, "&lt;b", TEXT_END)),
        ("escaped paragraphs", Of(TEXT, "&lt;p&gt;a&lt;/p&gt;", TEXT_END)),
        ("entities", Of("<!DOCTYPE x [", "<!ENTITY l \"&l;&l;\">", "]><rss><item><title>&l;")),
        ("categories", Of(ITEM, "<category>a</category>", "</item></channel></rss>")),
        ("authors", Of(ITEM, "<author>a</author>", "</item></channel></rss>")),
        ("enclosures", Of(ITEM, "<enclosure url='a'/>", "</item></channel></rss>")),
        ("hubs", Of(ATOM, "<link rel='hub' href='http://a.example/'/>", "<entry></entry></feed>")),
        ("skipped hours", Of(CHANNEL, "<skipHours><hour>1</hour></skipHours>", ONE)),
        ("no entry, categories", Of(CHANNEL, "<category>a</category>", END)),
        ("no entry, links", Of(ATOM, "<link href='a'/>", "</feed>")),
        ("no entry, empty tags", Of(CHANNEL, "<a/>", END)),
        ("another root", Of("<x>", "<y>a</y>", "</x>")),
        ("HTML", Of("<!doctype html>", "<link rel=alternate type=rss href=x>", "")),
        ("deep JSON", Of("", "[", "")),
        ("deep JSON objects", Of("", "{\"a\":", "")),
        ("JSON numbers", Of("{\"version\":\"jsonfeed\",\"x\":[", "1,", "1],\"items\":[]}")),
        ("JSON entries", Of("{\"items\":[", "{\"id\":\"a\"},", "{}]}")),
        ("JSON no entries", Of("{\"items\":[", "0,", "{}]}")),
        ("JSON cut off", Of(JSON, "\"items\":[{\"id\":\"a\"},", "{\"id\":")),
        ("JSON quotes", Of("{\"items\":[{\"content_html\":\"", "\\\"", "\"}]}")),
        ("JSON text", Of("{\"items\":[{\"content_text\":\"", "some words ", "\"}]}")),
        ("JSON escapes", Of("{\"items\":[{\"content_html\":\"", "\\u00e9", "\"}]}")),
        ("JSON tags", Of("{\"items\":[{\"id\":\"a\",\"tags\":[", "\"a\",", "\"a\"]}]}")),
        ("JSON authors", Of("{\"items\":[{\"authors\":[", "{\"name\":\"a\"},", "{}]}]}")),
        ("JSON keys", Of(JSON, "\"a\":1,", "\"items\":[]}")),
        ("UTF-16 without a mark", In(big_endian, TEXT, "words of no meaning ", TEXT_END)),
        ("no UTF-8", In(|text| strewn(text, 0xff), TEXT, "words of no meaning ", TEXT_END)),
        ("windows-1252", In(|text| strewn(text, 0x80), TEXT, "of no meaning ", TEXT_END)),
        ("control characters", In(|text| strewn(text, 1), TEXT, "of no meaning ", TEXT_END)),
        ("zeros", Byte(0)),
        ("spaces", Byte(b' ')),
    ]
}

/// The names of all documents.
pub(crate) fn names() -> Vec<&'static str> {
    table().into_iter().map(|(name, _)| name).collect()
}

/// The document with this name, at most so long.
pub(crate) fn document(name: &str, size: usize) -> Vec<u8> {
    let (_, made) = table().into_iter().find(|(one, _)| *one == name).unwrap();
    let fill = |head: &str, middle: &str, tail: &str, size: usize| {
        let times = size.saturating_sub(head.len() + tail.len()) / middle.len();
        format!("{head}{}{tail}", middle.repeat(times))
    };
    match made {
        Made::Of(head, middle, tail) => fill(head, middle, tail, size).into_bytes(),
        Made::In(encode, head, middle, tail) => {
            let once = encode("ab").len() / 2;
            encode(&fill(head, middle, tail, size / once))
        }
        Made::Byte(byte) => vec![byte; size],
    }
}
