#!/usr/bin/env python3
"""Builds ko-model.txt: how much a word in Hangul looks like a name from another script.

    ko_model.py

A logistic regression over the letters of a word. It learns from the first names of lexicon/ko.toml, the known
people of people.toml and the surnames of ko-surnames.txt against the words of ko-words.txt. The features
are runs of one to four letters, with the ends of the word, hashed into a table of 8,192 weights; the file
holds each weight as one character. Same input, same output; --check keeps a fifth of the words back and
says how well they are told apart.
"""
import math, pathlib, random, re, sys, tomllib

HERE = pathlib.Path(__file__).resolve().parent
SIZE = 8192
LONGEST = 4
ROUNDS = 25
STEP = 0.4
DECAY = 0.0005
# A weight of 1 is this many steps of the alphabet; the character '~' and '!' are the ends.
SCALE = 12
MIDDLE = 79


def letters(word):
    out = [1]
    for char in word:
        code = ord(char) - 0xAC00
        out += [0x1100 + code // 588, 0x1161 + code % 588 // 28, 0x11A7 + code % 28]
    return out + [2]


def features(word):
    spelled = letters(word)
    found = set()
    for start in range(len(spelled)):
        value = 0x811C9DC5
        for letter in spelled[start : start + LONGEST]:
            value = (value ^ letter) * 0x01000193 & 0xFFFFFFFF
            found.add((value ^ value >> 15) % SIZE)
    return sorted(found)


def words():
    lexicon = tomllib.loads((HERE.parent / "lexicon" / "ko.toml").read_text(encoding="utf-8"))["lists"]
    people = (HERE.parent / "people.toml").read_text(encoding="utf-8")
    names = set(lexicon["given_name"]) | set((HERE / "ko-surnames.txt").read_text(encoding="utf-8").split())
    for alias in re.findall('"([가-힣 ·]+)"', people):
        parts = re.split("[ ·]", alias)
        names |= {part for part in parts if len(parts) > 1 and len(part) > 1}
    plain = set((HERE / "ko-words.txt").read_text(encoding="utf-8").split())
    plain |= {word for name in ("ordinary", "role", "unit", "firm") for word in lexicon[name]}
    hangul = re.compile("[가-힣]{2,}")
    both = [(word, 1) for word in names] + [(word, 0) for word in plain - names]
    return sorted((word, kind) for word, kind in both if hangul.fullmatch(word))


def train(items):
    weights, bias = [0.0] * SIZE, 0.0
    share = sum(kind for _, kind in items) / len(items)
    read = [(features(word), kind) for word, kind in items]
    order = random.Random(7)
    for turn in range(ROUNDS):
        order.shuffle(read)
        step = STEP / (1 + turn)
        for own, kind in read:
            length = len(own) ** 0.5
            score = bias + sum(weights[at] for at in own) / length
            miss = kind - 1 / (1 + math.exp(-max(-30, min(30, score))))
            # Names are few: each counts as much as several plain words.
            move = step * miss * ((1 - share) if kind else share) * 4
            bias += move * 0.1
            for at in own:
                weights[at] += move / length - step * DECAY * weights[at] / length
    return weights, bias


def score(model, word):
    weights, bias = model
    own = features(word)
    return bias + sum(weights[at] for at in own) / len(own) ** 0.5


def coded(weight):
    return chr(MIDDLE + max(33 - MIDDLE, min(126 - MIDDLE, round(weight * SCALE))))


def main():
    items = words()
    if "--check" in sys.argv:
        random.Random(3).shuffle(items)
        cut = len(items) // 5
        model = train(items[cut:])
        for least in (-1, 0, 0.5, 1, 1.5, 2):
            hits = [sum(score(model, word) > least for word, own in items[:cut] if own == kind) for kind in (1, 0)]
            all_of = [sum(own == kind for _, own in items[:cut]) for kind in (1, 0)]
            print(f"above {least}: names {hits[0] / all_of[0]:.3f}, words {hits[1] / all_of[1]:.3f}")
        return
    weights, bias = train(items)
    table = "".join(coded(weight) for weight in weights)
    lines = [table[start : start + 128] for start in range(0, SIZE, 128)]
    (HERE / "ko-model.txt").write_text(f"{round(bias * SCALE)}\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
