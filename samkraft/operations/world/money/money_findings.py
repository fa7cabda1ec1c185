"""Sources that differ and that no rule can find: entered by a person, and said to be. The rules find the rest."""

from datetime import timedelta

from django.utils import timezone

from samkraft.money.actions.contradictions import contradictions
from samkraft.money.actions.contradictions.contradictions import SideDraft
from samkraft.operations.world.stage import Stage
from samkraft.values import kronor


def load(stage: Stage) -> None:
    """Let the rules look through everything, then enter what only a reader sees."""
    now = timezone.now()
    contradictions.look(by=stage.by, at=now - timedelta(days=12))
    for entry in _entries(stage):
        contradictions.enter(by=stage.by, at=now - timedelta(days=9), **entry)  # type: ignore[arg-type]  # as enter takes


def _entries(stage: Stage) -> list[dict[str, object]]:
    before, after = stage.documents["proposal-2023"], stage.documents["proposal-2024"]
    analysis = stage.documents["analysis-2024"]
    return [
        {
            "subject": "Jobbpaktens uppdrag",
            "question": "Vilket års budget gav kommunstyrelsen uppdraget om en jobbpakt?",
            "sides": [
                SideDraft("Tjänsteskrivelsen 2023", "budget 2018", place="STK-2023-576, sammanfattningen",
                          quote="Budgeten för 2018 gav kommunstyrelsen uppdraget", said_by="Stadskontoret",
                          said_words="2023", document_id=before),
                SideDraft("Tjänsteskrivelsen 2024", "budget 2017", place="STK-2024-291, ärendet",
                          quote="Uppdraget om en jobbpakt kom i budget 2017 (STK-2017-308)", said_by="Stadskontoret",
                          said_words="2024", support_words="hänvisar till STK-2017-308", document_id=after),
            ],
        },
        {
            "subject": "Level",
            "question": "Är stödet till Level samma stöd före och efter 2024?",
            "explanation": "2022 och 2023 gick pengarna till Coompanion Skåne. Från 2024 går de till Tillväxt Malmö och "
            "Level tillsammans, och källan säger inte hur de delas.",
            "year": 2024,
            "sides": [
                SideDraft("Beslutet 2023", amount_ore=kronor.from_kronor(6_417_000), place="STK-2023-576, punkt 7",
                          quote="beviljar Coompanion Skåne 6 417 000 kronor", said_by="Kommunstyrelsen",
                          said_words="antaget 17 maj 2023", support_words="samma summa 2022", document_id=before),
                SideDraft("Beslutet 2024", amount_ore=kronor.from_kronor(4_900_000), place="STK-2024-291, punkt 5",
                          quote="beviljar Tillväxt Malmö och Level 4 900 000 kronor årligen", said_by="Kommunstyrelsen",
                          said_words="6 mars 2024", support_words="två mottagare, två avtal", document_id=after),
            ],
        },
        {
            "subject": "Var medlen ska redovisas",
            "question": "Är årsbokslut, årsanalys och årsredovisning samma rapport?",
            "explanation": "Skyldigheten är densamma, men den har tre namn.",
            "sides": [
                SideDraft("Beslutet 2023", "årsbokslut", place="STK-2023-576, punkt 4",
                          quote="senast vid årsbokslut rapportera hur pengarna har använts", said_by="Kommunstyrelsen",
                          said_words="2023", document_id=before),
                SideDraft("Beslutet 2024", "årsanalys", place="STK-2024-291, punkt 11",
                          quote="redovisa … i den ordinarie uppföljningen och i årsanalysen", said_by="Kommunstyrelsen",
                          said_words="2024", document_id=after),
                SideDraft("Tjänsteskrivelsen 2024", "årsredovisning", place="STK-2024-291, ärendets text",
                          said_by="Stadskontoret", said_words="2024", document_id=after),
            ],
        },
        {
            "subject": "GVN 2024",
            "question": "Vad heter pengarna som GVN fick 2024?",
            "explanation": "Nämndens avsnitt använder det gamla namnet, och inledningen är tryckt två gånger.",
            "year": 2024,
            "sides": [
                SideDraft("Beslutet 2024", "strategiska jobbsatsningar", place="STK-2024-291, punkt 7",
                          quote="för strategiska jobbsatsningar", said_by="Kommunstyrelsen", said_words="6 mars 2024",
                          document_id=after),
                SideDraft("Årsanalysen 2024", "jobbpaktsmedel", place="avsnittet om GVN",
                          quote="6 192 tkr av jobbpaktsmedlen", said_by="Gymnasie- och vuxenutbildningsnämnden",
                          said_words="2024", document_id=analysis),
            ],
        },
    ]  # fmt: skip
