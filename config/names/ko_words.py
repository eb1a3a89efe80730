#!/usr/bin/env python3
"""Builds ko-words.txt: Korean words that general news uses, with and without their particles.

    ko_words.py ITEMS.jsonl...      (objects with `lang`, `title`, `summary`)

Counts in how many items a word of two syllables or more stands and keeps those that stand in at least
two. A pair of words that none of them knows, beside a post, is likely somebody's name. First names and
surnames of the shipped lists are left out. Same input, same output.
"""
import collections, json, pathlib, re, sys, tomllib

LEAST = 2
HERE = pathlib.Path(__file__).resolve().parent
PARTICLES = """으로부터 에서는 에서도 으로는 에게서 로부터 이라는 이라고 까지 부터 보다 처럼 에서 에게 에는 에도 으로 로는 로도
라는 라고 하고 이다 이며 이고 했다 한다 은 는 도 이 가 을 를 의 에 서 로 와 과 만 들""".split()


def stems(word):
    yield word
    for particle in PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= 2:
            yield word[: -len(particle)]


def names():
    lexicon = tomllib.loads((HERE.parent / "lexicon" / "ko.toml").read_text(encoding="utf-8"))
    people = (HERE.parent / "people.toml").read_text(encoding="utf-8")
    return set(lexicon["lists"]["given_name"]) | set(re.findall("[가-힣]{2,}", people))


def main():
    count = collections.Counter()
    for file in sys.argv[1:]:
        for line in pathlib.Path(file).read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if item.get("lang") == "ko":
                text = f"{item['title']} . {item.get('summary') or ''}"
                count.update({stem for word in re.findall("[가-힣]{2,}", text) for stem in stems(word)})
    known = names()
    words = sorted(word for word, items in count.items() if items >= LEAST and word not in known)
    head = "# Words of Korean news.\n# Made by ko_words.py; do not edit.\n"
    (HERE / "ko-words.txt").write_text(head + "\n".join(words) + "\n", encoding="utf-8")
    print("ko-words.txt", len(words))


if __name__ == "__main__":
    main()
