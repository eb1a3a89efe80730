//! A name in the tracker's store: bytes that are quick to read.

use super::{Script, View};
use crate::track::packed::{Reader, Writer};

/// Set where a length takes two bytes: no usual name is that long.
const WIDE: u8 = 1 << 7;
const NATIVE: u8 = 1 << 6;

impl<'a> View<'a> {
    /// Writes it, for [`View::unpack`].
    pub(crate) fn pack(&self, to: &mut Writer) {
        let wide = self.all.len().max(self.short.len()).max(self.pinyin.len()).max(self.parts)
            > usize::from(u8::MAX);
        let flag = |is: bool, bit: u8| if is { bit } else { 0 };
        to.one(self.script as u8 | flag(self.native, NATIVE) | flag(wide, WIDE));
        for length in [
            self.parts,
            self.first,
            self.last,
            self.hyphen,
            self.all.len(),
            self.short.len(),
            self.pinyin.len(),
        ] {
            let length = u16::try_from(length).unwrap_or(u16::MAX);
            if wide { to.two(length) } else { to.one(length as u8) }
        }
        for text in [self.all, self.short, self.pinyin] {
            to.plain(text.as_bytes());
        }
        to.number(self.middle.map_or(0, u64::from));
        for sounds in &self.sounds {
            to.one(sounds.as_slice().len() as u8);
            sounds.as_slice().iter().for_each(|sound| to.two(*sound));
        }
    }

    /// Reads what [`View::pack`] wrote.
    pub(crate) fn unpack(from: &mut Reader<'a>) -> View<'a> {
        let flags = from.one();
        let wide = flags & WIDE != 0;
        let [parts, first, last, hyphen, all, short, pinyin] =
            [(); 7].map(|()| usize::from(if wide { from.two() } else { from.one().into() }));
        let texts = from.take(all + short + pinyin);
        let texts = std::str::from_utf8(texts).unwrap_or("");
        let part = |from: usize, to: usize| texts.get(from..to).unwrap_or("");
        let mut view = View {
            script: Script::ALL
                .get(usize::from(flags & !(WIDE | NATIVE)))
                .copied()
                .unwrap_or(Script::Other),
            native: flags & NATIVE != 0,
            parts,
            first,
            last,
            hyphen,
            all: part(0, all),
            short: part(all, all + short),
            pinyin: part(all + short, all + short + pinyin),
            middle: char::from_u32(from.small()).filter(|letter| *letter != '\0'),
            sounds: Default::default(),
        };
        for sounds in &mut view.sounds {
            (0..from.one()).for_each(|_| sounds.push(from.two()));
        }
        view
    }
}
