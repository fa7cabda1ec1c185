"""Swedish that a reader would meet untranslated: text in templates outside translation, bare sentences in Python.

In templates every word between tags, and in the attributes that people read or hear, must come from a variable or a
translation. In pages and rules a string with Swedish letters, or one that reads as a sentence, must be marked. What is
data and not wording (the reader's vocabulary, the demo world, the commands, which speak Swedish only) is named here.
"""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

from samkraft.operations.translations.messages import PRODUCT

READ_ATTRIBUTES = {"title", "aria-label", "alt", "placeholder", "aria-description", "label", "summary"}
SAME_IN_BOTH = {
    "samkraft", "svenska", "english", "csv", "xlsx", "pdf", "docx", "txt", "json", "ics", "kr", "mnkr", "esc", "tab",
    "enter", "ctrl", "kf", "ks", "totp", "xml", "ok", "id", "excel", "prove", "audit",
    "md",  # a page's width, in the block that says it
}  # fmt: skip
MARKING = {
    "_",
    "phrase",
    "spoken",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "npgettext",
}
# Swedish words as data: what decision texts say, names in the demo, and what only commands and logs say.
DATA = (
    "analysis/queues/agreement.py",  # what only the proofs say
    "analysis/queues/forecast/calibration.py",
    "analysis/effects/coverage.py",
    "analysis/effects/wording.py",  # both languages stand there
    "analysis/allotment/examples.py",  # an example's own names
    "knowledge/rules/annual_",  # the city's documents are Swedish, whoever takes them out
    "knowledge/rules/written_matter.py",
    "knowledge/rules/documents/",
    "knowledge/queries/annual_",
    "knowledge/queries/written_matters.py",
    "money/rules/point_sentences.py",
    "money/rules/grants/grant_words.py",  # an organisation's report, as it is filed
    "money/rules/reports/report_openings.py",
    "money/rules/reports/report_words.py",
    "money/queries/reports/report_copies.py",
    "money/rules/sie/",  # files for a Swedish economy system
    "money/queries/sie_files.py",
    "money/rules/economy_accounts.py",
    "offer/rules/job_matching.py",  # words and endings that are compared
    "people/rules/consent_texts.py",  # each language beside the others
    "money/rules/decision_text/",
    "money/rules/findings/words.py",
    "people/rules/imports/shapes.py",  # headings in files from other systems
    "partners/queries/matching.py",
    "partners/rules/matching.py",
    "initiatives/rules/year_wheel.py",
    "web/gallery",
    "web/templates/gallery/",
    "web/front_end",
    "operations/",
    "project/",
    "audit/models/",
    "values/",
)
# What speaks both languages although its neighbours do not.
SPOKEN = ("operations/allot_report.py", "operations/effect_report.py", *(
    f"operations/commands/{name}.py" for name in ("simulate", "allot", "effects")
))  # fmt: skip
# Single strings that are data in a file where the rest is watched.
WORDS_AS_DATA = {
    # What is stored in the book and in matters is written once, in Swedish, as minutes are.
    "analysis/effects/exit_study.py": {"pågår"},  # what may stand in a file
    "analysis/queues/forecast/observed.py": {"händelse", "känt"},
    "operations/commands/simulate.py": {"åäöé"},  # letters for file names
    "money/actions/drafting.py": {"Fördelning av "},
    "money/actions/grants/assessments.py": {" för ", " år "},
    "money/actions/grants/instalments.py": {"Återkrav: "},
    "money/actions/reports/report_years.py": {"Frågorna om "},
    "money/rules/grants/grant_aid.py": {
        "förordning (EU) nr 1407/2013",
        "förordning (EU) 2023/2831",
    },  # as they are named
    "people/queries/job_wishes.py": {"körkort"},  # a word that is looked for
    "money/actions/figures.py": {"Uppgift från nämnden"},
    "money/actions/ledger.py": {"Vändning av "},
    "money/queries/book.py": {"Kommunfullmäktiges budget "},
    "money/queries/flow/flow_nodes.py": {"Kommunfullmäktiges budget "},
    "money/rules/drafting.py": {"sig själv", " år ", " för "},
    "money/rules/findings/money.py": {"Kommunfullmäktige"},  # as the source is named
    "money/rules/registration/paper.py": {"förslag"},  # compared with headings
    "offer/rules/working_time.py": {  # as the regulations are named
        "Arbetsmiljöverkets föreskrifter AFS 2012:3 om minderårigas arbetsmiljö",
        "Arbetsmiljöverkets föreskrifter om minderåriga i den samling som gäller från 2025 (tidigare AFS 2012:3)",
    },
    "people/rules/imports/attendance.py": {  # what may stand in the file
        "här",
        "närvarande",
        "närvaro",
        "var här",
        "anmäld frånvaro",
        "anmält frånvaro",
        "borta, har hört av sig",
        "giltig frånvaro",
        "har hört av sig",
        "frånvarande, anmält",
        "frånvarande",
        "frånvaro",
        "ogiltig frånvaro",
    },
    "people/rules/call_lists.py": {  # headings in a file
        "personnummer;förnamn;efternamn;telefon;arbete året före",
        "personnummer;läge",
    },
    "web/people/side_by_side.py": {"behall."},  # what a form's field is called
    "people/rules/imports/referrals.py": {"egen ansökan", "ansökan"},
    "people/actions/invitation_steps.py": {  # stored in the plan, written once
        "Första mötet",
        "Välja en tid, senast ",
        "Inbjudan är återtagen.",
        "Har inte valt någon tid, senast ",
    },
    "people/actions/recruitment.py": {"Kommer inte till mötet.", "Inbjudan är återtagen."},  # the same
    "people/rules/recruitment.py": {  # the same
        "Rekryteringsmöte hos ",
        "Kom inte till mötet.",
        "Kallas till intervju.",
        "Får prova på arbetsplatsen.",
        "Anställd.",
        "Inte den här gången.",
        "Börja arbeta hos ",
    },
    "people/actions/places/place_steps.py": {"Svar på erbjuden plats i "},  # stored in the plan, written once
    "web/summer/planning.py": {"v."},  # taken away from what is typed
    "web/sign_in/sessions.py": {"SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"},
    "web/money/reading/registering.py": {"Tjänsteskrivelse"},
    "web/open_data/datasets.py": {"uppföljning"},  # keywords that portals search by
    "web/money/funds/fund_forms.py": {"åäöéü"},  # letters for codes
    "web/duties/calendar.py": {
        "Årshjul, ",
        "Årshjul, alla organ",
        "Så står tiden: ",
        "Flyttad från ",
    },  # the feed is Swedish
    "money/rules/due_dates.py": {"årsanalys", "årsbokslut", "årsredovisning"},  # compared with what sources say
    "partners/rules/organisations.py": {"åäö", "ä", "ö", "åäöéü"},  # letters for sorting and codes
    "people/rules/naming.py": {"å", "ä", "ö"},  # letters of their own when names are searched
    "web/people/content_forms.py": {" kl."},  # taken away from what is typed
    "web/charts/lettering.py": {"mwMWÅÄÖ@%—"},  # letter widths
    "web/templatetags/look.py": {"Malmö stad", "Region Skåne"},  # names of bodies
    "web/templates/errors/500.html": {"*"},  # shown when nothing else works, in both languages at once
    "web/errors.py": {"*"},  # the same, when not even templates work
}
_WORD = re.compile(r"[^\W\d_]{2,}")
_SWEDISH = re.compile(r"[åäöÅÄÖ]")
_SENTENCE = re.compile(r"^[A-ZÅÄÖ][^\W\d_]*(?: \S+){2,}[.:!?…]?$|[a-zåäö]\.$")
_TAG = re.compile(r"\{%-?\s*(\w+)(.*?)%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def in_file(file: Path, product: Path = PRODUCT) -> list[str]:
    """What is wrong in one file, one sentence each with the line."""
    name = str(file.relative_to(product))
    if any(part in name for part in DATA) and name not in SPOKEN:
        return []
    text = file.read_text(encoding="utf-8")
    known = WORDS_AS_DATA.get(name, set())
    if "*" in known:
        return []
    hits = _in_python(text, name) if file.suffix == ".py" else _in_template(text)
    return [
        f"{product.name}/{name}:{line}: inte översättningsbar: ”{words.strip()[:80]}”"
        for line, words in hits
        if words not in known
    ]


def _in_template(text: str) -> list[tuple[int, str]]:
    text = re.sub(r"\{%\s*comment.*?endcomment\s*%\}", _keep_lines, text, flags=re.DOTALL)
    text = re.sub(r"\{%\s*blocktrans.*?endblocktrans(?:late)?\s*%\}", _keep_lines, text, flags=re.DOTALL)
    parser = _Reader()
    parser.feed(_TAG.sub(_keep_lines, text))
    parser.close()
    return parser.hits


def _keep_lines(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n") or " "


class _Reader(HTMLParser):
    """Collects the words that a person would read or hear."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hits: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        for name, value in attrs:
            if name in READ_ATTRIBUTES and value and _says_something(value):
                self.hits.append((self.getpos()[0], f"{name}={value}"))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._silent and _says_something(data):
            line = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
            self.hits.append((line, data))


def _says_something(text: str) -> bool:
    return any(word.lower() not in SAME_IN_BOTH for word in _WORD.findall(text))


def _in_python(text: str, name: str) -> list[tuple[int, str]]:
    nodes = list(ast.walk(ast.parse(text)))
    has_wording = "/rules/" in f"/{name}" or name.startswith("web/")
    words = [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    words = [node for node in words if _SWEDISH.search(node.value) or (has_wording and _SENTENCE.search(node.value))]
    silent = {id(node) for node in _not_wording(nodes)} if words else set()
    return sorted((node.lineno, node.value) for node in words if id(node) not in silent)


def _not_wording(nodes: list[ast.AST]) -> list[ast.AST]:
    """Strings that are marked, or that only programmers meet: documentation, patterns, faults."""
    parts: list[ast.AST] = []
    for node in nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            parts += [line.value for line in node.body[:1] if isinstance(line, ast.Expr)]
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            parts.append(node.value)  # a string that stands alone explains the line before it
        elif isinstance(node, ast.Call) and _name(node.func) in MARKING | {"compile"}:
            parts += [inner for argument in node.args for inner in ast.walk(argument)]
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            parts += ast.walk(node.annotation)
        elif isinstance(node, ast.Raise | ast.Assert):
            parts += [inner for inner in ast.walk(node) if isinstance(inner, ast.Constant)]
    return parts


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
