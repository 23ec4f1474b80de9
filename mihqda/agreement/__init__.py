"""Coder against coder: how far two people, or a person and a suggester, code alike.

`kappa` and `alpha` are the two figures, `bootstrap` gives them intervals by drawing whole transcripts anew, `layers` compares
coders code by code over the segments that both read.
"""

from mihqda.agreement.alpha import nominal_alpha
from mihqda.agreement.bootstrap import cluster_bootstrap
from mihqda.agreement.kappa import cohen_kappa
from mihqda.agreement.layers import compare_layers

__all__ = ["cluster_bootstrap", "cohen_kappa", "compare_layers", "nominal_alpha"]
