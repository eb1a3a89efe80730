//! The embedded log: the contract, and what only a folder can go through.

use talentwire::log::embedded::{Embedded, Settings, Submitted, holder, open_reader, submit};
use talentwire::log::{Log, LogError, Member, Record, Scan, Topic, Unit};

use crate::log_contract::{
    Backend, PATIENCE, after, contract, group, join, publish, read, record, take, text, texts,
};
use crate::support::TempLog;

impl Backend for TempLog {
    type Log = Embedded;

    async fn open(&self) -> Embedded {
        Self::open(self).await
    }

    fn address(&self) -> String {
        format!("embedded {}", self.folder.path().display())
    }
}

contract!(Some(TempLog::new()));

async fn refused(settings: Settings) -> String {
    match Embedded::open(settings).await {
        Err(LogError::Fatal(text)) => text,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was opened"),
    }
}

#[tokio::test]
async fn a_second_process_is_told_who_has_the_folder_open() {
    let temp = TempLog::new();
    let log = temp.open().await;
    let folder = temp.folder.path();
    let text = refused(Settings::at(folder)).await;
    let who = format!("open in process {}", std::process::id());
    assert!(text.contains(&folder.display().to_string()) && text.contains(&who), "{text}");
    assert!(text.contains("stop that one, or choose another [log] path"), "{text}");
    assert_eq!(holder(folder).unwrap(), Some(Some(std::process::id())));
    log.close(PATIENCE).await.unwrap();
    assert_eq!(holder(folder).unwrap(), None);
    temp.open().await;
}

#[tokio::test]
async fn a_reader_sees_what_is_committed_beside_the_one_that_writes() {
    let temp = TempLog::new();
    let log = temp.open().await;
    publish(&log, Topic::Moves, &["one"]).await;
    let reader = open_reader(temp.folder.path()).await.unwrap();
    let everything = || Scan { topic: Topic::Moves, partitions: None, since: None };
    let count = |count: &mut u32, _| *count += 1;
    assert_eq!(reader.fold(everything(), 0, count).await.unwrap(), 1);
    publish(&log, Topic::Moves, &["two"]).await;
    assert_eq!(reader.fold(everything(), 0, count).await.unwrap(), 2);
    let mut member = join(&log, group("notify.slack", Topic::Moves)).await;
    take(&mut member, 1).await;
    let lag = vec![("notify.slack".to_owned(), Topic::Moves, 2)];
    assert_eq!(reader.lag().await.unwrap(), lag);
    drop((member, log));
    let reader = open_reader(temp.folder.path()).await.unwrap();
    assert_eq!(reader.fold(everything(), 0, count).await.unwrap(), 2);
}

#[tokio::test]
async fn a_misspelt_folder_does_not_look_like_an_empty_log() {
    let temp = TempLog::new();
    let folder = temp.folder.path().join("dta");
    let Err(LogError::Fatal(text)) = open_reader(&folder).await else { panic!("opened") };
    assert!(text.contains("there is no log in") && text.contains("dta"), "{text}");
    submit(&folder, vec![(Topic::Moves, record("m", "m"))]).await.unwrap_err();
    assert!(!folder.exists());
}

#[tokio::test]
async fn damaged_foreign_and_newer_files_are_refused_in_words() {
    let temp = TempLog::new();
    let file = temp.folder.path().join("log.db");
    std::fs::write(&file, vec![b'x'; 8192]).unwrap();
    let text = refused(Settings::at(temp.folder.path())).await;
    assert!(text.contains("log.db is damaged"), "{text}");

    std::fs::remove_file(&file).unwrap();
    let foreign = rusqlite::Connection::open(&file).unwrap();
    foreign.execute_batch("CREATE TABLE notes (text)").unwrap();
    let text = refused(Settings::at(temp.folder.path())).await;
    assert!(text.contains("belongs to another program"), "{text}");

    drop(foreign);
    std::fs::remove_file(&file).unwrap();
    temp.open().await.close(PATIENCE).await.unwrap();
    let newer = rusqlite::Connection::open(&file).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    let text = refused(Settings::at(temp.folder.path())).await;
    assert!(text.contains("version 99, this talentwire knows version 1"), "{text}");

    let text = refused(Settings::at(&file)).await;
    assert!(text.contains("must be a folder that this user may write in"), "{text}");
}

#[tokio::test]
async fn on_a_full_disk_a_unit_is_refused_whole_and_smaller_ones_go_on() {
    let temp = TempLog::new();
    let max_bytes = Some(512 << 10);
    let settings = Settings { max_bytes, ..Settings::at(temp.folder.path()) };
    let log = Embedded::open(settings).await.unwrap();
    publish(&log, Topic::Claims, &["one", "two"]).await;
    let mut member = join(&log, group("track", Topic::Claims)).await;
    let records = take(&mut member, 1).await;
    let large = Record { value: Some(vec![1; 1 << 20]), ..record("large", "") };
    let outputs = vec![(Topic::Moves, record("m", "small")), (Topic::Moves, large.clone())];
    let refused = member.commit(Unit { outputs, done: after(&records) }).await;
    let Err(LogError::Transient(text)) = refused else { panic!("{refused:?}") };
    assert!(text.contains("full") && text.contains("nothing was written"), "{text}");
    assert_eq!(read(&log, Topic::Moves).await, []);
    assert_eq!(texts(&take(&mut member, 1).await), ["one"], "it comes again");

    // Those that happen to share a transaction with a large one do not suffer from it.
    let outputs = |record| vec![(Topic::Moves, record)];
    let (small, too_large, other) = tokio::join!(
        log.publish(outputs(record("a", "a"))),
        log.publish(outputs(large)),
        log.publish(outputs(record("b", "b"))),
    );
    small.unwrap();
    too_large.unwrap_err();
    other.unwrap();
    let mut moves = texts(&read(&log, Topic::Moves).await);
    moves.sort();
    assert_eq!(moves, ["a", "b"]);
}

#[tokio::test]
async fn a_closed_log_says_so() {
    let temp = TempLog::new();
    let log = temp.open().await;
    publish(&log, Topic::Claims, &["one"]).await;
    log.close(PATIENCE).await.unwrap();
    let after = log.publish(vec![(Topic::Claims, record("k", "v"))]).await;
    assert!(matches!(after, Err(LogError::Fatal(text)) if text == "the log is closed"));
    assert!(!temp.folder.path().join("log.db-wal").exists(), "everything is in one file");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_a_time_are_all_acknowledged_in_their_own_order() {
    let temp = TempLog::new();
    let log = temp.open().await;
    let mut tasks = tokio::task::JoinSet::new();
    for writer in 0..16 {
        let log = log.clone();
        tasks.spawn(async move {
            for number in 0..25 {
                let value = format!("{number:02}");
                let outputs = vec![(Topic::Claims, record(&format!("writer {writer}"), &value))];
                log.publish(outputs).await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    let records = read(&log, Topic::Claims).await;
    for writer in 0..16 {
        let key = format!("writer {writer}");
        let own: Vec<_> = records.iter().filter(|record| record.key == key).cloned().collect();
        let want: Vec<_> = (0..25).map(|number| format!("{number:02}")).collect();
        assert_eq!(texts(&own), want, "{key}");
    }
    let offsets: Vec<_> = records.iter().map(|record| record.offset).collect();
    assert_eq!(offsets, (0..400).collect::<Vec<_>>());
}

// The inbox.

fn inbox_of(temp: &TempLog) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(temp.folder.path().join("inbox"));
    entries.map(|entries| entries.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default()
}

fn retried() -> Vec<(Topic, Record)> {
    let headers = vec![("attempt".to_owned(), vec![0, 255])];
    let tombstone = Record { value: None, headers: Vec::new(), ..record("gone", "") };
    vec![
        (Topic::Articles, Record { headers, ..record("again", "다시") }),
        (Topic::FeedState, tombstone),
    ]
}

async fn is_retried(log: &Embedded) {
    let mut member = join(log, group("tag", Topic::Articles)).await;
    let got = take(&mut member, 1).await.remove(0);
    assert_eq!((got.key.as_str(), text(&got).as_str()), ("again", "다시"));
    assert_eq!(got.headers, [("attempt".to_owned(), vec![0, 255])]);
    let gone = read(log, Topic::FeedState).await.remove(0);
    assert_eq!((gone.key.as_str(), gone.value), ("gone", None));
}

#[tokio::test]
async fn what_is_submitted_to_a_log_that_nobody_has_open_is_published_at_once() {
    let temp = TempLog::new();
    temp.open().await.close(PATIENCE).await.unwrap();
    let submitted = submit(temp.folder.path(), retried()).await.unwrap();
    assert_eq!(submitted, Submitted::Published);
    is_retried(&temp.open().await).await;
}

#[tokio::test]
async fn what_is_submitted_beside_a_daemon_is_published_by_the_daemon() {
    let temp = TempLog::new();
    let log = temp.open().await;
    let submitted = submit(temp.folder.path(), retried()).await.unwrap();
    assert_eq!(submitted, Submitted::Queued);
    is_retried(&log).await;
    log.close(PATIENCE).await.unwrap();
}

#[tokio::test]
async fn a_daemon_killed_after_it_published_a_file_does_not_publish_it_again() {
    let temp = TempLog::new();
    let log = temp.open().await;
    log.close(PATIENCE).await.unwrap();
    let held = std::fs::File::open(temp.folder.path().join("lock")).unwrap();
    held.lock().unwrap();
    submit(temp.folder.path(), retried()).await.unwrap();
    submit(temp.folder.path(), retried()).await.unwrap();
    drop(held);
    let mut files = inbox_of(&temp);
    files.sort();
    // As it is when the process is killed between the commit and the removal of the file.
    let database = rusqlite::Connection::open(temp.folder.path().join("log.db")).unwrap();
    let name = files[0].file_name().unwrap().to_str().unwrap();
    database.execute("INSERT INTO inbox (name) VALUES (?1)", [name]).unwrap();

    let log = temp.open().await;
    is_retried(&log).await;
    while !inbox_of(&temp).is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(read(&log, Topic::Articles).await.len(), 1);
    log.close(PATIENCE).await.unwrap();
}

#[tokio::test]
async fn an_unreadable_file_in_the_inbox_is_put_aside_and_the_next_one_published() {
    let temp = TempLog::new();
    let log = temp.open().await;
    let inbox = temp.folder.path().join("inbox");
    std::fs::create_dir_all(&inbox).unwrap();
    std::fs::write(inbox.join("0.json"), "{\"outputs\": [").unwrap();
    std::fs::write(inbox.join("1.part"), "half").unwrap();
    submit(temp.folder.path(), retried()).await.unwrap();
    is_retried(&log).await;
    let mut left = inbox_of(&temp);
    left.retain(|file| !file.ends_with("1.part") && !file.to_string_lossy().contains("-"));
    assert_eq!(left, [inbox.join("0.json.unreadable")]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures; run it alone, with --nocapture"]
async fn measure() {
    crate::log_contract::measure(&TempLog::new()).await;
}
