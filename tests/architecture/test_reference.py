"""The generated pages of the manual are what the code says."""

from samkraft.operations import reference


def test_the_generated_pages_are_what_the_code_says() -> None:
    assert reference.differences() == []
