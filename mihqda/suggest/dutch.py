"""Forms of Dutch verbs that keywords should meet: participles, past tenses, and separable verbs in their parts.

Forms are made too freely rather than too sparingly (both ``gekoppeld`` and ``gekoppeeld`` of *koppelen*): a form that no one
says is met by nothing. The bare stem is left out, since it is so often a noun (*werken*, but not *werk*).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

_STRONG = """
    beginnen begon begonnen begonnen; bidden bad baden gebeden; bieden bood boden geboden; blijven bleef bleven gebleven;
    breken brak braken gebroken; brengen bracht brachten gebracht; buigen boog bogen gebogen; denken dacht dachten gedacht;
    doen deed deden gedaan; dragen droeg droegen gedragen; drijven dreef dreven gedreven; dringen drong drongen gedrongen;
    dwingen dwong dwongen gedwongen; eten at aten gegeten; gaan ging gingen gegaan; gelden gold golden gegolden;
    geven gaf gaven gegeven; grijpen greep grepen gegrepen; hangen hing hingen gehangen; heffen hief hieven geheven;
    helpen hielp hielpen geholpen; houden hield hielden gehouden; kiezen koos kozen gekozen; kijken keek keken gekeken;
    klimmen klom klommen geklommen; klinken klonk klonken geklonken; komen kwam kwamen gekomen; kopen kocht kochten gekocht;
    krijgen kreeg kregen gekregen; laden laadde laadden geladen; laten liet lieten gelaten; lezen las lazen gelezen;
    liegen loog logen gelogen; liggen lag lagen gelegen; lijken leek leken geleken; lopen liep liepen gelopen;
    nemen nam namen genomen; raden raadde raadden geraden; rijden reed reden gereden; roepen riep riepen geroepen;
    scheiden scheidde scheidden gescheiden; schieten schoot schoten geschoten; schrijven schreef schreven geschreven;
    schuiven schoof schoven geschoven; slaan sloeg sloegen geslagen; sluiten sloot sloten gesloten;
    snijden sneed sneden gesneden; spreken sprak spraken gesproken; springen sprong sprongen gesprongen;
    staan stond stonden gestaan; steken stak staken gestoken; stijgen steeg stegen gestegen; strijken streek streken gestreken;
    treden trad traden getreden; treffen trof troffen getroffen; trekken trok trokken getrokken; vallen viel vielen gevallen;
    vangen ving vingen gevangen; varen voer voeren gevaren; vechten vocht vochten gevochten; vinden vond vonden gevonden;
    vliegen vloog vlogen gevlogen; vragen vroeg vroegen gevraagd; vriezen vroor vroren gevroren;
    wegen woog wogen gewogen; werpen wierp wierpen geworpen; werven wierf wierven geworven; weten wist wisten geweten;
    wijken week weken geweken; wijzen wees wezen gewezen; winden wond wonden gewonden; winnen won wonnen gewonnen;
    zeggen zei zeiden gezegd; zenden zond zonden gezonden; zetten zette zetten gezet; zien zag zagen gezien;
    zingen zong zongen gezongen; zitten zat zaten gezeten; zoeken zocht zochten gezocht; zwijgen zweeg zwegen gezwegen
"""
_PAST = {line.split()[0]: tuple(line.split()[1:]) for line in _STRONG.split(";")}
_PRESENT = {
    "gaan": ("ga", "gaat"), "staan": ("sta", "staat"), "slaan": ("sla", "slaat"), "doen": ("doe", "doet"),
    "zien": ("zie", "ziet"), "komen": ("kom", "komt"), "houden": ("hou", "houd", "houdt"),
}  # fmt: skip

_INSEPARABLE = ("be", "ge", "her", "ont", "ver", "er")
# After these, "pas ... aan" must come to its end: they are prepositions as well ("pas op de gang", "werk aan de deur").
_PREPOSITIONS = (
    "aan",
    "achter",
    "bij",
    "door",
    "in",
    "na",
    "om",
    "onder",
    "op",
    "over",
    "tegen",
    "toe",
    "uit",
    "voor",
)
_PARTICLES = (
    "af", "binnen", "buiten", "dicht", "goed", "heen", "klaar", "los", "mee", "mis", "neer", "omhoog", "open", "rond",
    "samen", "tegemoet", "terug", "thuis", "vast", "vooruit", "voort", "weg",
)  # fmt: skip
_LONGEST_FIRST = tuple(sorted((*_PREPOSITIONS, *_PARTICLES), key=len, reverse=True))
_CLAUSES = (
    "aan als bij dan dat doordat dus en hoe in maar met naar of omdat op sinds tegen terwijl toen tot van voor want "
    "wanneer zoals zodat zodra"
)
FOLLOWERS = frozenset(_CLAUSES.split())
"""After the particle of a separable verb: where its clause ends or a phrase with a preposition begins."""


@dataclass(frozen=True, slots=True)
class Verb:
    """Forms of a word that may be a verb.

    Parameters
    ----------
    joined
        In one word: ``aangepast``, ``aanpaste``; of a word that is no verb, just the word.
    finite
        ``pas``, ``past``, ``paste``; the particle may follow some words later. Empty if not separable.
    particle
        ``aan``, or "".
    infinitive
        What follows ``aan te``: ``passen``, or "".
    """

    joined: frozenset[str]
    finite: frozenset[str] = frozenset()
    particle: str = ""
    infinitive: str = ""

    @property
    def is_open(self) -> bool:
        """Return whether the particle is a preposition as well, so that it must end its clause."""
        return self.particle in _PREPOSITIONS


@cache
def forms_of(word: str) -> Verb:
    """Return the forms of a folded Dutch word.

    Examples
    --------
    >>> sorted(forms_of("werken").joined)
    ['gewerkt', 'gewerkte', 'werken', 'werkt', 'werkte', 'werkten']
    >>> verb = forms_of("aanpassen")
    >>> verb.particle, verb.infinitive, "aangepaste" in verb.joined, "paste" in verb.finite
    ('aan', 'passen', True, True)
    """
    for particle in _LONGEST_FIRST:
        base = word.removeprefix(particle)
        if base != word and word not in _PAST and _may_be_verb(base):
            past, participles = _conjugate(base)
            finite = frozenset([*_present(base), *past, base])
            forms = [*finite - set(_stems(base)), *participles]
            return Verb(frozenset([word, *(particle + form for form in forms)]), finite, particle, base)
    if not _may_be_verb(word):
        return Verb(frozenset([word]))
    past, participles = _conjugate(word)
    shown = set(_present(word)) - set(_stems(word))
    return Verb(frozenset([word, *shown, *past, *participles]))


def _may_be_verb(word: str) -> bool:
    """Tell whether a word looks like an infinitive: plurals that cannot be one are left alone."""
    if word in _PAST:
        return True
    return len(word) > 4 and word.endswith("en") and not word.endswith(("ingen", "heden", "ieen"))


def _stems(verb: str) -> tuple[str, ...]:
    """Return what may be the first person: ``passen`` pas, ``maken`` maak and mak, ``leven`` leef."""
    if verb in _PRESENT:
        return _PRESENT[verb][:1]
    root = verb.removesuffix("en")
    if len(root) > 2 and root[-1] == root[-2] and root[-1] not in "aeiou":
        return (root[:-1],)
    stems = [root]
    if len(root) > 2 and root[-2] in "aeou" and root[-3] != root[-2] and root[-1] not in "aeiou":
        stems.append(f"{root[:-2]}{root[-2] * 2}{root[-1]}")
    harden = {"v": "f", "z": "s"}
    return tuple(stem[:-1] + harden.get(stem[-1], stem[-1]) for stem in stems)


def _present(verb: str) -> tuple[str, ...]:
    """Return the forms of the present; that of ``klanten`` is no more than its stem."""
    if verb in _PRESENT:
        return _PRESENT[verb]
    stems = _stems(verb)
    return (*stems, *(f"{stem}t" for stem in stems if not stem.endswith("t")))


def _conjugate(verb: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the past tenses and the participles, with and without -e."""
    prefix = next((one for one in _INSEPARABLE if verb.removeprefix(one) in _PAST), None)
    if verb in _PAST or prefix is not None:
        lead = "" if verb in _PAST else str(prefix)
        single, plural, participle = _PAST[verb.removeprefix(lead) if lead else verb]
        participle = lead + participle.removeprefix("ge") if lead else participle
        # "gewerkte" but "gesproken": what ends in -en takes no -e
        endings = ("",) if participle.endswith("en") else ("", "e")
        return (lead + single, lead + plural), tuple(participle + ending for ending in endings)
    past: list[str] = []
    participles: list[str] = []
    root = verb.removesuffix("en")
    dental = "t" if root.endswith(("t", "k", "f", "s", "p", "ch", "x")) else "d"
    for stem in _stems(verb):
        past += [f"{stem}{dental}e", f"{stem}{dental}en"]
        closed = stem if stem.endswith(("t", "d")) else stem + dental
        lead = "" if verb.startswith(_INSEPARABLE) else "ge"
        participles += [f"{lead}{closed}", f"{lead}{closed}e"]
        if lead == "" and not verb.startswith(("ver", "ont")):  # "bellen", "geven": the letters are no prefix
            participles += [f"ge{closed}", f"ge{closed}e"]
    return tuple(past), tuple(participles)
