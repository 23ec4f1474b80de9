"""Makes this folder importable, so that every test can say `from studies import make_study`."""

from hypothesis import settings

# A busy machine is slow, not wrong: how long one example takes is no behaviour of the code.
settings.register_profile("mihqda", deadline=None)
settings.load_profile("mihqda")
