"""Codebooks: codes with their rules as versioned, plain data."""

from mihqda.codebook.model import Code, Codebook, Link

__all__ = ["Code", "Codebook", "Link"]
