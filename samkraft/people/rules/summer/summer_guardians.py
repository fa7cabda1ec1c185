"""What guardians are told before they say yes, and why an answer can be refused."""

from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

TEXT_VERSION = "2026-1"
# The text about risks, as it is shown and printed. A change is a new version: what was said yes to stays known.
RISKS = (
    phrase("Arbetet är lätt och anpassat till åldern. Maskiner, tunga lyft, farliga kemikalier och ensamarbete ingår inte."),
    phrase("En handledare finns på plats hela dagen. Handledaren har visat utdrag ur belastningsregistret."),
    phrase("De vanligaste riskerna är halka, sol och värme, och att cykla eller åka till arbetsplatsen."),
    phrase("Arbetstiden följer reglerna för unga: inte sent på kvällen, rast efter högst fyra och en halv timme, två lediga "
           "dagar i veckan. Har den unga ett jobb till räknas timmarna ihop."),
    phrase("Blir något fel: ring handledaren, eller oss. Vid en olycka ringer handledaren er genast."),
)  # fmt: skip

NO_SUCH_GUARDIAN = Reason(
    "summer_no_such_guardian", phrase("Vårdnadshavaren finns inte i ansökan."), phrase("Ladda om sidan.")
)
RISKS_NOT_READ = Reason(
    "summer_risks_not_read",
    phrase("Kryssa i att du har läst om riskerna."),
    phrase("Du kan också säga nej, eller ringa oss och fråga."),
)
