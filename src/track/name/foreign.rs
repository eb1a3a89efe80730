//! Foreign names in Han characters, as Chinese outlets transliterate them: 迪恩·鲍尔 is Dean Ball.
//!
//! The characters are a customary few hundred, each a syllable of Hanyu Pinyin that stands for the
//! consonant it begins with, give or take a voice or a hiss. Only a name with a dot between its parts
//! is read so: without one it cannot be told from a Chinese name.

use super::pinyin::{simplified, syllable};
use crate::track::sound::{self, Sounds};

/// What transliterators use beyond the characters of Chinese names.
const SYLLABLES: &[(&str, &str)] = &[
    ("a", "阿"),
    ("ai", "埃艾爱"),
    ("an", "安"),
    ("ao", "奥澳"),
    ("ba", "巴芭"),
    ("bai", "拜白"),
    ("bao", "鲍保堡"),
    ("bei", "贝蓓"),
    ("ben", "本"),
    ("bi", "比彼碧"),
    ("bo", "伯博波勃"),
    ("bu", "布"),
    ("ci", "茨"),
    ("da", "达"),
    ("dai", "戴黛"),
    ("dan", "丹"),
    ("de", "德得"),
    ("deng", "登邓"),
    ("di", "迪狄蒂"),
    ("dun", "顿敦"),
    ("duo", "多"),
    ("en", "恩"),
    ("er", "尔"),
    ("fei", "菲费"),
    ("fu", "夫弗福"),
    ("gai", "盖"),
    ("ge", "格戈哥"),
    ("gen", "根"),
    ("ha", "哈"),
    ("han", "翰汉"),
    ("he", "赫"),
    ("heng", "亨"),
    ("huo", "霍"),
    ("ji", "吉基"),
    ("jia", "加"),
    ("jie", "杰"),
    ("jin", "金"),
    ("ka", "卡"),
    ("kai", "凯"),
    ("kan", "坎"),
    ("ke", "克科柯"),
    ("ken", "肯"),
    ("ku", "库"),
    ("kui", "奎"),
    ("kun", "昆"),
    ("la", "拉"),
    ("lai", "莱赖"),
    ("lang", "朗"),
    ("lao", "劳"),
    ("le", "勒"),
    ("lei", "蕾雷"),
    ("li", "里利莉丽"),
    ("lu", "卢鲁露"),
    ("lun", "伦"),
    ("luo", "罗洛"),
    ("ma", "马玛"),
    ("mai", "迈麦"),
    ("man", "曼"),
    ("mei", "梅"),
    ("men", "门"),
    ("meng", "蒙"),
    ("mi", "米密"),
    ("mo", "莫默"),
    ("mu", "姆穆"),
    ("na", "纳娜"),
    ("nai", "奈"),
    ("nei", "内"),
    ("ni", "尼妮"),
    ("niu", "纽"),
    ("nuo", "诺"),
    ("ou", "欧"),
    ("pa", "帕"),
    ("pan", "潘"),
    ("pei", "佩"),
    ("pi", "皮"),
    ("po", "珀"),
    ("pu", "普"),
    ("qi", "奇齐"),
    ("qiao", "乔"),
    ("qiong", "琼"),
    ("rui", "瑞"),
    ("sa", "萨"),
    ("sai", "塞"),
    ("sang", "桑"),
    ("sen", "森"),
    ("sha", "莎沙"),
    ("shi", "什史施"),
    ("si", "斯丝"),
    ("su", "苏"),
    ("suo", "索"),
    ("ta", "塔"),
    ("tai", "泰"),
    ("tan", "坦"),
    ("tang", "汤"),
    ("te", "特"),
    ("ti", "提"),
    ("tuo", "托"),
    ("wa", "瓦"),
    ("wei", "韦威维"),
    ("wo", "沃"),
    ("wu", "乌"),
    ("xi", "西希锡"),
    ("xiu", "休"),
    ("ya", "亚雅"),
    ("ye", "耶叶"),
    ("yi", "伊"),
    ("yin", "因"),
    ("ying", "英"),
    ("you", "尤"),
    ("yue", "约"),
    ("ze", "泽"),
    ("zha", "扎"),
    ("zhan", "詹"),
    ("zhen", "珍"),
    ("zi", "兹子"),
    ("zuo", "佐"),
];

/// How the parts of a foreign name sound; `None` where a character is not one of those.
pub(super) fn read(part: &str) -> Option<Sounds> {
    let mut sounds = Sounds::default();
    for letter in part.chars().map(simplified) {
        let own = SYLLABLES.iter().find(|(_, letters)| letters.contains(letter));
        sound::mandarin(
            own.map(|(syllable, _)| *syllable).or_else(|| syllable(letter))?,
            &mut sounds,
        );
    }
    Some(sounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterated_parts_sound_like_the_name() {
        for (latin, han) in [
            ("dean", "迪恩"),
            ("ball", "鲍尔"),
            ("john", "约翰"),
            ("jumper", "江珀"),
            ("jumper", "詹珀"),
            ("altman", "奥特曼"),
            ("sam", "山姆"),
            ("schulman", "舒尔曼"),
            ("karpathy", "卡帕西"),
            ("andrew", "安德鲁"),
            ("brockman", "布罗克曼"),
            ("greg", "格雷格"),
            ("musk", "马斯克"),
            ("mira", "米拉"),
            ("murati", "穆拉蒂"),
            ("robert", "罗伯特"),
            ("elena", "埃琳娜"),
            ("victor", "维克多"),
            ("wagner", "瓦格纳"),
            ("michael", "迈克尔"),
        ] {
            let read = read(han).unwrap_or_else(|| panic!("{han} is not read"));
            assert!(sound::latin(latin).agree(&read), "{latin} and {han}: {read:x?}");
        }
        for (latin, han) in [("ball", "迪恩"), ("altman", "布罗克曼"), ("musk", "米拉")] {
            assert!(!sound::latin(latin).agree(&read(han).unwrap()), "{latin} and {han}");
        }
        assert!(read("一二三").is_none());
    }
}
