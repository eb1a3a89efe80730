//! Pairs of spellings: one person, perhaps one, or two.

use super::*;
use crate::track::packed::{Reader, Writer};

#[track_caller]
fn check(a: &str, b: &str, want: Likeness) {
    let (first, second) = (Name::parse(a).unwrap(), Name::parse(b).unwrap());
    let (x, y) = (first.view(), second.view());
    assert_eq!(x.likeness(&y), want, "{a} and {b}: {first:?} {second:?}");
    assert_eq!(y.likeness(&x), want, "{b} and {a}");
    let full = !x.is_partial() && !y.is_partial() && x.script != y.script;
    if want == Likeness::Same || (want == Likeness::Partial && full) {
        let shared = x.exact_keys().any(|key| y.exact_keys().any(|other| other == key))
            || x.sound_keys().iter().any(|(key, print)| {
                y.sound_keys().iter().any(|(other, theirs)| other == key && theirs.fits(*print))
            });
        assert!(shared, "{a} and {b} are never compared");
    }
}

#[test]
fn a_name_comes_out_of_the_store_as_it_went_in() {
    let long = format!("{} Schulman", "Jo".repeat(300));
    for written in [
        long.as_str(),
        "John A. Schulman",
        "Bob van der Berg",
        "Anna Holt-Berger",
        "발로네",
        "김민수",
        "约翰",
        "彭若凡",
        "ジョン",
    ] {
        let name = Name::parse(written).unwrap();
        let mut packed = Writer::default();
        name.view().pack(&mut packed);
        let packed = packed.finish();
        let out = View::unpack(&mut Reader(&packed));
        assert_eq!(format!("{out:?}"), format!("{:?}", name.view()));
    }
}

#[test]
fn spellings_of_one_person() {
    for (a, b) in [
        ("John Schulman", "존 슐먼"),
        ("John Schulman", "존 슐만"),
        ("존 슐먼", "존 슐만"),
        ("Dylan Scandinaro", "딜런 스칸디나로"),
        ("Andrea Vallone", "안드레아 발로네"),
        ("안드레아 발로네", "안드레아 발론"),
        ("Lucas Beyer", "ルーカス・バイヤー"),
        ("ルーカス・ベイヤー", "ルーカス・バイヤー"),
        ("Alexander Kolesnikov", "アレクサンダー・コレスニコフ"),
        ("Mariano-Florentino Cuéllar", "Mariano-Florentino (Tino) Cuellar"),
        ("JOHN SCHULMAN", "john schulman"),
        ("Paul M. Nakasone", "Paul Nakasone"),
        ("Aäron van den Oord", "Aaron Oord"),
        ("Dr. Alex Smith Jr.", "Alexander Smith"),
        ("Junyang Lin", "Lin Junyang"),
        ("约翰·江珀", "约翰・江珀"),
        ("Sanjay Ghemawat", "산자이 게마와트"),
        ("Brad Lightcap", "브래드 라이트캡"),
        ("Igor Babuschkin", "이고르 바부슈킨"),
        ("Oriol Vinyals", "오리올 비니얼스"),
        ("Ruofan Peng", "彭若凡"),
        ("Peng Ruo-fan", "彭若凡"),
        ("Ruofan Peng", "펑 뤄판"),
        ("張穎", "张颖"),
        ("Ji Woo Kim", "Kim Ji-woo"),
        ("Jean-Luc Moreau", "Jean Luc Moreau"),
        ("펑뤄판", "펑 뤄판"),
    ] {
        check(a, b, Likeness::Same);
    }
}

#[test]
fn spellings_that_need_a_shared_company() {
    for (a, b) in [
        ("Schulman", "John Schulman"),
        ("J. Schulman", "John Schulman"),
        ("슐먼", "John Schulman"),
        ("Schulman", "존 슐먼"),
        ("Alexandr Wang", "Alex Wang"),
        ("KiYoung Choi", "최기영"),
        ("Vallone", "발로네"),
        ("Wei Wang", "王伟"),
        ("Ji Woo Kim", "김지우"),
        ("Ruofan Peng", "펑뤄판"),
        ("Anna Holt", "Anna Holt-Berger"),
        ("Sam Rivers", "Samantha Rivers"),
        ("Mohamed Haddad", "Muhammad Haddad"),
        ("Sergei Volkov", "Sergey Volkow"),
        ("迪恩·鲍尔", "Dean Ball"),
        ("约翰·江珀", "约翰·詹珀"),
        ("约翰·江珀", "John Jumper"),
        ("約翰・江珀", "존 점퍼"),
        ("シャオファ・ザイ", "Xiaohua Zhai"),
    ] {
        check(a, b, Likeness::Partial);
    }
}

#[test]
fn two_people() {
    for (a, b) in [
        ("John Schulman", "Sam Altman"),
        ("John A. Smith", "John B. Smith"),
        ("김민수", "김만수"),
        ("Mia Wang", "Alexander Wang"),
        ("约翰·江珀", "山姆·詹珀"),
        ("迪恩·鲍尔", "Elena Wagner"),
        ("迪恩·鲍尔", "Dean Altman"),
        ("존 슐먼", "샘 올트먼"),
        ("王伟", "王薇"),
        ("Samuel Rivers", "Samantha Rivers"),
        ("Woo Kim", "Kim Ji-woo"),
        ("Pavel Brandt", "Priya Brandt"),
        ("Marc Moreau", "Mireille Moreau"),
    ] {
        check(a, b, Likeness::Different);
    }
}
