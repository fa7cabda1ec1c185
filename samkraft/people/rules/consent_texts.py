"""The text of a consent in languages that many are told it in: drafts, to lie beside the Swedish one when it is read.

None of them has been looked at by a translator. Until one has (`LOOKED_AT`), somebody who interprets is named all the same,
and the page says that the text is a draft.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """What the language calls itself, the text, and which way it is read."""

    name: str
    text: str
    direction: str = "ltr"


LOOKED_AT: frozenset[str] = frozenset()

DRAFTS: dict[str, Draft] = {
    "ar": Draft(
        "العربية",
        "اقرؤوا معًا: أنت من يقرر. يمكنك أن تقول لا دون أن يؤثر ذلك على إعانتك أو على مكانك، ويمكنك سحب موافقتك متى شئت. "
        "لكن هناك معلومات يجب على السلطات أن تتبادلها على أي حال عندما ينص القانون على ذلك، مثلًا إذا كان هناك خطر على سلامة طفل.",
        "rtl",
    ),
    "so": Draft(
        "Soomaali",
        "Wada akhriya: Adigaa go'aanka leh. Waad odhan kartaa maya iyadoo aan taasi saamayn ku yeelan lacagta lagu siiyo ama "
        "booskaaga, waxaadna oggolaanshahaaga dib ula noqon kartaa mar kasta oo aad rabto. Macluumaadka qaarkood hay'aduhu waa "
        "inay si kastaba isu siiyaan marka sharcigu sidaas dhigayo: tusaale ahaan haddii ilmo khatar ku jiro.",
    ),
    "fa": Draft(
        "فارسی",
        "با هم بخوانید: خود شما تصمیم می‌گیرید. می‌توانید نه بگویید بدون آنکه بر کمک‌هزینه یا جای شما اثر بگذارد، و هر وقت بخواهید "
        "می‌توانید رضایت خود را پس بگیرید. با این حال، برخی اطلاعات را ادارات باید در هر صورت به یکدیگر بدهند، وقتی قانون چنین "
        "می‌گوید؛ برای مثال اگر ممکن است کودکی در خطر باشد.",
        "rtl",
    ),
    "prs": Draft(
        "دری",
        "با هم بخوانید: خود تان تصمیم می‌گیرید. می‌توانید نه بگویید بدون این که به کمک مالی یا جای تان "
        "تأثیر کند، و هر وقت که بخواهید می‌توانید رضایت تان را پس بگیرید. با آن هم، بعضی معلومات را "
        "ادارات دولتی باید در هر صورت به یکدیگر بدهند، وقتی که قانون آن را بگوید؛ به طور مثال اگر طفلی "
        "در خطر باشد.",
        "rtl",
    ),
    "uk": Draft(
        "Українська",
        "Прочитайте разом: Ви вирішуєте самі. Ви можете сказати «ні», і це не вплине на вашу виплату чи ваше місце, і ви можете "
        "відкликати згоду, коли захочете. Дещо органи влади мусять передавати одні одним у будь-якому разі, якщо так велить "
        "закон: наприклад, якщо дитині може загрожувати небезпека.",
    ),
}
