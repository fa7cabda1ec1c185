"""A chart of bars in a Word file: one that Word draws itself from values in the file, with an alternative text."""

from samkraft.knowledge.rules.documents.parts import Bars
from samkraft.knowledge.rules.documents.word_frame import HEAD, escaped

WIDTH, ROW = 5_904_000, 330_000  # in the file's unit, 360 000 to a centimetre
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def place(bars: Bars, number: int) -> str:
    """Where the chart stands in the text, with what it shows in words."""
    height = ROW * len(bars.bars) + 300_000
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{WIDTH}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="Diagram {number}" descr="{escaped(bars.told)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="chart{number}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def drawing(bars: Bars) -> str:
    """The chart's own part. Bars from the top; one without a value has its word in the label and no bar."""
    names = [bar.label if bar.value is not None else f"{bar.label} ({bar.told})" for bar in bars.bars]
    categories = "".join(f'<c:pt idx="{at}"><c:v>{escaped(name)}</c:v></c:pt>' for at, name in enumerate(names))
    values = "".join(
        f'<c:pt idx="{at}"><c:v>{bar.value}</c:v></c:pt>' for at, bar in enumerate(bars.bars) if bar.value is not None
    )
    count = f'<c:ptCount val="{len(bars.bars)}"/>'
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}"><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>{escaped(bars.caption)}</c:v></c:tx>'
        '<c:spPr><a:solidFill><a:srgbClr val="4B1C45"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        '<c:dLbls><c:numFmt formatCode="[&gt;=1000000]#\\ ###\\ ##0;[&gt;=1000]#\\ ##0;0" sourceLinked="0"/>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strLit>{count}{categories}</c:strLit></c:cat><c:val><c:numLit><c:formatCode>General</c:formatCode>"
        f'{count}{values}</c:numLit></c:val></c:ser><c:gapWidth val="45"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/>'
        '<c:axPos val="t"/><c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx></c:plotArea>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"/>'
        '</a:pPr><a:endParaRPr lang="sv-SE"/></a:p></c:txPr></c:chartSpace>'
    )
