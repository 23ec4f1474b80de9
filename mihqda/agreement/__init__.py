"""Coder against coder: how far two people, or a person and a suggester, code alike."""
