"""Which language a turn is in: a vote of function words over English, Dutch, German, French and Spanish.

Function words make up half of speech and do not depend on the topic, so a short list each decides most turns
(the idea of Dunning 1994, "Statistical identification of language", with words in place of letter runs). A
word that two languages share counts for both and so decides nothing between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mihqda.transcripts.model import UNDETERMINED

_ENGLISH = """
a about after again all also always am an and any are aren as asked at be because been before being but by
can can't could did didn didn't do does doesn't doing don don't down each every few for from get getting go
going got had has have haven he her here him his how i i'd i'll i'm i've if in into is isn it it's its just
know like made make many me mean more most much my never no not nothing now of off on one only or other our
out over people quite really said say see she should so some something still such take than that that's the
their them then there there's these they they're they've thing things think this those though through time
to told too up us very was wasn we we're we've well went were weren't what when where which while who why
will with without won't would yes you you're your
"""
_DUTCH = """
aan al alleen allemaal als altijd bij ben beetje bent daar dan dat de deze die dit doe doen door dus een
eens eerst eigenlijk elkaar en er erg even gaan gaat gehad geen geweest ging goed had hadden hand heb hebben
hebt heeft heel helemaal hem het hier hij hoe hoor hun iedereen iemand iets ik in is ja je jij jou jouw
jullie kan kon konden kunnen kwam laten maar me mee meer mensen met mij mijn moest moet moeten na naar
natuurlijk nee niet niets nog nou nu of om omdat ondanks ons onze ook op over soms steeds te tegen terug
toch toen tot tussen u uit uw van veel vaak verder vind voor waar waren waarom was wat we weer weet wel
welke werd wie wij wil willen word worden wordt zal ze zeg zegt zei zelf zich zij zijn zit zo zoals zonder
zou zouden zullen
"""
_GERMAN = """
aber alle alles als also am an auch auf aus bei beim bin bis bisschen bist da damit dann das dass dem den
denn der des die dies diese dieser doch dort du durch eben eigentlich ein eine einem einen einer eines er es
etwas euch für ganz gar geht gemacht genau gesagt gewesen gibt habe haben halt hat hatte hatten hier ich ihm
ihn ihr ihre im immer in irgendwie ist ja jede jeder jetzt kann kein keine können man mehr mein mich mir mit
muss müssen nach nein nicht nichts noch nur ob oder ohne schon sehr sein seine sich sie sind so soll sondern
sonst über um und uns unser unter viel viele vom von vor war waren warum was wegen weil weiß wenn wer werden
wie wieder will wir wird wo wurde würde zu zum zur zwischen
"""
_FRENCH = """
ai alors après as au aussi autre aux avait avant avec avez avoir avons beaucoup bien c'est ce cela ces cet
cette ceux chaque chez comme comment d'un d'une dans de depuis des donc dont du déjà elle elles en encore
entre es est et eu fait faire fallait faut gens il ils j'ai jamais je jusqu l'on la le les leur leurs lui là
ma mais me mes moi mon même n'est ne nos notre nous on ont ou oui où par parce pas pendant peu peut plus
pour pourquoi pouvait qu'il qu'on quand que quelque quelques qui quoi rien sa sans se selon ses si son sont
suis sur ta te toi ton toujours tous tout toute toutes trop très tu un une va vais vont vos votre vous
vraiment y ça étaient était été être
"""
_SPANISH = """
a ahora al algo algunas algunos allí antes aquí así aunque bien bueno cada casi como cómo con contra cosas
creo cuando cuándo de del desde después dice donde dónde dos el él ella ellas ellos en entonces entre era
eran eres es esa ese eso esos esta está estaba estamos están estar este esto estos estoy fue fueron gente ha
había hace hacer hacia han hasta hay he hemos incluso la las le les lo los luego me menos mi mí mis mucho
muchos muy más nada ni no nos nosotros nuestra nuestro nunca o os otra otro otros para pero poco por porque
pues puede pueden que qué quien quién se sea según ser si sí sido siempre sin sobre somos son soy su sus
también tampoco tan tanto te tenemos tener tengo tiene tienen toda todas todo todos tu tú un una uno unos
usted ustedes vamos ver vez y ya yo
"""

WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": frozenset(_ENGLISH.casefold().split()),
        "nl": frozenset(_DUTCH.casefold().split()),
        "de": frozenset(_GERMAN.casefold().split()),
        "fr": frozenset(_FRENCH.casefold().split()),
        "es": frozenset(_SPANISH.casefold().split()),
    }
)
"""Function words by language, case-folded (``weiss`` for ``weiß``)."""

_ORDER = tuple(WORDS)
_COMBINATIONS = {  # word -> the languages that have it, one character each: chr(place in _ORDER)
    word: "".join(chr(place) for place, language in enumerate(_ORDER) if word in WORDS[language])
    for word in frozenset[str]().union(*WORDS.values())
}
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def detect(text: str) -> str:
    """Return ``en``, ``nl``, ``de``, ``fr`` or ``es``, whichever has the most function words in the text.

    Returns ``und`` if there are fewer than two of them, or if two languages have equally many.

    Examples
    --------
    >>> detect("Nobody told me who was responsible."), detect("Dat was voor ons niet duidelijk.")
    ('en', 'nl')
    >>> detect("Hm."), detect("Ja, precies.")
    ('und', 'und')
    """
    # one count per combination of languages first: that loop over the words runs in C
    plain = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    counts = Counter(map(_COMBINATIONS.get, _TOKEN.findall(plain)))
    votes = [0] * len(_ORDER)
    for combination, words in counts.items():
        for place in combination or "":
            votes[ord(place)] += words
    most = max(votes)
    return _ORDER[votes.index(most)] if most >= 2 and votes.count(most) == 1 else UNDETERMINED


def choose(turns: Iterable[tuple[str, str]]) -> str:
    """Return the language that most words of a transcript are in, given (language, speech) of each turn.

    Turns in no known language have no say; ``und`` if there is no other, or on a tie.
    """
    words: Counter[str] = Counter()
    for language, speech in turns:
        if language != UNDETERMINED:
            words[language] += len(speech.split())
    ranked = words.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return UNDETERMINED
    return ranked[0][0]
