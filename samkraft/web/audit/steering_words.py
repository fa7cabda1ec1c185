"""What is done to steer an initiative, in words."""

from samkraft.values.wording import phrase

STEERING = {
    "board.add": phrase("lade upp en grupp som styr en insats"),
    "board.give_seat": phrase("gav någon en plats i en grupp som styr"),
    "capacity.change": phrase("ändrade team eller platser enligt ett beslut"),
    "handbook.begin": phrase("började på en version av metodstödet"),
    "handbook.decided": phrase("satte en version av metodstödet i kraft"),
    "handbook.proposed": phrase("föreslog en version av metodstödet"),
    "handbook.returned": phrase("lämnade tillbaka en version av metodstödet"),
    "handbook.write": phrase("skrev i ett utkast till metodstöd"),
    "meeting.adjusted": phrase("justerade ett protokoll"),
    "meeting.bring_up": phrase("tog upp en punkt på en dagordning"),
    "meeting.call": phrase("kallade till ett möte"),
    "meeting.cancelled": phrase("ställde in ett möte"),
    "meeting.minuted": phrase("skrev ett protokoll"),
    "meeting.moved": phrase("flyttade ett möte"),
    "meeting.pack": phrase("lade till ett underlag till ett möte"),
    "meeting.returned": phrase("lämnade tillbaka ett protokoll"),
    "plan.approved": phrase("antecknade att finansiären har godkänt en aktivitetsplan"),
    "plan.decided": phrase("antecknade styrgruppens beslut om en aktivitetsplan"),
    "plan.lay_out": phrase("lade upp en aktivitetsplans punkter"),
    "plan.returned": phrase("antecknade att en aktivitetsplan ska kompletteras"),
    "plan.sent": phrase("antecknade att en aktivitetsplan är skickad"),
    "plan.write": phrase("skrev i en punkt i en aktivitetsplan"),
    "resolution.decide": phrase("registrerade vad ett möte beslutade"),
    "risk.add": phrase("lade till en risk"),
    "risk.assess": phrase("bedömde en risk på nytt"),
    "risk.close": phrase("stängde en risk"),
    "staff.end": phrase("avslutade någons tid på en post"),
    "staff.fill": phrase("tillsatte en post"),
}
