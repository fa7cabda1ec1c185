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
    "study.draft_kept": phrase("sparade ett utkast till en studie"),
    "study.draft_thrown": phrase("tog bort ett utkast till en studie"),
    "study.registered": phrase("registrerade en studie"),
    "study.list_published": phrase("publicerade en studies lista och regel"),
    "study.drawn": phrase("drog lotten i en studie"),
    "study.frozen": phrase("frös en studie"),
    "study.estimated": phrase("räknade ut svaret i en studie"),
    "study.published": phrase("publicerade en studie"),
    "release.extract": phrase("hämtade avidentifierade rader till en studie"),
}
