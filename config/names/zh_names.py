#!/usr/bin/env python3
"""Builds zh.toml (Chinese name model) and zh-fold.txt (traditional to simplified characters).

    zh_names.py JIEBA_DICT OPENCC_TSCHARACTERS

Sources: `dict.txt` of the PyPI package `jieba` 0.42 (MIT), whose words carry frequency and part of speech (nr = Chinese name), and
`TSCharacters.txt` of `opencc-python-reimplemented` 0.1.7 (Apache-2.0). The surnames are the usual ones of the Hundred Family
Surnames; transliteration characters are those of the table that Xinhua uses for foreign names. Run again, the output is the same.
"""
import collections, math, pathlib, sys

HERE = pathlib.Path(__file__).resolve().parent
SURNAMES = """赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳
酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝
董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程
邢裴陆荣翁荀羊惠甄曲封储靳段焦巴谷车侯宓全班仰仲伊宫宁仇甘厉祖武符刘景詹束龙叶司黎薄印白怀蒲邰从鄂索赖卓蔺屠蒙池乔阴闻党翟谭贡姬申
冉桑桂牛寿边燕冀尚农温庄晏柴瞿阎充慕连茹习艾容向古易廖终居衡步都耿满弘匡国文寇广东欧沃利蔚越隆师巩聂晁敖融冷辛那简饶曾沙关红游权盖益
桓公肖闫付涂佟苟岳帅缑亢况后有琴楚鞠仉佘佴迟覃揭奥辜尧邸涂邝阚笪丛原母揣代区麦初谌迮闪植栾逯亓仝逄冼牟商訾鹿鄢贠郏睢楼阙贲禤忻苑栗谯庹隋芦兰檀郗荆綦尉钭""".replace("\n", "")
# Surnames that are far more often another word: accepted only beside a strong cue.
RARE = set("水花支经干解应从有后和都满公益红权充终步国文广东全元时计成明云平支宣原母区代初植揣班仰单杭越利师文关党")
COMPOUND = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 宇文 长孙 夏侯 端木 百里 南宫 独孤 轩辕 呼延 澹台 闻人 钟离 鲜于 完颜 赫连".split()
FOREIGN = """阿埃艾爱安昂奥澳巴芭白拜班邦包保葆鲍贝倍本比彼毕边别滨宾波玻伯泊博勃卜布步蔡曹策查彻陈楚褚茨慈达戴黛丹道德登邓狄迪底蒂丁东杜敦
多朵厄恩尔珥伐法珐凡范方芳菲费芬丰冯佛弗夫芙福富盖甘冈高戈哥歌格葛根贡古瓜圭哈海汉翰豪赫黑亨洪侯胡华怀惠霍基吉季济加嘉佳贾简江姜杰金津
晶靖久居卡凯坎康考柯科可克肯孔库夸奎魁昆阔拉腊莱赖兰朗劳勒乐雷蕾蕾黎里理李礼利莉丽莲连廉良列林琳琉留刘柳龙隆卢鲁露路伦罗萝洛珞吕律马玛
迈麦曼蔓芒毛茂梅门蒙孟米密蜜敏明缪摩莫墨默姆穆拿娜纳乃奈南楠内嫩妮尼年涅宁牛纽努女诺欧帕派潘庞佩彭蓬皮匹平珀坡普奇琪齐契恰强乔切钦琴沁
青琼丘屈让热仁荣茹儒瑞若撒萨塞赛桑瑟森沙莎珊山尚绍舍申生圣施诗什石史士舒丝斯思松苏素索塔泰坦汤唐陶特腾藤提汀廷图托脱瓦旺威韦薇维卫魏温文
翁沃乌伍武西希锡夏香祥肖谢辛欣兴休雪逊雅亚延扬杨耶叶伊依易因英永尤约宰赞泽扎詹张章珍芝治朱卓兹宗佐娅娃妲芮茱玫瑰蒙萝茵薇萨谭滕泽钱庄桥乌
鲍勃伽珂莱亚尔达雯霓诗黛汪曾
当顿祖迦斐菈贺裴梭铎弥崔典柏蓓侬农雍缇绮滋岑""".replace("\n", "")

NEVER = "的了是在不有这那个们就都也把被将已与及或什么吗呢吧啊哦你我他她它此之所并且但而则若从向对让使得着过到去来会能要可该等很更最太再又还只每各某何如无没起至由称获遭曾即刚近拟后前原内外亿万千百零两第"


def main(dictionary, fold):
    names, words, common = collections.Counter(), collections.Counter(), []
    for line in open(dictionary, encoding="utf-8"):
        word, freq, tag = line.split()
        freq = int(freq)
        if tag == "nr" and word[0] in SURNAMES and 2 <= len(word) <= 3:
            for char in word[1:]:
                names[char] += 1
        elif not tag.startswith("nr"):
            for char in word:
                words[char] += math.log1p(freq)
            if 2 <= len(word) <= 3 and word[0] in SURNAMES and freq >= 60:
                common.append(word)
    total_names, total_words = sum(names.values()), sum(words.values())
    score = {c: math.log((n + 0.3) / total_names) - math.log((words[c] + 3) / total_words) for c, n in names.items()}
    likely = "".join(sorted(c for c in score if names[c] >= 8 and score[c] >= 0.3))
    never = "".join(sorted({c for c in words if words[c] > 40 and score.get(c, -9) < -1.2} | set(NEVER)))
    usual = "".join(dict.fromkeys(c for c in SURNAMES if c not in RARE))
    rare = "".join(dict.fromkeys(c for c in SURNAMES if c in RARE))
    foreign = "".join(dict.fromkeys(FOREIGN))
    with (HERE / "zh.toml").open("w", encoding="utf-8") as out:
        out.write("# Chinese name model, written by zh_names.py; do not edit by hand. Sources and licences are named there.\n")
        out.write(f'surnames = "{usual}"\n# Far more often another word: names only beside a strong cue.\nrare_surnames = "{rare}"\n')
        out.write(f'compound_surnames = {str(COMPOUND).replace(chr(39), chr(34))}\n')
        out.write(f'# Characters that are far likelier in given names than in other words, and those that hardly occur in one.\ngiven_likely = "{likely}"\ngiven_never = "{never}"\n')
        out.write(f'# Characters that transliterate foreign names.\nforeign = "{foreign}"\n')
        out.write("# Ordinary words that look like a name.\nwords = [\n")
        line = ""
        for word in sorted(set(common)):
            line += f'"{word}", '
            if len(line) > 90:
                out.write("  " + line.rstrip() + "\n"); line = ""
        out.write("  " + line.rstrip() + "\n]\n" if line else "]\n")
    with (HERE / "zh-fold.txt").open("w", encoding="utf-8") as out:
        for line in open(fold, encoding="utf-8"):
            old, new = line.split("\t")
            new = new.split()[0]
            if old != new and len(old.encode()) == len(new.encode()) == 3:
                out.write(old + new + "\n")


main(*sys.argv[1:])
