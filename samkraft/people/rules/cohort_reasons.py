"""Why the cohort door stays shut, in words."""

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

ONLY_THE_CLOCK = Reason(
    "only_the_clock",
    phrase("Uppgifter om alla deltagare hämtas bara av ett registrerat jobb."),
    phrase("Vänta till nästa körning. Ingen kan begära dem för egen del."),
)
ONLY_EVALUATORS = Reason(
    "only_evaluators",
    phrase("Avidentifierade rader lämnas bara till en utvärderare, i en namngiven studie."),
    phrase("Be den som leder studien att registrera den och dig."),
)
NOT_FORWARD = Reason(
    "cohort_not_forward",
    phrase("Det finns redan en ögonblicksbild för den dagen eller en senare, eller så har dagen inte varit än."),
    phrase("En ögonblicksbild skrivs aldrig om. Välj en senare dag som har varit."),
)
REASONS = {one.code: one for one in (ONLY_THE_CLOCK, ONLY_EVALUATORS, NOT_FORWARD)}
