"""The rules of `mihqda.themes.rules` in Dutch; the English ones are the source."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES_NL: Mapping[str, str] = MappingProxyType({
    "people": (
        "De mensen van een codering zijn degenen die aan het woord zijn in de beurten waarmee zij meer dan witruimte "
        "deelt; interviewers zijn geen data tenzij daarom is gevraagd, en luistergeluiden (‘hm’, ‘ja, precies’) "
        "tellen voor niemand."
    ),
    "exclusions": (
        "Een codering waarin niemand spreekt die data is (alleen een beurt van de interviewer, een luistergeluid of "
        "een kopje) telt nergens mee en wordt vermeld."
    ),
    "participants": (
        "Verschillende geregistreerde mensen met ten minste één codering van het thema; wie zowel in een interview als "
        "in een focusgroep zat, is één deelnemer."
    ),
    "N": (
        "Alle geregistreerde mensen van de groep, gehoord of niet; alleen een selectie op mensen (groep, rol, "
        "organisatie, deelnemer) maakt N kleiner."
    ),
    "N_asked": (
        "Geregistreerde mensen van de groep aan wie naar het thema of een code erboven is gevraagd, henzelf of in een "
        "sessie waarin zij spreken; onbepaald waar niet is vastgelegd wie wat is gevraagd."
    ),
    "plus_minus_mixed": (
        "Deelnemers met ten minste één codering met +, met ten minste één met −, en met beide of met één die als "
        "gemengd is gemarkeerd; wie beide heeft, staat in alle drie."
    ),
    "mentions": (
        "Twee coderingen van een thema horen bij dezelfde uitspraak als ze overlappen, of als er alleen witruimte, "
        "labels of luistergeluiden tussen staan, en ze een persoon delen; één uitspraak kan meerdere van zulke "
        "coderingen bevatten, van meerdere codeurs."
    ),
    "mentions_of_a_group": (
        "Een groep telt de uitspraken waarin een van haar mensen spreekt; een uitspraak die twee groepen delen telt in "
        "beide, zodat de groepen niet optellen tot het totaal."
    ),
    "codings": (
        "Verschillende coderingen, die van elke codeur apart, waarin een van de mensen van de groep spreekt."
    ),
    "sessions": (
        "Verschillende sessies met een codering van het thema waarin een van de mensen van de groep spreekt."
    ),
    "rate": (
        "De uitspraken van de groep per 1.000 woorden van haar deelnemers in de gekozen transcripten (een gedeelde "
        "beurt telt één keer), met de laagste en de hoogste waarde van de afzonderlijke deelnemers die woorden hebben; "
        "niet vergelijkbaar tussen talen of tussen interviews en focusgroepen."
    ),
    "all": (
        "Alle geregistreerde mensen voor deelnemers en N, iedereen die data is voor uitspraken, coderingen en sessies, "
        "en de uitspraken en woorden van geregistreerde mensen voor de verhouding per 1.000 woorden."
    ),
    "unassigned": (
        "Coderingen waarin iemand spreekt die niet in het register staat, tellen voor uitspraken, coderingen en "
        "sessies, in een eigen rij, nooit als deelnemer."
    ),
    "interviewer": "De beurten van de interviewers, een eigen rij zonder N, alleen als daarom is gevraagd.",
    "parents": (
        "Een bovenliggende code verenigt de coderingen van alle codes eronder; de aantallen worden nooit opgeteld."
    ),
    "queries": (
        "`A or B` verenigt de coderingen; `A and B` neemt de tekst die coderingen van beide bedekken en de mensen die "
        "daarin spreken; `not C` laat een codering vallen die overlapt met een van C waarin iemand anders dan een "
        "interviewer spreekt."
    ),
    "filters": (
        "Een selectie op codes of valenties houdt over wat ten minste één genoemde codering bevat; de andere coderingen "
        "van de gekozen codeurs tellen nog mee voor `and`, `not` en de fasen."
    ),
    "several": (
        "Een codering over de woorden van meerdere mensen telt voor elk van hen en wordt vermeld, omdat zij niet bewijst "
        "dat ieder van hen het zei."
    ),
    "phases": (
        "Thema per fase telt de mensen die spreken in de tekst die een codering van het thema en een van de fase "
        "allebei bedekken, en de uitspraken die uit zulke tekst bestaan."
    ),
    "frequencies": "De eigen coderingen van een code; codes eronder worden niet meegeteld.",
    "cooccurrence": (
        "Bij overlap: het aantal aaneengesloten stukken tekst dat beide codes bedekken, wie ze ook codeerde, en de mensen "
        "die daarin spreken; bij een andere eenheid: het aantal eenheden met coderingen van beide, en de mensen die in "
        "dezelfde eenheid spreken in de tekst van beide codes; bovenliggende codes tellen niet mee."
    ),
    "no_tests": (
        "Aantallen in kleine, doelgericht gekozen groepen beschrijven wie wat zei; ze worden niet getoetst, niet in "
        "percentages omgezet en zijn geen maat voor belang, en zwijgen is geen afwezigheid."
    ),
})  # fmt: skip
"""Name -> one sentence; the names are those of `mihqda.themes.rules.RULES`."""
