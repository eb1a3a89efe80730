#!/usr/bin/env python3
"""A soak: the real daemon on thousands of local feeds; are memory, descriptors and tasks flat?

    tests/ops/soak.py [--binary target/release/talentwire] [--feeds 2000] [--minutes 30]
                      [--interval 30s] [--out FOLDER]

Serves the feeds itself, on many addresses of 127.0.0.0/8 (one address is one host, and talentwire
is polite to hosts), and stands for Slack. Feeds change now and then; some of what is new are moves
of invented people, most of them reported by several feeds. A few feeds are slow, broken or missing,
and Slack sometimes says 429 or 503: a soak without faults proves little.

Every ten seconds a row: resident memory, open files, threads, tasks of the runtime, polls, articles,
posts. At the end the slope of each after the warm-up, and whether the four are flat. Exit code 0 if
so. Python's standard library only; Linux (/proc).
"""
import argparse, asyncio, hashlib, itertools, os, pathlib, random, re, signal, statistics, subprocess
import sys, tempfile, time, urllib.request
from email.utils import formatdate

COMPANIES = ["OpenAI", "Anthropic", "Google DeepMind", "Meta", "xAI", "Mistral AI", "Cohere", "Microsoft"]
FIRST = ["Ada", "Boris", "Carla", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Karim",
         "Lena", "Marta", "Nils", "Olga", "Pavel", "Rosa", "Sven", "Tessa", "Umar", "Vera", "Willem"]
LAST_HEAD = ["Ander", "Berg", "Castel", "Dorn", "Eken", "Falk", "Grau", "Holm", "Iver", "Jansen", "Kessel",
             "Lund", "Mori", "Nord", "Ostro", "Pell", "Quist", "Rask", "Sander", "Thorn", "Ulv", "Vander"]
LAST_TAIL = ["berg", "dahl", "feld", "gaard", "hoff", "lin", "mark", "ova", "quist", "rup", "sen", "stad"]
NOISE = ["{c} opens an office in the north", "Chips are scarce again, says {c}", "A quiet week for {c}",
         "What the new rules mean for hospitals", "Rain expected until Thursday",
         "{c} publishes a paper on evaluation", "Markets close higher", "How a bakery uses robots"]
MOVES = ["{p} leaves {a} for {b}", "{b} hires {p} from {a}", "{a} researcher {p} joins {b}",
         "{p}, formerly of {a}, joins {b} as vice president"]
KEPT = 25  # entries in a document


class World:
    """What the feeds show, and what Slack was sent."""

    def __init__(self, feeds, seed):
        self.random = random.Random(seed)
        self.entries = [[] for _ in range(feeds)]
        self.serial = itertools.count()
        self.people = itertools.count()
        self.later = []  # (time, feed, title): further reports of a move
        self.requests = self.not_modified = self.posts = self.refused = self.told = 0
        for feed in range(feeds):
            for age in range(10):
                self.add(feed, self.noise(), time.time() - 3600 * (10 - age))

    def noise(self):
        return self.random.choice(NOISE).format(c=self.random.choice(COMPANIES))

    def add(self, feed, title, at=None):
        entries = self.entries[feed]
        entries.append((next(self.serial), title, at or time.time()))
        del entries[:-KEPT]

    def move(self):
        number = next(self.people)
        tail, rest = number % len(LAST_TAIL), number // len(LAST_TAIL)
        head, rest = rest % len(LAST_HEAD), rest // len(LAST_HEAD)
        person = f"{FIRST[(number * 7 + rest) % len(FIRST)]} {LAST_HEAD[head]}{LAST_TAIL[tail]}"
        a, b = self.random.sample(COMPANIES, 2)
        titles = [text.format(p=person, a=a, b=b) for text in self.random.sample(MOVES, 3)]
        feeds = self.random.sample(range(len(self.entries)), 3)
        self.told += 1
        self.add(feeds[0], titles[0])
        for feed, title in list(zip(feeds, titles))[1:]:
            self.later.append((time.time() + self.random.uniform(20, 240), feed, title))

    async def turn(self, per_second, move_every):
        since_move = 0.0
        while True:
            await asyncio.sleep(1)
            for _ in range(per_second):
                self.add(self.random.randrange(len(self.entries)), self.noise())
            since_move += 1
            if since_move >= move_every:
                since_move = 0
                self.move()
            due = [it for it in self.later if it[0] <= time.time()]
            self.later = [it for it in self.later if it[0] > time.time()]
            for _, feed, title in due:
                self.add(feed, title)

    def document(self, feed):
        items = "".join(
            f"<item><guid>{feed}-{serial}</guid><title>{title}</title>"
            f"<link>https://outlet-{feed}.example/{serial}</link><pubDate>{formatdate(at)}</pubDate></item>"
            for serial, title, at in reversed(self.entries[feed]))
        return (f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet {feed}</title>'
                f"{items}</channel></rss>").encode()

    async def answer(self, reader, writer):
        try:
            while True:
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
                method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ", 2)
                length = re.search(rb"(?i)content-length: (\d+)", head)
                if length:
                    await reader.readexactly(int(length[1]))
                etag = re.search(rb'(?i)if-none-match: ("[^"]*")', head)
                status, headers, body = await self.reply(method, path, etag and etag[1].decode())
                lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
                writer.write(f"HTTP/1.1 {status} x\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.TimeoutError, ConnectionError, ValueError):
            pass
        finally:
            writer.close()

    async def reply(self, method, path, etag):
        if method == "POST":
            self.posts += 1
            luck = self.random.random()
            if luck < 0.01:
                self.refused += 1
                return 429, {"Retry-After": "2"}, b"rate_limited"
            if luck < 0.02:
                self.refused += 1
                return 503, {}, b"unavailable"
            return 200, {}, b"ok"
        self.requests += 1
        feed = int(path.rsplit("/", 1)[1])
        if feed % 100 == 99:
            return 404, {}, b"gone fishing"
        if feed % 100 == 98 and self.random.random() < 0.5:
            return 500, {}, b"try again"
        if feed % 100 == 97:
            await asyncio.sleep(2)
        body = self.document(feed)
        if feed % 100 == 96:
            body = body[: len(body) // 2]  # cut off in the middle
        if feed % 3 == 0:  # a third has no validators
            return 200, {"Content-Type": "application/rss+xml"}, body
        tag = f'"{hashlib.md5(body).hexdigest()}"'
        if etag == tag:
            self.not_modified += 1
            return 304, {"ETag": tag}, b""
        return 200, {"Content-Type": "application/rss+xml", "ETag": tag}, body


def configure(folder, addresses, port, metrics, args):
    lines = [f'[log]\npath = "{folder}/data"\n[http]\nlisten = "{metrics}"\n',
             f'[poll]\nallow_private_networks = true\ninterval = "{args.interval}"\n',
             '[canary]\ninterval = "30s"\n',
             f'[[receiver]]\nname = "slack"\ntype = "slack"\nurl = "http://{addresses[0]}:{port}/services/T/B/x"\n',
             '[[route]]\nreceiver = "slack"\n']
    for feed in range(args.feeds):
        lines.append(f'[[feed]]\nurl = "http://{addresses[feed % len(addresses)]}:{port}/{feed}"\n')
    path = pathlib.Path(folder, "talentwire.toml")
    path.write_text("\n".join(lines))
    return path


def sample(process, metrics, started):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    number = lambda name: int(re.search(rf"{name}:\s+(\d+)", status)[1])
    with urllib.request.urlopen(f"http://{metrics}/metrics", timeout=10) as answer:
        page = answer.read().decode()
    total = lambda name, also="": sum(
        float(line.rsplit(" ", 1)[1]) for line in page.splitlines()
        if re.match(rf"talentwire_{name}[{{ ]", line) and also in line)
    return {"seconds": round(time.time() - started), "rss_kib": number("VmRSS"),
            "fds": len(os.listdir(f"/proc/{process.pid}/fd")), "threads": number("Threads"),
            "tasks": int(total("runtime_tasks")), "polls": int(total("polls_total")),
            "articles": int(total("articles_total", "live")), "moves": int(total("moves")),
            "posted": int(total("deliveries_total", 'outcome="delivered"')),
            "waiting": int(total("delivery_queue")), "page_bytes": len(page)}


def slope(rows, column):
    """Least squares, per hour."""
    x = [row["seconds"] / 3600 for row in rows]
    y = [row[column] for row in rows]
    mean_x, mean_y = statistics.fmean(x), statistics.fmean(y)
    spread = sum((a - mean_x) ** 2 for a in x) or 1
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / spread


def judge(rows, warm_up):
    """Compares the medians of the first and the last third after the warm-up."""
    rows = [row for row in rows if row["seconds"] >= warm_up]
    third = max(1, len(rows) // 3)
    flat = True
    print(f"\nafter {warm_up} s of warm-up, {len(rows)} samples:")
    print(f"{'':10} {'first third':>12} {'last third':>12} {'lowest':>9} {'highest':>9} {'per hour':>10}")
    for column, room in [("rss_kib", 0.10), ("fds", 0.25), ("threads", 0.25), ("tasks", 0.25)]:
        values = [row[column] for row in rows]
        before, after = statistics.median(values[:third]), statistics.median(values[-third:])
        fits = after <= before * (1 + room) + 4
        flat &= fits
        print(f"{column:10} {before:12.0f} {after:12.0f} {min(values):9} {max(values):9} "
              f"{slope(rows, column):+10.1f} {'flat' if fits else 'GROWS'}")
    return flat


async def soak(args):
    folder = args.out or tempfile.mkdtemp(prefix="talentwire-soak-")
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    addresses = [f"127.1.{n // 250}.{n % 250 + 1}" for n in range(min(args.feeds, 200))]
    world = World(args.feeds, args.seed)
    server = await asyncio.start_server(world.answer, addresses, args.port, backlog=512)
    turning = asyncio.create_task(world.turn(args.per_second, args.move_every))
    config = configure(folder, addresses, args.port, args.metrics, args)
    log = open(pathlib.Path(folder, "log"), "w")
    daemon = subprocess.Popen([args.binary, "run", "-c", config], stderr=log, stdout=log,
                              env={**os.environ, "TALENTWIRE_LOG_FORMAT": "json"})
    print(f"talentwire is process {daemon.pid}; all is in {folder}", flush=True)
    started, rows = time.time(), []
    table = open(pathlib.Path(folder, "samples.csv"), "w", buffering=1)
    try:
        while time.time() - started < args.minutes * 60:
            await asyncio.sleep(10)
            if daemon.poll() is not None:
                sys.exit(f"the daemon ended with {daemon.returncode}; see {folder}/log")
            row = await asyncio.to_thread(sample, daemon, args.metrics, started)
            if not rows:
                print(" ".join(f"{name:>9}" for name in row), flush=True)
                table.write(",".join(row) + "\n")
            rows.append(row)
            table.write(",".join(map(str, row.values())) + "\n")
            if len(rows) % args.show == 1 or args.show == 1:
                print(" ".join(f"{value:>9}" for value in row.values()), flush=True)
    finally:
        daemon.send_signal(signal.SIGTERM)
        code = await asyncio.to_thread(daemon.wait, 60)
        turning.cancel()
        server.close()
    flat = judge(rows, min(args.warm_up, args.minutes * 30))
    size = sum(it.stat().st_size for it in pathlib.Path(folder, "data").rglob("*") if it.is_file())
    print(f"\nrequests {world.requests}, of them 304 {world.not_modified}; moves planted {world.told}; "
          f"posts {world.posts}, of them refused {world.refused}; data {size // 1024} KiB; "
          f"log lines {sum(1 for _ in open(pathlib.Path(folder, 'log')))}; drained with {code}")
    sys.exit(0 if flat and code == 0 else 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default="target/release/talentwire")
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--interval", default="30s", help="between two polls of a feed")
    parser.add_argument("--per-second", type=int, default=3, help="new articles, all feeds together")
    parser.add_argument("--move-every", type=float, default=6, help="seconds between two moves")
    parser.add_argument("--warm-up", type=float, default=600, help="seconds that do not count")
    parser.add_argument("--port", type=int, default=8711)
    parser.add_argument("--metrics", default="127.0.0.1:9471")
    parser.add_argument("--show", type=int, default=1, help="print every so many-th row")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", help="folder for configuration, data, log, samples; default: a new one")
    asyncio.run(soak(parser.parse_args()))


if __name__ == "__main__":
    main()
