"""What every Word file that we write has around its text: styles, settings, page head, numbering and properties."""

from html import escape

from samkraft.knowledge.rules.documents.parts import Document

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_R}/extended-properties" Target="docProps/app.xml"/></Relationships>'
)
APPLICATION = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Samkraft</Application></Properties>"
)
SETTINGS = (
    f'{HEAD}<w:settings xmlns:w="{_W}"><w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/>'
    '<w:defaultTabStop w:val="1304"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="sv-SE"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
    "</w:settings>"
)
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1588" w:right="1304" w:bottom="1361" w:left="1304" w:header="680" w:footer="680" w:gutter="0"/>'
    "</w:sectPr>"
)


def escaped(words: str) -> str:
    """Words inside an attribute or element; signs that XML cannot hold are left out."""
    return escape("".join(sign for sign in words if sign >= " " or sign in "\t\n"))


def text(words: str, look: str = "") -> str:
    """A run of plain text."""
    if not words:
        return ""
    looks = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escaped(words)}</w:t></w:r>'


def content_types(charts: int) -> str:
    """Which part is what."""
    parts = [
        ("/word/document.xml", f"{_KINDS}.document.main+xml"),
        ("/word/styles.xml", f"{_KINDS}.styles+xml"),
        ("/word/settings.xml", f"{_KINDS}.settings+xml"),
        ("/word/numbering.xml", f"{_KINDS}.numbering+xml"),
        ("/word/header1.xml", f"{_KINDS}.header+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        *(
            (f"/word/charts/chart{place}.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml")
            for place in range(1, charts + 1)
        ),
    ]
    listed = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def document_relations(charts: int) -> str:
    """What the text leads to inside the file; nothing leads out of it."""
    kinds = [
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("header", "header1.xml"),
        ("numbering", "numbering.xml"),
    ]
    rows = [(f"rId{place}", kind, target) for place, (kind, target) in enumerate(kinds, start=1)]
    rows += [(f"chart{place}", "chart", f"charts/chart{place}.xml") for place in range(1, charts + 1)]
    listed = "".join(f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{target}"/>' for key, kind, target in rows)
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def properties(document: Document) -> str:
    """Title, author, language; the day is the document's own, not the day it was written."""
    day = f"{document.dated.isoformat()}T00:00:00Z" if document.dated else ""
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>' for name in ("created", "modified") if day
    )
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(document.title)}</dc:title><dc:creator>{escaped(document.author)}</dc:creator>"
        f"<cp:keywords>{escaped(', '.join(document.keywords))}</cp:keywords><dc:language>sv-SE</dc:language>{dates}"
        "</cp:coreProperties>"
    )


def page_head(document: Document) -> str:
    """Sender to the left, the page's number and how many there are to the right: `3 (12)`."""
    field = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return (
        f'{HEAD}<w:hdr {SPACES}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{text(" · ".join(document.head))}'
        f"<w:r><w:tab/></w:r>{field.format('PAGE')}{text(' (')}{field.format('NUMPAGES')}{text(')')}</w:p></w:hdr>"
    )


def numbering(numbered_lists: int) -> str:
    """Bullets are list 1; each numbered list begins at 1 again."""
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="454" w:hanging="454"/></w:pPr></w:lvl>'
    )
    single = '<w:multiLevelType w:val="singleLevel"/>'
    kinds = (
        f'<w:abstractNum w:abstractNumId="0">{single}{level.format("bullet", "•")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{single}{level.format("decimal", "%1.")}</w:abstractNum>'
    )
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = "".join(
        f'<w:num w:numId="{place + 1}"><w:abstractNumId w:val="1"/>{again}</w:num>'
        for place in range(1, numbered_lists + 1)
    )
    bullets = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'{HEAD}<w:numbering xmlns:w="{_W}">{kinds}{bullets}{lists}</w:numbering>'


def _style(
    key: str, name: str, look: str = "", space: str = "", *, based: str = "Normal", after: str = "", outline: int = -1
) -> str:
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline >= 0 else ""
    follows = f'<w:next w:val="{after}"/>' if after else ""
    on = f'<w:basedOn w:val="{based}"/>' if based and key != "Normal" else ""
    default = ' w:default="1"' if key == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{on}{follows}<w:qFormat/>'
        f"<w:pPr>{space}{level}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def _heading(level: int, size: int, before: int) -> str:
    look = (
        '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Georgia"/><w:b/><w:color w:val="2B1128"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )
    space = (
        f'<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="{before}" w:after="100" w:line="252" '
        'w:lineRule="auto"/>'
    )
    return _style(f"Heading{level}", f"heading {level}", look, space, after="BodyText", outline=level - 1)


STYLES = (
    f'{HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" '
    'w:eastAsia="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="sv-SE" '
    'w:eastAsia="sv-SE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="264" '
    'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    + _style("Normal", "Normal")
    + _style("BodyText", "Body Text", space='<w:spacing w:after="140"/>')
    + _style(
        "Title", "Title",
        '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Georgia"/><w:b/><w:color w:val="2B1128"/><w:sz w:val="48"/>',
        '<w:suppressAutoHyphens/><w:spacing w:before="240" w:after="360"/>', after="BodyText",
    )
    + _heading(1, 34, 480) + _heading(2, 27, 360) + _heading(3, 23, 260) + _heading(4, 22, 200)
    + _style("TOCHeading", "TOC Heading", "<w:b/><w:sz w:val=\"26\"/>", '<w:spacing w:before="240" w:after="120"/>')
    + "".join(
        _style(
            f"TOC{level}", f"toc {level}", "<w:b/>" if level == 1 else "",
            f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9298"/></w:tabs>'
            f'<w:spacing w:before="{120 if level == 1 else 20}"/>'
            f'<w:ind w:left="{(level - 1) * 300}" w:right="700"/>',
        )
        for level in (1, 2, 3)
    )
    + _style("Caption", "caption", '<w:b/><w:sz w:val="19"/>', '<w:spacing w:before="220" w:after="80"/>')
    + _style("Figure", "Figure", space='<w:keepNext/><w:spacing w:before="200"/>')
    + _style("Quiet", "Small Print", '<w:color w:val="57504A"/><w:sz w:val="19"/>', '<w:spacing w:after="140"/>')
    + _style("ListBullet", "List Bullet", space='<w:spacing w:after="60"/>')
    + _style("ListNumber", "List Number", space='<w:spacing w:after="100"/>')
    + _style("TableText", "Table Text", '<w:sz w:val="19"/>', '<w:spacing w:before="30" w:after="30"/>')
    + _style("TableNumber", "Table Number", "", '<w:jc w:val="right"/>', based="TableText")
    + _style("AfterTable", "After Table", '<w:sz w:val="10"/>', '<w:spacing w:after="120"/>')
    + _style("NoteText", "Note Text", '<w:sz w:val="18"/>',
             '<w:tabs><w:tab w:val="left" w:pos="600"/></w:tabs><w:spacing w:after="50"/><w:ind w:left="600" w:hanging="600"/>')
    + _style("Header", "header", '<w:color w:val="57504A"/><w:sz w:val="17"/>',
             '<w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs>')
    + '<w:style w:type="character" w:styleId="NoteMark"><w:name w:val="Note Mark"/><w:rPr><w:color w:val="5B2553"/>'
    '<w:sz w:val="17"/></w:rPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="SamkraftTable"><w:name w:val="Samkraft Table"/><w:basedOn w:val="TableNormal"/>'
    '<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="CFC8BD"/><w:insideH w:val="single" w:sz="4" '
    'w:color="CFC8BD"/></w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="8" w:color="6B645A"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style></w:styles>'
)  # fmt: skip
