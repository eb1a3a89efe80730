//! Chinese headlines and summaries, through the whole engine.

use crate::extract_cjk::{check_file, check_lists, check_triggers, check_wild, tag};

#[test]
fn what_no_chinese_rule_reads_the_learned_model_reads() {
    check_file("zh", "zh-learned.txt");
}

#[test]
fn chinese_denials_plans_and_recaps_stay_quiet() {
    check_file("zh", "zh-quiet.txt");
}

#[test]
fn chinese_articles_give_the_claims_a_reader_would_note() {
    check_file("zh", "zh.txt");
}

#[test]
fn chinese_headlines_labelled_unread_keep_their_claims() {
    check_file("zh", "zh-news.txt");
}

#[test]
fn a_latin_name_in_brackets_is_the_latin_form_of_the_claim() {
    let tagging = tag("zh", "OpenAI研究员格蕾塔·林德奎斯特（Greta Lindqvist）加入Anthropic", "");
    let named: Vec<_> = tagging.claims.iter().map(|claim| claim.person.as_deref()).collect();
    assert_eq!(named, [Some("Greta Lindqvist")]);
    assert_eq!(tagging.claims[0].person_as_written.as_deref(), Some("格蕾塔·林德奎斯特"));
}

#[test]
fn a_company_in_brackets_is_nobody_s_latin_form() {
    let tagging = tag("zh", "研究员格蕾塔·林德奎斯特（Google DeepMind）加入Anthropic", "");
    let named: Vec<_> = tagging.claims.iter().map(|claim| claim.person.as_deref()).collect();
    assert_eq!(named, [Some("格蕾塔·林德奎斯特")]);
}

#[test]
fn chinese_classes_that_fresh_news_taught_are_read() {
    check_file("zh", "zh-fresh.txt");
}

#[test]
fn chinese_classes_are_read_in_many_words() {
    check_file("zh", "zh-wide.txt");
}

#[test]
fn chinese_stints_before_and_after_make_a_move() {
    check_file("zh", "zh-bonds.txt");
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
