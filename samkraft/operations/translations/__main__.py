"""`python -m samkraft.operations.translations collect|compile|check`."""

import sys


def main(arguments: list[str]) -> int:
    """Bring the keys up to date, compile the catalogue, or say what is wrong with it (exit code 1)."""
    from samkraft.operations.translations import catalogue

    if arguments == ["compile"]:
        if catalogue.FILE.exists():
            catalogue.compile_mo()
        return 0
    if arguments == ["collect"]:
        from samkraft.operations.translations import messages

        kept = catalogue.bring_up_to_date(messages.all_of())
        empty = sum(1 for entry in kept if entry.id and not _is_translated(entry.string))
        print(f"{len(kept)} meningar, {empty} utan översättning.")
        return 0
    if arguments == ["check"]:
        from samkraft.operations.translations import faults

        found = faults.all_of()
        for fault in found:
            print(fault)
        return int(bool(found))
    print("translations: collect, compile eller check", file=sys.stderr)
    return 2


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
