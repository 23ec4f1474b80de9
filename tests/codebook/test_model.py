

def test_a_code_travels_to_another_process() -> None:
    code = Code("a", "A", examples=("one",), attributes={"name_nl": "B", "keywords_nl": ["c"]})
    assert pickle.loads(pickle.dumps(code)) == code
