"""Names for people who do not exist: common given and family names, drawn apart and put together by chance.

A name goes with a language. That any such pair is also somebody's real name is chance, as with every common name.
"""

from dataclasses import dataclass

from samkraft.values.identity_number import Sex


@dataclass(frozen=True, slots=True)
class Naming:
    """The names that go with one language, how common it is among participants, and how often an interpreter is needed."""

    language: str
    weight: int
    interpreter: float
    women: tuple[str, ...]
    men: tuple[str, ...]
    family: tuple[str, ...]

    def given(self, sex: Sex) -> tuple[str, ...]:
        """Given names."""
        return self.women if sex is Sex.WOMAN else self.men


def _n(language: str, weight: int, interpreter: float, women: str, men: str, family: str) -> Naming:
    return Naming(language, weight, interpreter, tuple(women.split()), tuple(men.split()), tuple(family.split()))


NAMINGS = (
    _n(
        "svenska", 46, 0.0,
        "Anna Eva Maria Karin Kristina Lena Kerstin Emma Sara Malin Jenny Linda Elin Johanna Sofia Susanne Camilla "
        "Åsa Ulrika Helena Carina Monica Annika Ida Josefin Frida Hanna Cecilia Therese Marie Lina Agneta Gunilla",
        "Lars Anders Mikael Johan Per Peter Jan Thomas Daniel Fredrik Andreas Magnus Stefan Mats Bengt Bo Jonas "
        "Marcus Niklas Robert Tommy Kent Christer Patrik Henrik Martin David Emil Oskar Viktor Simon Jimmy Roger",
        "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson "
        "Jansson Hansson Bengtsson Lindberg Jakobsson Lindström Olofsson Lindqvist Lundgren Berg Axelsson Bergström "
        "Lundberg Lind Mattsson Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin Engström Danielsson "
        "Håkansson Lundin Gunnarsson Holm Björk Bergman Samuelsson Fransson Wikström Isaksson Bergqvist Nyström "
        "Holmberg Arvidsson Löfgren Söderberg Nyberg Blomqvist Claesson Nordström Mårtensson Lundström Viklund",
    ),
    _n(
        "arabiska", 22, 0.55,
        "Fatima Maryam Zainab Amina Layla Nour Rana Huda Samar Rasha Iman Hanan Dalal Nadia Salma Yasmin Suad Rima "
        "Abir Maha Ghada Wafa Lina Dina Sahar",
        "Ahmed Mohammed Ali Hassan Hussein Omar Khaled Mahmoud Ibrahim Youssef Mustafa Samir Tariq Bilal Ziad Nabil "
        "Fadi Karim Rami Jamal Walid Adnan Bassam Hadi Anas",
        "Al-Hassan Haddad Khalil Mansour Nasser Saleh Hamdan Aziz Rahman Farah Said Issa Darwish Mahdi Salim Habib "
        "Jaber Kassem Younis Zaki Abbas Daoud Hamid Ismail Othman Shami Touma Hanna Yousif",
    ),
    _n(
        "somaliska", 6, 0.6,
        "Fadumo Hodan Halimo Sahra Asha Ayaan Ifrah Khadra Deqa Hibo Nasra Maryan Amran Ubah",
        "Abdi Mohamud Ahmed Yusuf Ismail Farah Abdullahi Mahad Liban Said Jama Hirsi Guled Bashir",
        "Abdi Hassan Ali Warsame Farah Jama Mohamud Osman Nur Yusuf Elmi Hersi Aden Ibrahim Duale",
    ),
    _n(
        "bosniska/kroatiska/serbiska", 6, 0.15,
        "Amra Jasmina Mirela Sanja Dragana Vesna Azra Edina Senada Ljiljana Marija Suada Aida Selma",
        "Admir Dragan Zoran Emir Mirsad Goran Nenad Edin Haris Milan Senad Elvir Damir Igor",
        "Hodzic Kovacevic Petrovic Jovanovic Begic Ibrahimovic Markovic Mujic Nikolic Halilovic Babic Omerovic Savic",
    ),
    _n(
        "persiska/dari", 6, 0.4,
        "Maryam Zahra Leila Shirin Parisa Nasrin Fereshte Sima Mina Azadeh Shabnam Golnaz Mahsa",
        "Reza Hossein Amir Mehdi Behrouz Hamid Farhad Javad Navid Omid Ramin Kaveh Saeed",
        "Ahmadi Hosseini Karimi Rahimi Moradi Jafari Rezai Sadeghi Azizi Noori Akbari Ebrahimi Haidari Amiri",
    ),
    _n(
        "albanska", 4, 0.25,
        "Arta Valbona Teuta Shpresa Mimoza Drita Besa Albulena Fatmire Lindita",
        "Arben Besnik Fatos Ilir Agim Bekim Driton Valon Sokol Gzim",
        "Krasniqi Gashi Berisha Hoxha Morina Shala Bytyqi Rexhepi Kelmendi Hasani",
    ),
    _n(
        "polska", 3, 0.2,
        "Agnieszka Katarzyna Malgorzata Joanna Ewa Beata Monika Dorota Renata",
        "Piotr Krzysztof Andrzej Tomasz Marek Pawel Grzegorz Dariusz Jacek",
        "Nowak Kowalska Wojcik Kaminska Lewandowska Zielinska Mazur Krawczyk Duda",
    ),
    _n(
        "kurdiska", 3, 0.3,
        "Rojin Berivan Shilan Nesrin Zilan Hevin Dilan Avin Soma",
        "Azad Rebwar Serhat Dilshad Hiwa Karwan Baran Rizgar Sirwan",
        "Demir Yildiz Karim Aziz Kaya Rashid Ozdemir Salih Barzan",
    ),
    _n(
        "turkiska", 2, 0.25, "Ayse Emine Zeynep Hatice Elif Songul Gulsen", "Mehmet Hasan Ibrahim Osman Murat Kemal Yusuf",
        "Yilmaz Sahin Celik Aydin Arslan Dogan Kilic Koc",
    ),
    _n(
        "tigrinja", 2, 0.65, "Selam Saba Feven Luwam Rahel Senait Yordanos", "Tesfay Yonas Filmon Dawit Samuel Merhawi Kibrom",
        "Tekle Haile Gebremedhin Kidane Mehari Tesfai Berhane Woldu",
    ),
)  # fmt: skip
