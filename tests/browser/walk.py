"""Every page that the demo's people can reach by following links from their first page."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from samkraft.web.sign_in import demo_people
from tests.browser import paper, work_in_hand
from tests.browser.city import City
from tests.browser.visitor import Answer, Visitor

PEOPLE = tuple(name for _heading, names in demo_people.GROUPS for name in names)
NOBODY = ""
# People whose pages together are all the kinds of pages there are; a test holds this to be so.
FEW = (
    NOBODY, "asa.ek", "lena.stahl", "karin.wahl", "stefan.brink", "nora.falk", "eva.lindh", "kristina.holm",
    "marie.sjogren", "jenny.loof", "siv.ahlgren", "vera.lindgren", "ali.rahimi",
    "rebecca.strom", "anton.skog", "mats.bjork", "inger.ros", "henrik.sand", "ulrika.hjort", "katja.winter",
)  # fmt: skip
EXAMPLES = 2  # of each route for each of the few; the others follow one link of each kind
MOST_PAGES = 400  # for one person: a walk that does not end is a fault
# The page that tells of everybody is dear, and the same for all who have come in: seen by nobody, by one with one role and
# by one with several.
FEWER = {"sign_in": (NOBODY, "karin.wahl", "jonas.wester")}

# What leads on from some of a kind alone: such a one is opened whichever others were. Ends of addresses.
LEADS_ON = ("/indikator/teams_staffed/", "/organisationer/asn/")


@dataclass(frozen=True, slots=True)
class Step:
    """One page or file as one person met it; `sends_to` are the routes that its forms send to."""

    person: str
    address: str
    route: str
    status: int
    heading: str
    faults: tuple[str, ...]
    skeleton: tuple[str, ...]
    sends_to: tuple[str, ...]
    found_on: str
    is_page: bool


def everybody(city: City, *, at_once: int) -> list[Step]:
    """Walk as nobody and as each person, some at once, when somebody has begun to work there."""
    work_in_hand.begin(city)
    with ThreadPoolExecutor(at_once) as walkers:
        return [step for met in walkers.map(partial(one, city), (NOBODY, *PEOPLE)) for step in met]


def one(city: City, person: str) -> list[Step]:
    """Walk as one person: breadth first, a few examples of each route."""
    visitor = Visitor(city, person)
    waiting = [(urlsplit(visitor.first.address).path, "sign-in")]
    seen: dict[str, set[str]] = {}
    steps = []
    while waiting and len(steps) < MOST_PAGES:
        address, found_on = waiting.pop(0)
        examples = seen.setdefault(_kind(person, address), set())
        enough = len(examples) >= _most(person, address)
        if address in examples or (enough and not (person in FEW and address.endswith(LEADS_ON))):
            continue
        examples.add(address)
        came = visitor.open(address)
        if came.status == 200 and came.address != city.address + address:
            found_on, address = f"{address} on {found_on}", came.address.removeprefix(city.address)
            waiting.insert(0, (address, found_on))
            continue
        read = paper.read(came.html)
        steps.append(_noted(person, address, came, read, found_on))
        waiting += [(link, address) for link in _inside(city, came.address, read.links)]
    assert len(steps) < MOST_PAGES, f"{person}: the walk does not end"
    return steps


def _most(person: str, address: str) -> int:
    if person not in FEWER.get(route(address), (person,)):
        return 0
    return EXAMPLES if person in FEW else 1


def _kind(person: str, address: str) -> str:
    """What counts as the same again: a page with other choices in its address is one of its kind, whichever they are.

    The open pages are walked as nobody; for others one of them will do.
    """
    name = route(address)
    if person and name.startswith("public:"):
        return "public:"
    return f"{name}?" if urlsplit(address).query else name


def examples(steps: list[Step]) -> list[Step]:
    """The pages to measure: the richest of each route, and as few more as hold everything that any page is built of."""
    opened = [step for step in steps if step.status == 200 and step.is_page]
    chosen = kinds(opened)
    missing = {piece for step in opened for piece in step.skeleton}.difference(*(step.skeleton for step in chosen))
    while missing:
        chosen.append(max(opened, key=lambda step: len(missing.intersection(step.skeleton))))
        missing.difference_update(chosen[-1].skeleton)
    return chosen


def kinds(steps: list[Step]) -> list[Step]:
    """One page of each route, the richest that the few have met."""
    return one_of_each([step for step in steps if step.person in FEW])


def one_of_each(steps: list[Step]) -> list[Step]:
    """The richest page of each route."""
    best: dict[str, Step] = {}
    for step in steps:
        richest = best.get(step.route)
        if step.status == 200 and step.is_page and (richest is None or len(step.skeleton) > len(richest.skeleton)):
            best[step.route] = step
    return list(best.values())


PRESSED = ("button.", "a.", "details.", "select.")
EVERYTHING = ("",)
TAKES_FOCUS = (*PRESSED, "summary.", "input.", "textarea.")


def all_that_is_built(steps: list[Step], sorts: tuple[str, ...] = PRESSED) -> list[Step]:
    """As few of the pages as hold everything of some sorts that is on any of them; unless told, what can be pressed or chosen."""
    chosen: list[Step] = []
    known: set[str] = set()
    for step in sorted(steps, key=lambda one: (-len(one.skeleton), one.route)):
        pressed = {kind for kind in step.skeleton if kind.startswith(sorts)}
        if pressed - known:
            known |= pressed
            chosen.append(step)
    return chosen


def route(address: str) -> str:
    """The name of the route behind an address, or the address itself if there is none."""
    return _route_of(urlsplit(address).path)


@cache
def _route_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def _noted(person: str, address: str, came: Answer, read: paper.Paper, found_on: str) -> Step:
    is_page = came.kind == "text/html" or came.status != 200
    return Step(
        person=person,
        address=address,
        route=route(address),
        status=came.status,
        heading=read.first_heading(),
        faults=tuple(read.faults()) if is_page else (),
        skeleton=tuple(sorted(read.skeleton)),
        sends_to=tuple(sorted({route(urljoin(came.address, form.action)) for form in read.forms})),
        found_on=found_on,
        is_page=is_page,
    )


def _inside(city: City, here: str, links: list[str]) -> list[str]:
    """Links that stay in the product, without the part after #."""
    whole = (urlsplit(urljoin(here, link)) for link in links if not link.startswith(("#", "mailto:", "tel:")))
    stay = [link for link in whole if f"{link.scheme}://{link.netloc}" == city.address]
    return [f"{link.path}?{link.query}" if link.query else link.path for link in stay if "/static/" not in link.path]
