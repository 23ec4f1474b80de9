"""Abbreviations and other small words by which a full stop is judged: English, Dutch, German in one list.

One list for all languages, because interviews mix them. In lower case, without the last full stop.
"""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


NEVER_LAST = _words(
    "dr drs prof mr mrs ms messrs st ir ing mw mevr dhr hr fr frl",
    "e.g i.e eg ie cf vs viz approx",
    "bijv bv d.w.z dwz zgn evt incl excl resp ca nr nrs vgl",
    "bzw bspw evtl ggf sog inkl exkl zzgl abzgl insb insbes mio mrd tsd",
)
"""What follows belongs to the same sentence, however it is written: "Dr. Smith", "bijv. De Hoven"."""

MAYBE_LAST = _words(
    "etc inc ltd corp dept jr sr a.m p.m ph.d max min",
    "enz e.d e.a o.i.d b.v n.v nl",
    "usw usf uvm u.v.m u.a.m u.ä o.ä dgl std sek",
)
"""The sentence ends here if a capital follows; in German, where nouns have one, if one of `STARTERS` does."""

BEFORE_NUMBERS = _words(
    "no nos art fig figs vol par hst blz pag pp kap abs bd tel",
    "jan feb mrt apr aug sep sept okt oct nov dec dez",
)
"""Abbreviations before a digit only ("No. 5"); elsewhere they are words and names."""

MONTHS = _words(
    "january february march april may june july august september october november december",
    "januari februari maart mei juni juli augustus oktober",
    "januar februar märz mai dezember",
)

STARTERS = _words(
    "i we he she it they you and but so then that this there these those what when if because or the my our",
    "ik wij ze zij hij het dat dit en maar dus toen er als want die een daar wat mijn ons nee ja",
    "ich wir sie es und aber dann das der da weil wenn also nein man mein unser",
)
"""Words that begin sentences and are no names: after "U.S." or "plan B." they show that it is an end."""
