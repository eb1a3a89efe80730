//! Chinese headlines and summaries, through the whole engine.

use crate::extract_cjk::{check_file, check_lists, check_triggers, check_wild};

#[test]
fn chinese_articles_give_the_claims_a_reader_would_note() {
    check_file("zh", "zh.txt");
}

#[test]
fn each_chinese_trigger_works_in_its_example() {
    check_triggers("zh", include_str!("../../config/lexicon/zh.toml"));
}

#[test]
fn each_word_of_the_chinese_lists_does_what_its_list_says() {
    check_lists("zh", include_str!("../../config/lexicon/zh.toml"), "zh-lists.txt");
}

#[test]
fn wild_chinese_input_neither_panics_nor_leaves_the_text() {
    check_wild(
        "zh",
        "前OpenAI研究员李晓明·约翰（Ada Gray）加入Meta，離職《》的、被从把将と𠀀é0三名1999年前 \u{301}",
    );
}
