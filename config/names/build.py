#!/usr/bin/env python3
"""Builds given.txt, surnames.txt and words.txt from public packages.

    pip download names==0.3.0 Faker==40.54.0 spylls==0.1.7 --no-deps --no-binary names
    (unpack all three into one folder)
    build.py FOLDER

Sources: `names` (US census 1990, public domain), `Faker` (MIT; name lists of its Latin-script locales),
the Hunspell dictionary en_US inside `spylls` (SCOWL, permissive). Same input, same output.
"""
import ast, pathlib, re, sys, unicodedata

SURNAMES = 20_000
HERE = pathlib.Path(__file__).resolve().parent
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'-]+$")


def plain(name):
    """Lower case without accents, the form that the engine looks up."""
    folded = unicodedata.normalize("NFD", name.strip()).casefold()
    return "".join(ch for ch in folded if not unicodedata.combining(ch))


def census(folder, name):
    for line in (folder / "names-0.3.0" / "names" / name).read_text().splitlines():
        yield line.split()[0]


def faker(folder, wanted):
    """The string constants of every class attribute whose name begins with `wanted`."""
    for file in sorted((folder / "faker" / "providers" / "person").glob("*/__init__.py")):
        if file.parent.name.split("_")[0] in {"ja", "zh", "ko", "th", "ar", "fa", "he", "hi", "ka", "ru", "uk", "bg", "hy", "el", "ne", "or", "ta"}:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
            if any(isinstance(t, ast.Name) and t.id.startswith(wanted) for t in targets) and node.value is not None:
                for leaf in ast.walk(node.value):
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and LATIN.match(leaf.value):
                        yield leaf.value


def romanised(folder, wanted):
    """Faker's romanised East Asian names."""
    for locale in ("ja_JP", "zh_CN", "zh_TW", "ko_KR"):
        file = folder / "faker" / "providers" / "person" / locale / "__init__.py"
        for node in ast.walk(ast.parse(file.read_text())):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
            if any(isinstance(t, ast.Name) and t.id.startswith(wanted) for t in targets) and node.value is not None:
                for leaf in ast.walk(node.value):
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str) and LATIN.match(leaf.value):
                        yield leaf.value


def words(folder):
    for line in (folder / "spylls" / "hunspell" / "data" / "en" / "en_US.dic").read_text(encoding="utf-8").splitlines()[1:]:
        word = line.split("/")[0]
        if word.isalpha() and word.islower() and len(word) > 1:
            yield word


def write(name, note, entries):
    entries = sorted(entries)
    (HERE / name).write_text(f"# {note}\n# Made by build.py; do not edit.\n" + "\n".join(entries) + "\n", encoding="utf-8")
    print(name, len(entries))


def main():
    folder = pathlib.Path(sys.argv[1])
    given = {plain(n) for f in ("dist.male.first", "dist.female.first") for n in census(folder, f)}
    given |= {plain(n) for n in faker(folder, "first_name")} | {plain(n) for n in romanised(folder, "first_")}
    surnames = {plain(n) for n, _ in zip(census(folder, "dist.all.last"), range(SURNAMES))}
    surnames |= {plain(n) for n in faker(folder, "last_name")} | {plain(n) for n in romanised(folder, "last_")}
    dictionary = set(words(folder))
    write("given.txt", "Given names: US census 1990 (PyPI `names`) and Faker (MIT).", {n for n in given if len(n) > 1})
    write("surnames.txt", "Surnames: the commonest of the US census 1990 (PyPI `names`) and Faker (MIT).", {n for n in surnames if len(n) > 1})
    write("words.txt", "English words in lower case: Hunspell en_US (SCOWL).", dictionary)


if __name__ == "__main__":
    main()
