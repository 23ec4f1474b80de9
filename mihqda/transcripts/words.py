"""Words that decide whether a short line beginning is a speaker's label; compared case-folded."""

from __future__ import annotations


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


PEOPLE = _split(
    """
interviewer interviewers interviewee interviewees moderator moderators facilitator researcher researchers
observer host assistant translator interpreter speaker speakers respondent respondents informant person
people participant patient patients client clients nurse doctor physician manager man woman men women male
female voice unknown unidentified several multiple all everyone group audience expert student teacher mother
father parent relative interviewster geïnterviewde gespreksleider gespreksleidster onderzoeker spreker
sprekers deelnemer deelneemster persoon patiënt cliënt bewoner mantelzorger verpleegkundige arts huisarts
tolk vrouw stem onbekend onbekende meerdere allen iedereen groep mannen vrouwen interviewerin moderatorin
sprecher sprecherin teilnehmer teilnehmerin befragte befragter forscher forscherin proband probandin mann
frau unbekannt alle mehrere gruppe pflegekraft arzt ärztin dolmetscher intervieweur intervieweuse enquêteur
enquêtrice animateur animatrice modérateur modératrice locuteur locutrice participante répondant répondante
homme femme inconnu tous plusieurs groupe infirmière médecin entrevistador entrevistadora entrevistado
entrevistada moderador moderadora hablante investigador investigadora hombre mujer desconocido todos varios
grupo enfermera médico co comoderator
"""
)
"""Words for a person who speaks; a label made of these and of numbers or names is a speaker's."""

NUMBERS = _split(
    """
one two three four five six seven eight nine ten een één twee drie vier vijf zes zeven acht negen tien eins
zwei drei fünf sechs sieben neun zehn
"""
)
"""Numbers that tell speakers apart ("Speaker two")."""

PARTICLES = _split(
    """
de den der het 't van von vom zu zur ten ter te op la le les el al du des di da dal dos do e y bin ibn
"""
)
"""Words of a name that need no capital."""

GIVEN_NAMES = _split(
    """
al an ben dan des mark may mit noch son ton va van was wil will eva elle
"""
)
"""First names that are function words in one of the languages."""

VERBS = _split(
    """
says asked asks answered thought thinks replied zegt zeg vroeg vraagt dacht denkt antwoordde sagte fragte
meinte dachte disait demande demandé dijo decía preguntó following volgende folgende folgendes suivant
siguiente
"""
)
"""Words that introduce reported speech or a list; no label begins or ends with one."""

OPENERS = _split(
    """
okay ok oké oke yeah yep hm hmm mm uh um er oh ah eh right sure exactly honestly frankly actually basically
obviously look listen anyway finally first firstly second secondly third another next last bijvoorbeeld
beispielsweise kijk luister eerlijk gewoon verder tenslotte trouwens eerste tweede derde ander andere
volgende laatste ehrlich genau klar erstens zweitens drittens nächste letzte bon bref voilà premièrement
deuxièmement vale mira oye primero segundo
"""
)
"""Words that open a sentence of speech, beside function words."""

EVENTS = _split(
    """
laughs laughter laughing laugh inaudible unintelligible unclear pause silence crosstalk music applause sighs
cough coughs noise phone lacht lachen gelach onverstaanbaar stilte hoest zucht muziek unverständlich stille
musik rire rires risas risa sic redacted anonymised anonymized name naam
"""
)
"""What transcribers put into brackets that is nobody's label."""

DETAILS = _split(
    """
date datum fecha time tijd tijdstip zeit uhrzeit hora location locatie ort lieu lugar place plaats duration
duur dauer durée duración length file bestand datei fichier archivo recording recorded opname aufnahme
enregistrement grabación audio video title titel titre título version versie transcriber transcriptionist
transcribed transcript transcription transcriptie transkript transkription transcripteur attendees present
aanwezig aanwezigen anwesend anwesende présents asistentes participants deelnemers participantes language
taal sprache langue idioma site setting mode interview id code session sessie sitzung sesión keywords
speakers started start kind number nummer
"""
)
"""Keys of the particulars at the head of a transcript ("Date: …"), which are no speech."""

REMARKS = _split(
    """
note notes nota notitie notities noot anmerkung anmerkungen notiz notizen remark remarks opmerking
opmerkingen bemerkung remarque remarques observación comment comments commentaar kommentar commentaire
comentario nb n.b ps p.s example examples voorbeeld beispiel exemple ejemplo e.g bijv z.b topic topics theme
themes thema thema's themen thème tema section part deel teil partie parte chapter point points issue
problem context conclusion conclusie fazit summary samenvatting zusammenfassung résumé resumen source bron
quelle http https www mailto tel email e-mail url re cc ad end einde ende fin tip warning important week
year step stap fase phase stage
"""
)
"""Words of remarks, headings and addresses in a transcript, which are no label."""
