//! The console: the card as it would look in Slack, in colour on a terminal.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;

use super::card::Card;
use super::error::DeliveryError;
use super::message::{Message, News};
use super::receiver::{Body, Habits, Ids, Letter, Posted, Receiver};
use super::template::{Template, Values};
use super::text::clean;
use super::tone::Tone;

/// Columns of the text beside the coloured bar.
const WIDTH: usize = 88;

/// Where the console writes; a test or the demo gives its own.
pub type Sink = Arc<Mutex<dyn Write + Send>>;

/// A person at a terminal, or a log file.
pub struct Console {
    sink: Sink,
    colour: bool,
    template: Option<Template>,
}

impl Console {
    /// The standard output, in colour where that is a terminal and `NO_COLOR` was not asked for.
    pub fn stdout(colour: bool, template: Option<Template>) -> Self {
        let stdout = std::io::stdout();
        let colour = colour && stdout.is_terminal();
        Self { sink: Arc::new(Mutex::new(stdout)), colour, template }
    }

    /// Any other place.
    pub fn new(sink: Sink, colour: bool) -> Self {
        Self { sink, colour, template: None }
    }
}

/// Escape codes, or nothing.
struct Pen(bool);

impl Pen {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn tone(&self, tone: Tone, text: &str) -> String {
        let colour = tone.colour();
        let [_, red, green, blue] = colour.to_be_bytes();
        self.paint(&format!("38;2;{red};{green};{blue}"), text)
    }

    fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.paint("2", text)
    }
}

/// Lays out a message for a terminal, or for a plain file.
pub fn layout(message: &Message, now: DateTime<Utc>, colour: bool) -> String {
    let pen = Pen(colour);
    match message {
        Message::One(news) => one(&pen, news, now),
        Message::Many(why, news) => {
            let mut lines = vec![pen.bold(&why.title(news.len()))];
            lines.extend(news.iter().map(|news| {
                let card = Card::new(news, now);
                format!("{} {}", card.tone.mark(), card.line())
            }));
            barred(&pen, Tone::Plain, &lines)
        }
        Message::Notice(text) => {
            barred(&pen, Tone::Rumoured, &wrapped(&format!("Notice: {}", clean(text, 2000))))
        }
        Message::Canary(_) => barred(&pen, Tone::Plain, &wrapped(&message.sentence(now))),
    }
}

fn one(pen: &Pen, news: &News, now: DateTime<Utc>) -> String {
    let card = Card::new(news, now);
    let mut lines = vec![pen.bold(&card.headline)];
    let mut status = card.status();
    if let Some(word) = status.first_mut() {
        *word = pen.tone(card.tone, word);
    }
    lines.push(status.join(" · "));
    if let Some(quote) = &card.quote {
        let text = format!("“{}{}{}”", quote.before, quote.trigger, quote.after);
        // Bold only where the trigger stands on one line.
        lines.extend(wrapped(&text).into_iter().map(|line| {
            match line.split_once(quote.trigger.as_str()) {
                Some((before, after)) if !quote.trigger.is_empty() => {
                    format!("  {before}{}{after}", pen.bold(&quote.trigger))
                }
                _ => format!("  {line}"),
            }
        }));
    }
    lines.extend(card.quoted_line().map(|line| pen.dim(&line)));
    if let Some(first) = &card.first {
        let mut line = format!("First report: {}", first.with_age(&first.outlet));
        if let Some(more) = card.others(str::to_owned) {
            line.push_str(&format!("  {more}"));
        }
        lines.push(pen.dim(&line));
    }
    lines.extend(card.to_read().and_then(|it| it.url.as_ref()).map(|url| pen.dim(url)));
    barred(pen, card.tone, &lines)
}

fn barred(pen: &Pen, tone: Tone, lines: &[String]) -> String {
    let bar = pen.tone(tone, "▌");
    let mut out = String::new();
    for line in lines {
        out.push_str(&format!("{bar} {line}\n"));
    }
    out
}

/// Breaks text into lines at spaces; East Asian characters take two columns.
fn wrapped(text: &str) -> Vec<String> {
    let columns = |c: char| if u32::from(c) >= 0x1100 { 2 } else { 1 };
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let width: usize = word.chars().map(columns).sum();
        if let Some(line) = lines.last_mut() {
            if used > 0 && used + 1 + width > WIDTH {
                lines.push(word.to_owned());
                used = width;
                continue;
            }
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += width;
        }
    }
    lines
}

impl Receiver for Console {
    fn habits(&self) -> Habits {
        Habits { ids: Ids::None, group: 20, interval: Duration::ZERO }
    }

    fn render(&self, letter: &Letter) -> Result<Body, DeliveryError> {
        let text = match (&self.template, &letter.message) {
            (Some(own), Message::One(news)) => own.render(&Values::new(news, letter.now))? + "\n",
            _ => layout(&letter.message, letter.now, self.colour),
        };
        Ok(Body::one(text.into()))
    }

    fn post<'a>(
        &'a self,
        _letter: &'a Letter,
        body: Body,
    ) -> BoxFuture<'a, Result<Posted, DeliveryError>> {
        Box::pin(async move {
            let failed = |error: std::io::Error| {
                DeliveryError::Connect(format!("the console: {}", error.kind()))
            };
            let poisoned = || DeliveryError::Connect("the console is in use".to_owned());
            let mut sink = self.sink.lock().map_err(|_| poisoned())?;
            for (_, text) in &body.calls {
                let text = text.as_str().unwrap_or_default();
                sink.write_all(text.as_bytes()).map_err(failed)?;
                sink.write_all(b"\n").map_err(failed)?;
            }
            sink.flush().map_err(failed)?;
            Ok(Posted::default())
        })
    }
}
