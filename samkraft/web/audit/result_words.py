"""What is done with figures, in words."""

from samkraft.values.wording import phrase

RESULTS = {
    "snapshot.take": phrase("tog en ögonblicksbild av en insats siffror"),
    "indicator.bind": phrase("valde vad som mäter en del av förändringsteorin"),
    "series.read_in": phrase("läste in en jämförelse"),
    "theory.decide": phrase("beslutade en förändringsteori"),
    "release.board_pack": phrase("hämtade ett underlag till styrgruppen"),
    "forecast.gather": phrase("räknade deltagare till en prognos"),
    "forecast.make": phrase("gjorde en prognos"),
    "forecast.assume": phrase("skrev vad prognoser får räkna med"),
    "scenario.save": phrase("sparade ett scenario"),
    "scenario.comment": phrase("kommenterade ett scenario"),
    "scenario.withdraw": phrase("drog tillbaka ett scenario"),
    "release.extract": phrase("hämtade avidentifierade rader till en studie"),
}
