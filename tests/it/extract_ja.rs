//! Japanese headlines and summaries, through the whole engine.

use crate::extract_cjk::{check_file, check_lists, check_triggers, check_wild};

#[test]
fn what_no_japanese_rule_reads_the_learned_model_reads() {
    check_file("ja", "ja-learned.txt");
}

#[test]
fn japanese_denials_plans_and_recaps_stay_quiet() {
    check_file("ja", "ja-quiet.txt");
}

#[test]
fn japanese_articles_give_the_claims_a_reader_would_note() {
    check_file("ja", "ja.txt");
}

#[test]
fn japanese_headlines_labelled_unread_keep_their_claims() {
    check_file("ja", "ja-news.txt");
}

#[test]
fn japanese_classes_that_fresh_news_taught_are_read() {
    check_file("ja", "ja-fresh.txt");
}

#[test]
fn japanese_classes_are_read_in_many_words() {
    check_file("ja", "ja-wide.txt");
}

#[test]
fn japanese_stints_before_and_after_make_a_move() {
    check_file("ja", "ja-bonds.txt");
}

#[test]
fn each_japanese_trigger_works_in_its_example() {
    check_triggers("ja", include_str!("../../config/lexicon/ja.toml"));
}

#[test]
fn each_word_of_the_japanese_lists_does_what_its_list_says() {
    check_lists("ja", include_str!("../../config/lexicon/ja.toml"), "ja-lists.txt");
}

#[test]
fn wild_japanese_input_neither_panics_nor_leaves_the_text() {
    check_wild(
        "ja",
        "元OpenAIの田中太郎氏ら3名がMetaに移籍したのは、退社・ジョン（John）「」からへをはで後ない𠀀é \u{3099}",
    );
}
