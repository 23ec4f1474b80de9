"""Stage 3: codes applied to spans of transcripts by coders."""

from mihqda.codings.model import VALENCES, Coding, Valence, new_id, parse_valence

__all__ = ["VALENCES", "Coding", "Valence", "new_id", "parse_valence"]
