"""The floors of the house hold where the import linter cannot see: relations, rooms, and imports inside functions."""

import tomllib

import pytest
from django.apps import apps

from tests.architecture import house
from tests.architecture.house import DOMAINS, PROJECT

CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def _part(module: str) -> str:
    return module.split(".")[1]


def test_every_relation_goes_down_or_stays_at_home() -> None:
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("samkraft."):
            continue
        home = _part(model.__module__)
        for field in model._meta.get_fields():
            other = field.related_model if field.is_relation and not field.auto_created else None
            if other is None or not other.__module__.startswith("samkraft."):
                continue
            target = _part(other.__module__)
            if target != home and house.height(target) >= house.height(home):
                wrong.append(f"{home}.{model.__name__}.{field.name} → {target}")
    assert wrong == []


def test_a_relation_is_never_named_backwards_over_floors() -> None:
    """`related_name="+"` or a name is fine; Django's own `x_set` would hide who depends on whom."""
    unnamed = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("samkraft.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and getattr(field, "remote_field", None)
        and field.remote_field.related_name is None
    ]  # fmt: skip
    assert unnamed == []


def test_models_and_permissions_are_private_to_their_domain() -> None:
    """Only the models of a floor above may name models below, because a foreign key must."""
    wrong = []
    for path in house.python_files():
        for one in house.imports(path):
            words = one.what.split(".")
            if (
                len(words) < 3
                or words[0] != "samkraft"
                or words[1] not in DOMAINS
                or words[2] not in ("models", "permissions")
            ):
                continue
            where = one.where.split(".")
            is_foreign_key = len(where) > 2 and where[2] == "models" and words[2] == "models"
            if where[1] != words[1] and not is_foreign_key:
                wrong.append(f"{one.where}: {one.what}")
    assert wrong == []


def test_pages_and_commands_use_only_actions_queries_and_rules() -> None:
    wrong = []
    for part in ("web", "operations"):
        for path in house.python_files(house.PRODUCT / part):
            for one in house.imports(path):
                words = one.what.split(".")
                if (
                    words[0] == "samkraft"
                    and words[1] in DOMAINS
                    and words[2:3] not in (["actions"], ["queries"], ["rules"])
                ):
                    wrong.append(f"{one.where}: {one.what}")
    assert wrong == []


def test_every_domain_that_exists_is_in_the_contracts() -> None:
    there = {path.name for path in house.PRODUCT.iterdir() if path.is_dir() and path.name in DOMAINS}
    rooms = next(contract for contract in CONTRACTS if contract["name"] == "The same rooms in every domain")
    pure = next(contract for contract in CONTRACTS if contract["name"] == "Rules are pure")
    assert {name.split(".")[1] for name in rooms["containers"]} == there
    assert {name for name in pure["source_modules"] if name.endswith(".rules")} == {
        f"samkraft.{name}.rules" for name in there
    }


def test_money_knows_no_persons_and_people_know_no_kronor() -> None:
    pairs = [("money", "people"), ("people", "money")]
    wrong = [
        f"{one.where}: {one.what}"
        for home, other in pairs
        if (house.PRODUCT / home).is_dir()
        for path in house.python_files(house.PRODUCT / home)
        for one in house.imports(path)
        if one.what.startswith(f"samkraft.{other}")
    ]
    assert wrong == []


@pytest.mark.parametrize("domain", [name for name in DOMAINS if (house.PRODUCT / name / "rules").is_dir()])
def test_rules_ask_neither_clock_nor_chance_nor_database(domain: str) -> None:
    """Pure: the same answer for the same values. What the day is, is an argument."""
    forbidden = ("django", "psycopg", "random", "secrets", "socket", "os", "time", "urllib")
    calls = {"now", "today", "utcnow"}
    wrong = []
    for path in house.python_files(house.PRODUCT / domain / "rules"):
        wrong += [f"{one.where}: {one.what}" for one in house.imports(path) if one.what.split(".")[0] in forbidden]
        for node in house.ast.walk(house.parsed(path)):
            if (
                isinstance(node, house.ast.Call)
                and isinstance(node.func, house.ast.Attribute)
                and node.func.attr in calls
            ):
                wrong.append(f"{house.short(path)}:{node.lineno}: {node.func.attr}()")
    assert wrong == []


def test_no_files_import_each_other_in_a_ring() -> None:
    """Inside a room too, and in functions: what two files both need lies in a third, under them."""
    modules = {".".join(path.relative_to(PROJECT).with_suffix("").parts): path for path in house.python_files()}
    modules = {name.removesuffix(".__init__"): path for name, path in modules.items()}
    uses = {
        name: {one.what if one.what in modules else one.what.rpartition(".")[0] for one in house.imports(path)}
        & (modules.keys() - {name})
        for name, path in modules.items()
    }
    while free := {name for name, used in uses.items() if not used}:  # what uses nothing that is left is in no ring
        uses = {name: used - free for name, used in uses.items() if name not in free}
    while unused := uses.keys() - set().union(*uses.values()):  # and what nothing left uses only looks at a ring
        uses = {name: used for name, used in uses.items() if name not in unused}
    assert sorted(uses) == []
