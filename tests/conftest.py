"""Makes this folder importable, so that every test can say `from studies import make_study`."""
