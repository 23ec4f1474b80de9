"""Write the rules behind the numbers into docs/counting.md, from where the code keeps them.

python scripts/write_counting_rules.py
"""

from __future__ import annotations

import re
from pathlib import Path

from mihqda.themes.rules import RULES

TARGET = Path(__file__).parent.parent / "docs" / "counting.md"


def rules() -> str:
    """Return the rules as a Markdown list."""
    return "\n".join(f"- **{name.replace('_', ' ')}**: {sentence}" for name, sentence in RULES.items())


if __name__ == "__main__":
    text = TARGET.read_text(encoding="utf-8")
    between = re.compile(r"(<!-- rules:start -->\n).*?(<!-- rules:end -->)", re.DOTALL)
    TARGET.write_text(between.sub(lambda found: f"{found[1]}{rules()}\n{found[2]}", text), encoding="utf-8")
