//! Chinese names in Latin letters, by Hanyu Pinyin without tones: 彭若凡 is Peng Ruofan.
//!
//! Only the characters that are common in names; one that is not here leaves the name without
//! pinyin, and it is then compared by its characters alone.

/// Surnames of one character, the usual ones; the name is read only after one of them.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕\
丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤庞樊兰殷\
施洪翟安颜倪牛温芦季俞章鲁葛伍尤毕聂柴焦包左柳甘祝宁艾齐童涂华裴翁欧屈盛路关喻詹苗柯成耿游阮管谷凌辛穆岳";

/// Traditional characters and the simplified ones that stand for them, in pairs.
const SIMPLIFIED: &str = "張张劉刘陳陈楊杨黃黄趙赵吳吴孫孙馬马羅罗鄭郑謝谢許许韓韩馮冯鄧邓蕭肖萧肖葉叶蘇苏呂吕盧卢鍾钟譚谭陸陆賈贾\
韋韦鄒邹龍龙賀贺顧顾龔龚萬万錢钱嚴严湯汤龐庞蘭兰顏颜溫温蘆芦魯鲁畢毕聶聂寧宁齊齐塗涂華华歐欧關关穎颖偉伟強强軍军傑杰麗丽\
靜静豔艳艷艳濤涛勝胜學学輝辉鵬鹏飛飞鋒锋慶庆國国東东紅红蓮莲鳳凤瓊琼澤泽銳锐銘铭鋼钢鐵铁錦锦鎮镇陽阳階阶雲云\
電电顯显風风駿骏驍骁魚鱼鴻鸿黨党倫伦儀仪億亿優优兒儿內内劍剑勁劲勵励區区協协啟启團团圓圆堅坚壯壮壽寿夢梦奧奥婭娅\
嬌娇寶宝實实將将尋寻導导崗岗島岛嶺岭師师帥帅廣广張张彥彦後后徑径從从恆恒愛爱憲宪懷怀戰战掛挂揚扬攝摄敵敌時时晉晋曉晓曄晔暉晖\
書书會会條条棟栋榮荣樂乐樺桦橋桥機机歡欢氣气滿满漢汉潔洁潤润瀾澜灝灏為为燁烨爾尔獻献瑋玮瑤瑶環环瑩莹產产異异當当發发監监盤盘\
禮礼禎祯穩稳筆笔節节範范築筑簡简紀纪純纯細细紹绍終终統统經经維维綱纲綺绮緒绪緯纬縣县繼继續续義义習习聖圣聞闻聯联聰聪肅肃\
興兴舉举艦舰莊庄萊莱葦苇蒼苍薦荐藝艺術术衛卫裡里複复見见規规視视覺觉觀观訓训詠咏詩诗話话誠诚諾诺謙谦證证識识譽誉讓让賢贤貞贞\
財财責责貴贵資资賽赛贊赞躍跃車车載载輕轻輪轮農农運运達达遠远適适遲迟選选邁迈郵邮鄉乡醫医釗钊鈞钧銀银鋪铺錄录鎧铠鏡镜鑒鉴長长\
開开閔闵間间闊阔隊队際际險险隨随雙双雜杂難难霧雾韌韧響响頂顶順顺須须頌颂領领頓顿頡颉題题額额類类願愿飄飘飲饮養养駕驾騰腾驗验驚惊鮮鲜";

/// Syllables and the characters that are read so.
const SYLLABLES: &[(&str, &str)] = &[
    ("ai", "艾爱蔼"),
    ("an", "安岸"),
    ("ao", "敖奥傲"),
    ("ba", "巴"),
    ("bai", "白柏百"),
    ("ban", "班"),
    ("bang", "邦"),
    ("bao", "包宝保葆鲍"),
    ("bei", "贝蓓北"),
    ("ben", "本"),
    ("bi", "毕碧必璧"),
    ("bian", "卞边"),
    ("biao", "彪标"),
    ("bin", "斌彬滨宾"),
    ("bing", "冰兵炳秉"),
    ("bo", "波博伯勃泊"),
    ("bu", "布步"),
    ("cai", "蔡才彩财"),
    ("can", "灿"),
    ("cang", "苍"),
    ("cao", "曹"),
    ("cen", "岑"),
    ("chai", "柴"),
    ("chan", "婵"),
    ("chang", "常昌畅长昶"),
    ("chao", "超朝潮晁"),
    ("che", "车"),
    ("chen", "陈晨辰琛臣宸尘忱"),
    ("cheng", "程成诚承城澄呈丞"),
    ("chi", "池迟驰"),
    ("chong", "崇冲"),
    ("chu", "楚初褚储"),
    ("chuan", "川传"),
    ("chuang", "创"),
    ("chun", "春纯淳"),
    ("ci", "慈"),
    ("cong", "聪从丛"),
    ("cui", "崔翠"),
    ("da", "达大"),
    ("dai", "戴黛"),
    ("dan", "丹旦"),
    ("dao", "道"),
    ("de", "德"),
    ("deng", "邓登"),
    ("di", "迪狄笛"),
    ("dian", "典"),
    ("diao", "刁"),
    ("ding", "丁定鼎"),
    ("dong", "董东冬栋"),
    ("dou", "窦"),
    ("du", "杜都"),
    ("duan", "段端"),
    ("dun", "敦顿"),
    ("duo", "多"),
    ("en", "恩"),
    ("er", "尔儿"),
    ("fa", "发法"),
    ("fan", "范凡樊帆繁"),
    ("fang", "方芳房放舫"),
    ("fei", "飞菲费非斐妃"),
    ("fen", "芬奋"),
    ("feng", "冯峰锋丰凤枫风封"),
    ("fu", "傅付福富夫符甫扶馥"),
    ("gan", "甘"),
    ("gang", "刚钢岗纲"),
    ("gao", "高"),
    ("ge", "葛戈歌格"),
    ("gen", "根"),
    ("geng", "耿"),
    ("gong", "龚宫弓功"),
    ("gu", "顾谷古"),
    ("guan", "关管冠官观"),
    ("guang", "光广"),
    ("gui", "桂贵归"),
    ("guo", "郭国果"),
    ("hai", "海"),
    ("han", "韩涵汉寒翰晗瀚含"),
    ("hang", "航杭"),
    ("hao", "郝浩豪昊皓好灏"),
    ("he", "何贺和河赫鹤荷禾"),
    ("hei", "黑"),
    ("heng", "恒衡亨"),
    ("hong", "洪红宏鸿弘虹泓"),
    ("hou", "侯厚后"),
    ("hu", "胡虎湖"),
    ("hua", "华花桦骅"),
    ("huai", "怀"),
    ("huan", "欢环桓焕"),
    ("huang", "黄煌"),
    ("hui", "惠慧辉晖会卉徽"),
    ("huo", "霍"),
    ("ji", "季纪吉姬继基冀济嵇骥机"),
    ("jia", "贾佳嘉家加甲"),
    ("jian", "简建健剑坚鉴监俭"),
    ("jiang", "江姜蒋将"),
    ("jiao", "焦娇"),
    ("jie", "杰洁捷节阶婕"),
    ("jin", "金晋进锦瑾津劲近今"),
    ("jing", "静景敬晶京婧菁靖经荆璟"),
    ("jiong", "炯"),
    ("jiu", "久九"),
    ("ju", "菊鞠居举"),
    ("juan", "娟"),
    ("jue", "觉"),
    ("jun", "军俊君骏钧均峻"),
    ("kai", "凯开恺铠楷"),
    ("kang", "康"),
    ("ke", "柯克可科珂"),
    ("kong", "孔"),
    ("kuan", "宽"),
    ("kui", "奎魁"),
    ("kun", "坤昆琨"),
    ("lai", "赖来莱"),
    ("lan", "兰岚蓝澜"),
    ("lang", "郎朗"),
    ("le", "乐"),
    ("lei", "雷磊蕾"),
    ("li", "李黎丽力立莉理利礼励里"),
    ("lian", "廉连莲联"),
    ("liang", "梁亮良靓"),
    ("liao", "廖"),
    ("lie", "烈"),
    ("lin", "林琳霖麟临"),
    ("ling", "凌玲灵岭领令"),
    ("liu", "刘柳六"),
    ("long", "龙隆"),
    ("lou", "楼娄"),
    ("lu", "陆卢路鲁芦露璐录"),
    ("luan", "栾"),
    ("lun", "伦"),
    ("luo", "罗骆洛"),
    ("lv", "吕律"),
    ("ma", "马"),
    ("mai", "麦迈"),
    ("man", "满曼"),
    ("mao", "毛茂"),
    ("mei", "梅美玫"),
    ("men", "门"),
    ("meng", "孟蒙梦萌"),
    ("mi", "米"),
    ("miao", "苗淼妙"),
    ("min", "敏闵民旻"),
    ("ming", "明鸣铭名"),
    ("mo", "莫默墨"),
    ("mu", "穆牧木沐慕"),
    ("na", "娜那"),
    ("nan", "南楠男"),
    ("ni", "倪妮"),
    ("nian", "年念"),
    ("nie", "聂"),
    ("ning", "宁凝"),
    ("niu", "牛"),
    ("nuo", "诺"),
    ("ou", "欧"),
    ("pan", "潘盘"),
    ("pang", "庞"),
    ("pei", "裴佩培沛"),
    ("peng", "彭鹏朋"),
    ("pi", "皮"),
    ("ping", "平萍苹"),
    ("pu", "蒲朴浦普"),
    ("qi", "齐祁琪奇启琦其绮旗麒"),
    ("qian", "钱谦倩千乾潜前"),
    ("qiang", "强"),
    ("qiao", "乔巧桥"),
    ("qin", "覃秦琴勤沁"),
    ("qing", "青清庆晴卿"),
    ("qiong", "琼"),
    ("qiu", "邱秋丘仇"),
    ("qu", "曲屈瞿"),
    ("quan", "全泉权"),
    ("que", "阙"),
    ("ran", "冉然"),
    ("rao", "饶"),
    ("ren", "任仁人"),
    ("rong", "荣容蓉融戎"),
    ("rou", "柔"),
    ("ru", "茹如儒"),
    ("ruan", "阮"),
    ("rui", "瑞锐睿芮"),
    ("run", "润"),
    ("ruo", "若"),
    ("sai", "赛"),
    ("san", "三"),
    ("sen", "森"),
    ("sha", "沙莎"),
    ("shan", "单山珊杉善"),
    ("shang", "尚商"),
    ("shao", "邵少韶绍"),
    ("she", "佘"),
    ("shen", "沈申慎深"),
    ("sheng", "盛胜生升圣晟声"),
    ("shi", "石史施师时世士诗实"),
    ("shou", "寿守"),
    ("shu", "舒书淑树术"),
    ("shuai", "帅"),
    ("shuang", "双爽霜"),
    ("shui", "水"),
    ("shun", "顺舜"),
    ("shuo", "硕朔"),
    ("si", "思司斯丝"),
    ("song", "宋松颂嵩"),
    ("su", "苏素"),
    ("sui", "隋穗"),
    ("sun", "孙"),
    ("suo", "索"),
    ("tai", "泰太"),
    ("tan", "谭谈坦"),
    ("tang", "唐汤堂棠"),
    ("tao", "陶涛桃滔韬"),
    ("teng", "滕腾"),
    ("ti", "提"),
    ("tian", "田天甜"),
    ("tie", "铁"),
    ("ting", "婷廷亭庭"),
    ("tong", "童佟彤同桐"),
    ("tu", "涂屠"),
    ("wan", "万婉宛"),
    ("wang", "王汪旺望"),
    ("wei", "魏韦卫伟威薇维巍微炜玮蔚为唯纬苇"),
    ("wen", "文温闻雯稳"),
    ("weng", "翁"),
    ("wu", "吴武伍巫邬五午"),
    ("xi", "席奚习西希曦熙溪喜玺"),
    ("xia", "夏霞侠"),
    ("xian", "贤先显宪冼仙献"),
    ("xiang", "向项祥翔香湘响"),
    ("xiao", "肖晓小孝笑潇霄骁"),
    ("xie", "谢解协"),
    ("xin", "辛欣新鑫馨心信昕歆"),
    ("xing", "邢兴星行杏"),
    ("xiong", "熊雄"),
    ("xiu", "秀修"),
    ("xu", "徐许旭续绪栩"),
    ("xuan", "宣轩萱璇玄炫"),
    ("xue", "薛雪学"),
    ("xun", "荀勋寻迅"),
    ("ya", "雅亚娅"),
    ("yan", "严颜闫阎燕岩艳妍彦言焱炎延晏"),
    ("yang", "杨阳洋扬羊"),
    ("yao", "姚尧瑶耀"),
    ("ye", "叶业烨晔野"),
    ("yi", "易伊怡一艺义毅逸亿仪依宜懿轶奕翊"),
    ("yin", "尹殷银音"),
    ("ying", "应英颖莹映盈迎"),
    ("yong", "永勇咏雍"),
    ("you", "尤游友优佑"),
    ("yu", "于余俞喻玉宇雨瑜愉裕育煜昱誉渔羽语钰虞郁毓"),
    ("yuan", "袁元园远媛源原圆苑渊愿"),
    ("yue", "岳月悦越跃"),
    ("yun", "云韵芸运允"),
    ("zan", "赞"),
    ("zang", "臧"),
    ("ze", "泽"),
    ("zeng", "曾增"),
    ("zha", "查"),
    ("zhai", "翟"),
    ("zhan", "詹展战"),
    ("zhang", "张章彰"),
    ("zhao", "赵兆昭照钊"),
    ("zhe", "哲喆"),
    ("zhen", "甄真珍振震镇臻桢贞祯"),
    ("zheng", "郑正政征峥"),
    ("zhi", "志智知之芝植支治直致"),
    ("zhong", "钟仲中忠众"),
    ("zhou", "周舟洲"),
    ("zhu", "朱祝竹珠诸柱筑"),
    ("zhuang", "庄壮"),
    ("zhuo", "卓"),
    ("zi", "子紫自梓姿"),
    ("zong", "宗"),
    ("zou", "邹"),
    ("zu", "祖"),
    ("zuo", "左佐"),
];

/// A Han name in simplified characters.
pub(super) fn simplified(letter: char) -> char {
    let mut pairs = SIMPLIFIED.chars();
    while let (Some(old), Some(new)) = (pairs.next(), pairs.next()) {
        if old == letter {
            return new;
        }
    }
    letter
}

/// Given name and surname of a Chinese name in simplified characters.
pub(super) fn read(name: &str) -> Option<(String, String)> {
    let length = name.chars().count();
    let surname = name.chars().next().filter(|letter| SURNAMES.contains(*letter))?;
    if !(2..=3).contains(&length) {
        return None;
    }
    let given: Option<String> = name.chars().skip(1).map(syllable).collect();
    Some((given?, syllable(surname)?.to_owned()))
}

fn syllable(letter: char) -> Option<&'static str> {
    let found = SYLLABLES.iter().find(|(_, letters)| letters.contains(letter));
    found.map(|(syllable, _)| *syllable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_names_are_read_and_others_are_not() {
        let read = |name: &str| {
            let name: String = name.chars().map(simplified).collect();
            super::read(&name).map(|(given, surname)| format!("{surname} {given}"))
        };
        assert_eq!(read("彭若凡").as_deref(), Some("peng ruofan"));
        assert_eq!(read("張穎").as_deref(), Some("zhang ying"));
        assert_eq!(read("孫正義").as_deref(), Some("sun zhengyi"));
        assert_eq!(read("约翰江珀"), None, "no Chinese surname");
        assert_eq!(read("田中太郎"), None, "four characters");
    }

    #[test]
    fn the_tables_are_whole() {
        assert_eq!(SIMPLIFIED.chars().count() % 2, 0);
        for letter in SURNAMES.chars() {
            assert!(syllable(letter).is_some(), "{letter} has no syllable");
        }
    }
}
