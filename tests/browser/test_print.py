"""The pages that people take to a meeting, on A4."""

import io

import pypdfium2
import pytest

from tests.browser.chrome import Chrome

A4 = (595, 842)  # points
MOST_SHEETS = 6


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/medel/", "kr"),
        ("/medel/folj-kronan/?ar=2023&satsning=jobbpakt", "163 000 kr"),
        ("/medel/satsningar/strategiska-jobbsatsningar/nyckel/", "13 056 000 kr"),
        ("/medel/uppgifter-som-skiljer-sig/", "Uppgifter som skiljer sig"),
        ("/arshjul/", "Årshjul"),
    ],
)
def test_a_page_on_paper_keeps_its_words_and_loses_its_buttons(walked_chrome: Chrome, address: str, words: str) -> None:
    watched = walked_chrome.as_person("karin.wahl")
    watched.go(address)
    watched.page.emulate_media(media="print")
    cut = watched.page.evaluate(
        """() => [...document.querySelectorAll('main table')].filter(one => one.offsetParent)
            .filter(one => one.parentElement.scrollWidth > one.parentElement.clientWidth + 1
                && getComputedStyle(one.parentElement).overflowX !== 'visible').map(one => one.className)"""
    )
    paper = watched.page.pdf(format="A4", margin={"top": "14mm", "bottom": "14mm", "left": "14mm", "right": "14mm"})
    watched.page.emulate_media(media="screen")
    assert not cut
    with pypdfium2.PdfDocument(io.BytesIO(paper)) as document:
        sizes = [sheet.get_size() for sheet in document]
        text = " ".join(_words(sheet) for sheet in document)
        assert all(abs(side - wanted) <= 2 for size in sizes for side, wanted in zip(size, A4, strict=True))
        assert 1 <= len(document) <= MOST_SHEETS
    plain = " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())
    assert words in plain
    assert "Karin Wahl · STK" not in plain
    assert "Hoppa till innehållet" not in plain


def _words(sheet: pypdfium2.PdfPage) -> str:
    found = sheet.get_textpage()
    try:
        return str(found.get_text_bounded())
    finally:
        found.close()
        sheet.close()
