"""Who comes in, and as whom: the start address, the tickets in cookies, and the coder's name."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from mihqda.errors import InputError
from mihqda.web.security import cookie_of, same

LONGEST_NAME = 80


class Door:
    """The entrance of one start of the server.

    Parameters
    ----------
    token
        The secret that opens it, again and again.
    ticket
        Another one that opens it once; "" for none.
    coder
        Who codes; "" to let the start page ask.
    is_blind
        Whether each coder sees her own work alone. Then the first name that is given holds for this start of
        the server: whoever could take another's name would see that one's work.
    cookie
        Name of the token's cookie.
    """

    def __init__(self, *, token: str, ticket: str, coder: str, is_blind: bool, cookie: str) -> None:
        self.coder = coder.strip()
        self.is_blind = is_blind
        self._token = token
        self._tickets = {ticket} - {""}
        self._cookie = cookie
        self._coder_cookie = f"{cookie}_coder"

    def admits(self, given: str) -> bool:
        """Tell whether what was given opens the door; a ticket is used up by it."""
        used = {ticket for ticket in self._tickets if same(given, ticket)}
        self._tickets -= used
        return bool(used) or same(given, self._token)

    def let_in(self, answer: Response) -> None:
        """Give the cookie that opens every page."""
        self._give(answer, self._cookie, self._token)

    def coder_of(self, request: Request) -> str:
        """Return who codes in this browser, "" if nobody said so yet."""
        if self.coder or self.is_blind:
            return self.coder
        name = unquote(cookie_of(request.headers, self._coder_cookie))
        return name if len(name) <= LONGEST_NAME and name.isprintable() else ""

    def remember(self, answer: Response, coder: str) -> None:
        """Remember who codes: in this browser, or, blind, in this start of the server."""
        if self.is_blind:
            self.coder = coder
        else:
            self._give(answer, self._coder_cookie, quote(coder))

    @staticmethod
    def _give(answer: Response, name: str, value: str) -> None:
        answer.set_cookie(name, value, httponly=True, samesite="strict", path="/")


def read_coder(body: bytes) -> str:
    """Return the name in the form of the start page.

    Raises
    ------
    InputError
        If there is none, it is too long, or holds control characters.
    """
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=5)
    except ValueError:  # more fields than the form has
        fields = {}
    name = " ".join(fields.get("coder", [""])[0].split())
    if not name:
        raise InputError("a coding needs its coder: type a name")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(f"a name has at most {LONGEST_NAME} letters, and no control characters")
    return name
