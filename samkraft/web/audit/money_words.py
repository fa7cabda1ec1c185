"""What is done in EU projects, with accounts of the economy system and requests for documents, in words."""

from samkraft.values.wording import phrase

MONEY = {
    "access_request.answered": phrase("besvarade en begäran om handlingar"),
    "access_request.decided": phrase("beslutade för myndigheten om en begäran om handlingar"),
    "access_request.handed_out": phrase("lämnade ut handlingar"),
    "access_request.received": phrase("tog emot en begäran om handlingar"),
    "access_request.to_authority": phrase("antecknade att myndighetens beslut begärs"),
    "access_request.weigh": phrase("prövade om en handling kan lämnas ut"),
    "access_request.withdrawn": phrase("antecknade att en begäran är återtagen"),
    "economy_account.say": phrase("angav ett konto i ekonomisystemet"),
    "eu_claim.approved": phrase("antecknade att en ansökan om utbetalning är godkänd"),
    "eu_claim.certified": phrase("intygade en ansökan om utbetalning"),
    "eu_claim.drafted": phrase("förberedde en ansökan om utbetalning"),
    "eu_claim.paid": phrase("antecknade en utbetalning från EU"),
    "eu_claim.sent": phrase("skickade en ansökan om utbetalning"),
    "eu_claim.withdrawn": phrase("tog tillbaka en ansökan om utbetalning"),
    "eu_project.accounts": phrase("angav vilka konton som hör till ett EU-projekt"),
    "eu_project.budget": phrase("lade in ett EU-projekts budget"),
    "eu_project.entries": phrase("lade in kostnader i ett EU-projekt"),
    "eu_project.hours": phrase("lade in timmar i ett EU-projekt"),
    "eu_project.participant_hours": phrase("lade in deltagarnas timmar som en summa"),
    "eu_project.position": phrase("lade upp en tjänst i ett EU-projekt"),
    "eu_project.rate": phrase("lade in en timkostnad"),
    "eu_project.register": phrase("registrerade ett EU-projekt"),
}
