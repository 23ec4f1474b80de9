"""What a report says about suggestions: how many codings began as one, and what they were worth."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "section_suggestions": ("Suggestions", "Suggesties"),
    "U1": ("Suggestions and what became of them, by coder", "Suggesties en wat ermee is gedaan, per codeur"),
    "U2": ("What suggestions were worth on this study", "Wat suggesties in dit onderzoek waard waren"),
    "U3": ("What suggestions were worth, by code", "Wat suggesties waard waren, per code"),
    "no_suggestions": (
        "No suggestion was used: every coding was made by a person without one.",
        "Er is geen suggestie gebruikt: elke codering is zonder suggestie door een mens gemaakt.",
    ),
    "began": (
        "{began} of {codings} began as a suggestion that a coder accepted ({bulk} of them in bulk).",
        "{began} van {codings} begon als suggestie die een codeur aannam (waarvan {bulk} in één keer).",
    ),
    "never_counted": (
        "What a suggester proposed and nobody accepted is in no figure of this report.",
        "Wat is voorgesteld en door niemand aangenomen, zit in geen enkel getal van dit rapport.",
    ),
    "not_independent": (
        "A coder who saw suggestions did not code independently of them; agreement between such coders says less.",
        "Wie suggesties zag, codeerde niet onafhankelijk daarvan; overeenstemming tussen zulke codeurs zegt minder.",
    ),
    "col_began": ("Began as a suggestion", "Begon als suggestie"),
    "col_in_bulk": ("In bulk", "In één keer"),
    "col_accepted": ("Accepted", "Aangenomen"),
    "col_changed": ("Changed", "Gewijzigd"),
    "col_rejected": ("Rejected", "Afgewezen"),
    "col_skipped": ("Skipped", "Overgeslagen"),
    "col_seconds": ("Seconds, median", "Seconden, mediaan"),
    "col_measure": ("Measure", "Maat"),
    "col_suggester": ("Suggester", "Suggesties"),
    "col_frequency_rule": ("Most used codes", "Meest gebruikte codes"),
    "col_gain": ("Difference", "Verschil"),
    "col_examples": ("Coded segments", "Gecodeerde segmenten"),
    "col_proposed": ("Proposed", "Voorgesteld"),
    "col_precision": ("Precision", "Precisie"),
    "col_recall": ("Recall", "Recall"),
    "col_average_precision": ("Average precision", "Gemiddelde precisie"),
    "measure_macro_precision": ("Precision, mean over codes", "Precisie, gemiddeld over codes"),
    "measure_macro_recall": ("Recall, mean over codes", "Recall, gemiddeld over codes"),
    "measure_macro_f1": ("F1, mean over codes", "F1, gemiddeld over codes"),
    "measure_macro_average_precision": (
        "Average precision, mean over codes", "Gemiddelde precisie, gemiddeld over codes",
    ),
    "measure_micro_precision": ("Precision, all together", "Precisie, alles samen"),
    "measure_micro_recall": ("Recall, all together", "Recall, alles samen"),
    "measure_micro_f1": ("F1, all together", "F1, alles samen"),
    "measure_recall_at_3": ("Recall among the first three", "Recall bij de eerste drie"),
    "measure_calibration_error": ("Calibration error, all codes", "Kalibratiefout, alle codes"),
    "measure_calibration_error_proposed": (
        "Calibration error, what was proposed", "Kalibratiefout, wat is voorgesteld",
    ),
    "measured_on": (
        "Measured {moment}: suggester {suggester} (version {version}), on {segments} segments ({unit}) of {transcripts} "
        "that were read to the end, {coded} segments with a code; coders: {coders}; {folds} test folds of whole "
        "transcripts, each suggested for by a model that had not seen it.",
        "Gemeten {moment}: suggester {suggester} (versie {version}), op {segments} segmenten ({unit}) van {transcripts} "
        "die zijn uitgelezen, {coded} segmenten met een code; codeurs: {coders}; {folds} testdelen van hele transcripten, "
        "elk met suggesties van een model dat ze niet had gezien.",
    ),
    "measured_same": (
        "Codings, decisions and codes have not changed since.", "Coderingen, beslissingen en codes zijn sindsdien niet veranderd.",
    ),
    "measured_changed": (
        "Codings, decisions or codes have changed since: measure again (`mihqda suggest evaluate STUDY`).",
        "Coderingen, beslissingen of codes zijn sindsdien veranderd: meet opnieuw (`mihqda suggest evaluate STUDY`).",
    ),
    "measured_flattered": (
        "{codings} behind these figures began as suggestions, which flatters them.",
        "{codings} achter deze cijfers begonnen als suggestie; dat maakt de cijfers te gunstig.",
    ),
    "measured_young": (
        "Measured {moment}: the study was too young, with {transcripts} read to the end. Suggestions are unmeasured.",
        "Gemeten {moment}: het onderzoek was nog te jong, met {transcripts} uitgelezen. Suggesties zijn niet gemeten.",
    ),
    "measured_unreadable": (
        "The last evaluation was stored by another version of mihqda and cannot be read here: measure again.",
        "De laatste meting is door een andere versie van mihqda bewaard en is hier niet te lezen: meet opnieuw.",
    ),
    "measured_never": (
        "What suggestions are worth on this study was not measured.",
        "Wat suggesties in dit onderzoek waard zijn, is niet gemeten.",
    ),
    "measured_intervals": (
        "In brackets: 95 % interval, from drawing whole transcripts anew; with few transcripts it is too narrow. “Most used "
        "codes” proposes the same codes for every segment: the floor.",
        "Tussen haken: 95%-interval, door hele transcripten opnieuw te trekken; met weinig transcripten is het te smal. "
        "‘Meest gebruikte codes’ stelt voor elk segment dezelfde codes voor: de ondergrens.",
    ),
    "measured_kappa": (
        "{first} and {second}: kappa {kappa} and alpha {alpha}, medians over the {codes} for which they are defined.",
        "{first} en {second}: kappa {kappa} en alfa {alpha}, medianen over de {codes} waarvoor ze bestaan.",
    ),
    "the_suggester": ("Suggestions", "Suggesties"),
    "measured_too_few": (
        "{codes} with too few examples to measure: {names}.", "{codes} met te weinig voorbeelden om te meten: {names}.",
    ),
    "measured_unused": ("{codes} never used.", "{codes} nooit gebruikt."),
    "everybody": ("all", "allen"),
    "method_suggestions": ("Suggestions", "Suggesties"),
}  # fmt: skip
"""Key -> English, Dutch."""
