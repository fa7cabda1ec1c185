"""The lines of a printed page, put together from runs of text with their places."""

import itertools
import re
from collections import Counter

# A run of text: left, bottom, right, top, words.
Run = tuple[float, float, float, float, str]
# So many lines side by side, both sides this long and mostly letters, are columns of running text and no table.
FEWEST_LINES, SHORTEST_SIDE, MOST_DIGITS = 6, 25, 0.12
WIDE_GAP = 2.5  # line heights: between the head of a page and its text


def lines(runs: list[Run]) -> list[str]:
    """Lines from the top, each from the left; wide gaps become tabs, columns of running text come one after the other."""
    built: list[str] = []
    for part in _in_reading_order(_with_note_marks(runs)):
        built += ["", *_grouped(part)] if built else _grouped(part)
    return _one_column_at_a_time(built)


def _in_reading_order(runs: list[Run]) -> list[list[Run]]:
    """The page in parts: what stands above two columns of running text, the left one, the right one, what follows."""
    found = _columns(runs)
    if found is None:
        return [runs]
    start, top, bottom = found
    inside = [run for run in runs if bottom < _middle(run) < top]
    parts = [
        *_in_reading_order([run for run in runs if _middle(run) >= top]),
        [run for run in inside if run[0] < start],
        [run for run in inside if run[0] >= start],
        *_in_reading_order([run for run in runs if _middle(run) <= bottom]),
    ]
    return [part for part in parts if part]


def _columns(runs: list[Run]) -> tuple[float, float, float] | None:
    """Where the right column begins, and between which heights the two stand side by side; None where there are none.

    Columns are told from a table by their words: long lines, mostly letters, that all keep to their side of the gap.
    """
    starts = Counter(round(run[0]) for run in runs)
    for edge, count in starts.most_common(4):
        start = edge - 3.0
        if count < FEWEST_LINES or not any(run[2] < start for run in runs):
            continue
        crossing = [_middle(run) for run in runs if run[0] < start and run[2] > start]
        for above, below in itertools.pairwise(sorted({1e9, *crossing, -1e9}, reverse=True)):
            top, bottom = _where_both_stand([run for run in runs if below < _middle(run) < above], start)
            inside = [run for run in runs if bottom < _middle(run) < top]
            sides = ([run for run in inside if run[0] < start], [run for run in inside if run[0] >= start])
            if all(_is_running_text(side) for side in sides):
                return start, top, bottom
    return None


def _where_both_stand(runs: list[Run], start: float) -> tuple[float, float]:
    """The heights between which the right column stands, without what stands far above or below it, such as a page
    number; the left one may go on further down, until the next wide gap."""
    right = sorted((run for run in runs if run[0] >= start), key=_middle, reverse=True)
    gaps = [
        place
        for place, (upper, lower) in enumerate(itertools.pairwise(right), start=1)
        if upper[1] - lower[3] > WIDE_GAP * (lower[3] - lower[1])
    ]
    head = max((place for place in gaps if place < FEWEST_LINES), default=0)
    foot = min((place for place in gaps if place > len(right) - FEWEST_LINES), default=len(right))
    right = right[head:foot]
    if not right:
        return 0.0, 0.0
    lowest = right[-1]
    for run in sorted((run for run in runs if run[0] < start), key=_middle, reverse=True):
        if _middle(run) < _middle(lowest):
            if lowest[1] - run[3] > 0.6 * (run[3] - run[1]):
                break
            lowest = run
    return right[0][3] + 1, lowest[1] - 1


def _is_running_text(side: list[Run]) -> bool:
    built = [line for line in _grouped(side) if line.strip()]
    words = "".join(built)
    digits = sum(character.isdigit() for character in words)
    enough = len(built) >= FEWEST_LINES and len(words) >= SHORTEST_SIDE * len(built)
    return enough and digits <= MOST_DIGITS * len(words)


def _middle(run: Run) -> float:
    return (run[1] + run[3]) / 2


def _grouped(runs: list[Run]) -> list[str]:
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (-(r[1] + r[3]) / 2, r[0])):
        middle = (run[1] + run[3]) / 2
        if rows and abs(middle - (rows[-1][0][1] + rows[-1][0][3]) / 2) < 0.5 * max(rows[-1][0][3] - rows[-1][0][1], 1):
            rows[-1].append(run)
        else:
            rows.append([run])
    built: list[str] = []
    before: float | None = None
    for line in rows:
        line.sort()
        height = max(run[3] - run[1] for run in line)
        if before is not None and before - line[0][3] > 0.9 * height:
            built.append("")
        before = min(run[1] for run in line)
        words = line[0][4]
        for left, right in itertools.pairwise(line):
            gap = right[0] - left[2]
            words += (
                "\t" if gap > 1.2 * height else " " if gap > 0.12 * height and not words.endswith(" ") else ""
            ) + right[4]
        built.append(words.rstrip())
    return built


def without_repeats(pages: list[list[str]]) -> list[list[str]]:
    """Drop the first and last lines that come again on most pages, whatever page number they carry."""
    if len(pages) < 3:
        return pages
    edges: Counter[str] = Counter()
    for page in pages:
        filled = [line for line in page if line.strip()]
        edges.update({_unnumbered(line) for line in filled[:4] + filled[-3:]})
    repeated = {words for words, count in edges.items() if count >= max(3, len(pages) * 0.6)}
    kept = []
    for index, page in enumerate(pages):
        places = [at for at, line in enumerate(page) if line.strip()]
        # The first head and the last foot stay: they name the body and the day.
        dropped = set(places[:4] if index else ()) | set(places[-3:] if index < len(pages) - 1 else ())
        kept.append([line for at, line in enumerate(page) if at not in dropped or _unnumbered(line) not in repeated])
    return kept


def _unnumbered(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _with_note_marks(runs: list[Run]) -> list[Run]:
    """A small raised number is the mark of a footnote: it goes on the line of the words beside it, in brackets."""
    marked: list[Run] = []
    for run in runs:
        beside = next((other for other in runs if _is_raised_beside(run, other)), None)
        if beside is None:
            marked.append(run)
        else:
            marked.append((run[0], beside[1], run[2], beside[3], f"[{run[4].strip()}]"))
    return marked


def _is_raised_beside(run: Run, other: Run) -> bool:
    if not re.fullmatch(r"\s*\d{1,2}\s*", run[4]) or not re.search(r"[^\W\d_]{2}", other[4]):
        return False
    height, small = other[3] - other[1], run[3] - run[1]
    if small > 0.8 * height or run[1] < other[1] + 0.15 * height or not other[1] < run[3] < other[3] + 0.6 * height:
        return False
    return -0.2 * height < run[0] - other[2] < 0.4 * height or 0 <= other[0] - run[2] < 2.5 * height


def _one_column_at_a_time(built: list[str]) -> list[str]:
    read: list[str] = []
    side_by_side: list[str] = []
    for line in [*built, ""]:
        if line.count("\t") == 1 and not line.startswith("\t"):
            side_by_side.append(line)
            continue
        read += _unfolded(side_by_side)
        side_by_side = []
        read.append(line)
    return read[:-1]


def _unfolded(side_by_side: list[str]) -> list[str]:
    sides = [tuple(part.strip() for part in line.split("\t")) for line in side_by_side]
    if len(sides) < FEWEST_LINES:
        return side_by_side
    for column in (0, 1):
        words = "".join(side[column] for side in sides)
        digits = sum(character.isdigit() for character in words)
        if len(words) < SHORTEST_SIDE * len(sides) or digits > MOST_DIGITS * len(words):
            return side_by_side
    return [*(left for left, _ in sides), "", *(right for _, right in sides)]
