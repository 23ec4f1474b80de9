"""Proposals for codes, never codings: only a person's decision makes one of them a coding.

In the order of the work: `material` cuts the study into segments with what is known of each; a suggester
learns from them (`suggesters` finds it by name) and scores; `propose` makes suggestions of the scores; `order` queues them for
review; `evaluate` says what they are worth on this study; `stop` estimates what is still unread.
"""

from mihqda.suggest.model import Evidence, Scores, Suggester, Suggestion

__all__ = ["Evidence", "Scores", "Suggester", "Suggestion"]
