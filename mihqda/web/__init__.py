"""Coding in the browser, on this machine only: a thin layer over Project. Needs the extra ``mihqda[web]``."""
