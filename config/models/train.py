#!/usr/bin/env python3
"""Trains LANG.txt: by which signs an article is news of a move, and who goes from where to where.

    train.py --cases CASES.txt ...                              prints the cases of our tests as articles
    train.py LANG SIGNS.jsonl LABELLED.jsonl [SIGNS LABELLED ...]  writes LANG.txt (en, ja, ko, zh)

LABELLED holds articles, with `moves` (person, from, to, kind) where somebody has labelled them; one without is taken for
what the grammar alone says of it. SIGNS is what `cargo run --release --example signs < LABELLED` says of the same lines.
Of the cases only those count that the grammar does not read by itself. Logistic regressions (FTRL-proximal, so that most
weights are zero), over signs that at least MIN articles have.
Same input, same output.
"""
import json, math, re, sys, unicodedata

HERE = __file__.rsplit("/", 1)[0] if "/" in __file__ else "."
MIN = 3
ROUNDS = 12
ALPHA, BETA, L1, L2 = 0.1, 1.0, 0.15, 1.0
KINDS = {"joined", "left", "moved", "founded"}
# The day on which the cases of our tests are read.
DATE = {"en": "2026-05-10T00:00:00Z", "ko": "2026-11-20T09:00:00Z", "ja": "2026-06-20T00:00:00Z", "zh": "2026-06-20T00:00:00Z"}
PLAIN = {"deepmind": "google", "googledeepmind": "google"}


def squeeze(name):
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name or "").casefold())


def company(name):
    key = squeeze(name)
    key = re.sub(r"(inc|corp|labs?|ai|technologies)$", "", key) or key
    return PLAIN.get(key, key)


def surname(name):
    return re.split("[ ·・‧•]", unicodedata.normalize("NFKC", name or "").casefold())[-1]


def same(one, other):
    """True for two surnames, or where one of two names of Han alone begins the other."""
    return one == other or bool(one and other) and not one.isascii() and (one.startswith(other) or other.startswith(one))


def train(examples):
    """Weights of the signs and of `*`, from pairs of signs and truth."""
    count = {}
    for signs, _ in examples:
        for sign in signs:
            count[sign] = count.get(sign, 0) + 1
    examples = [(["*"] + sorted(sign for sign in signs if count[sign] >= MIN), truth) for signs, truth in examples]
    # A fixed order in which neighbours are strangers.
    order = sorted(range(len(examples)), key=lambda at: (at * 2654435761) % 4294967296)
    z, n = {}, {}

    def weight(sign):
        push = z.get(sign, 0.0)
        l1 = 0.0 if sign == "*" else L1
        if abs(push) <= l1:
            return 0.0
        return -(push - math.copysign(l1, push)) / ((BETA + math.sqrt(n[sign])) / ALPHA + L2)

    for _ in range(ROUNDS):
        for at in order:
            signs, truth = examples[at]
            weights = [weight(sign) for sign in signs]
            total = max(-30.0, min(30.0, sum(weights)))
            slope = 1.0 / (1.0 + math.exp(-total)) - truth
            for sign, old in zip(signs, weights):
                before = n.get(sign, 0.0)
                n[sign] = before + slope * slope
                z[sign] = z.get(sign, 0.0) + slope - (math.sqrt(n[sign]) - math.sqrt(before)) / ALPHA * old
    return {sign: weight(sign) for sign in z if abs(weight(sign)) >= 0.005}


def read(paths):
    for signs, labelled in zip(paths[::2], paths[1::2]):
        with open(signs) as one, open(labelled) as other:
            for told, item in zip(one, other, strict=True):
                yield json.loads(told), json.loads(item)


def claims(told, item):
    """What the grammar found, with whether it is a move: where an article tells moves, only of whom it names."""
    moves = [move for move in item.get("moves") or [] if move["kind"] in KINDS]
    flagged = {"first_person", "planning_only", "historical_funding"} & set(item.get("flags") or [])
    if flagged or item.get("scope", "ai") != "ai" or not moves and (item.get("moves") or "moves" not in item and told["alerts"]):
        return
    names = {surname(move["person"]) for move in moves if move["person"]}
    for person, reason, signs in told.get("claims") or []:
        if reason in ("unwatched", "unidentified", "contradiction"):
            continue
        if not moves:
            yield set(signs), False
        elif person and surname(person) in names or not person and reason is None:
            yield set(signs), True
        elif person and reason is not None and all(move["person"] for move in moves):
            yield set(signs), False


def examples(paths):
    parts = {"word": [], "news": [], "who": [], "from": [], "to": [], "claim": []}
    for told, item in read(paths):
        parts["claim"] += claims(told, item)
        if not told["houses"] or told["silent"] or {"first_person", "planning_only", "historical_funding"} & set(item.get("flags") or []):
            continue
        moves = [move for move in item.get("moves") or [] if move["kind"] in KINDS]
        if told["alerts"] and item.get("case"):
            continue
        if told["alerts"]:
            # What the grammar found is known then, and must not stand for the words.
            told["news"] = [sign for sign in told["news"] if not sign.startswith("GRAMMAR=")]
        truth = bool(moves) and item.get("cls") != "out_of_scope" if "moves" in item else told["alerts"]
        parts["word"].append((set(told["words"]), truth))
        parts["news"].append((set(told["news"]), truth))
        if not moves:
            continue
        names = {surname(move["person"]) for move in moves if move["person"]}
        parts["who"] += [(set(signs), any(same(surname(name), own) for own in names)) for name, signs in told["people"]]
        ends = {end: {company(move[end]) for move in moves if move[end]} for end in ("from", "to")}
        for house, signs in told["houses"]:
            left, joined = (company(house) in ends[end] for end in ("from", "to"))
            if not (left and joined):
                parts["from"].append((set(signs), left))
                parts["to"].append((set(signs), joined))
    return parts


def english(line):
    """`title || summary => person; from; to & ...`, a dash for nothing."""
    text, _, want = line.rpartition("=>")
    title, _, summary = text.partition("||")
    return title, summary, [move.split(";") for move in want.split("&")] if want.strip() != "-" else []


def korean(line):
    """`title | summary | person: from -> to; ...`, nothing for nothing."""
    title, summary, want = (line.split("|") + ["", ""])[:3]
    moves = [re.split(": | -> ", move.strip()) for move in want.split(";") if move.strip()]
    return title, summary, moves


def han(line):
    """`title || summary => person: from -> to | ...`, a dash for nothing."""
    text, _, want = line.rpartition(" => ")
    title, _, summary = text.partition(" || ")
    moves = [re.split(": | -> ", move.strip()) for move in want.split(" | ") if want.strip() != "-"]
    # "role x2": nobody is named.
    return title, summary, [["?" if re.search(r" x\d+$", who) else who, *ends] for who, *ends in moves]


def cases(paths):
    told = lambda word: None if word.startswith(("-", "?")) else word
    readers = {"en": english, "ja": han, "ko": korean, "zh": han}
    for path in paths:
        lang = path.rsplit("/", 1)[-1][:2]
        with open(path) as file:
            lines = [line.strip() for line in file]
        for line in lines:
            if not line or line.startswith("#"):
                continue
            title, summary, want = readers[lang](line)
            moves = []
            for move in want:
                person, left, joined = (told(word.strip()) for word in move)
                kind = "moved" if left and joined else "left" if left else "joined"
                moves.append({"person": person, "from": left, "to": joined, "kind": kind})
            yield {"title": title.strip(), "summary": summary.strip(), "published": DATE[lang], "lang": lang, "moves": moves, "case": True}


def main():
    if sys.argv[1:2] == ["--cases"]:
        for case in cases(sys.argv[2:]):
            print(json.dumps(case))
        return
    lang, *paths = sys.argv[1:]
    lines = []
    for part, pairs in examples(paths).items():
        weights = train(pairs)
        lines += [f"{part}\t{round(weight * 100)}\t{sign}" for sign, weight in sorted(weights.items())]
        print(part, len(pairs), "examples", len(weights), "weights", file=sys.stderr)
    with open(f"{HERE}/{lang}.txt", "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
