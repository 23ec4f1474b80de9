from mihqda.themes import RULES
from mihqda.themes.table import COLUMNS


def test_every_counted_column_has_its_rule() -> None:
    ruled = {*RULES, *RULES["plus_minus_mixed"].split()} | {"plus", "minus", "mixed", "rate_low", "rate_high"}
    assert set(COLUMNS) - {"theme", "group"} <= ruled


def test_rules_are_single_sentences() -> None:
    for name, rule in RULES.items():
        assert rule.endswith("."), name
        assert ". " not in rule, name
        assert "  " not in rule, name


def test_rules_claim_no_significance_and_no_percentages() -> None:
    assert not [rule for rule in RULES.values() if "significan" in rule or "%" in rule]
