import json
import os
import pickle
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_encoder import (
    DIMENSION,
    VOCABULARY,
    WORDS,
    make_module,
    use_installed_or_stand_ins,
    vector_of,
    write_model,
)

from mihqda.errors import ConflictError, InputError, PluginError
from mihqda.suggest import embeddings
from mihqda.suggest.embeddings import cut_windows, load_encoder
from mihqda.suggest.engines import mean_pool, normalise

TEXTS = ["team plan", "geen uren, geen tijd", "", "no hours for the plan", "team plan", "werk " * 30]


@pytest.fixture(autouse=True)
def _libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    use_installed_or_stand_ins(monkeypatch)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_model(tmp_path / "tiny")


def hidden(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Make a library look as if it were not installed, for whoever asks."""
    find = embeddings.find_spec
    for module in ("mihqda.suggest.embeddings", "mihqda.suggest.engines"):
        monkeypatch.setattr(f"{module}.find_spec", lambda one: None if one == name else find(one))


def test_a_text_becomes_the_mean_of_its_tokens_of_length_one(model: Path) -> None:
    found = load_encoder(model).encode(["team plan", "geen uren", "unheard of"])
    assert found.dtype == np.float32
    expected = [vector_of(text) for text in ("team plan", "geen uren", "unheard of")]
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_padding_and_the_other_texts_of_a_batch_change_nothing(model: Path) -> None:
    encoder = load_encoder(model)
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_a_text_without_words_is_zeros_and_no_texts_are_no_rows(model: Path) -> None:
    encoder = load_encoder(model)
    assert not encoder.encode(["", " \n"]).any()
    assert encoder.encode([]).shape == (0, DIMENSION)


def test_a_long_text_is_the_mean_of_its_windows(model: Path) -> None:
    text = " ".join(WORDS[at % 7] for at in range(401))
    windows = cut_windows(text)
    assert len(windows) == 3
    mean = np.mean([vector_of(window) for window in windows], axis=0)
    np.testing.assert_allclose(load_encoder(model).encode([text])[0], mean / np.linalg.norm(mean), atol=1e-5)


def test_windows_fit_what_the_model_reads(model: Path) -> None:
    (model / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 16}), encoding="utf-8")
    text = "team " * 10 + "plan " * 10  # cut at 16 tokens, no plan would be seen
    windows = cut_windows(text, 10)
    mean = np.mean([vector_of(window) for window in windows], axis=0)
    np.testing.assert_allclose(load_encoder(model).encode([text])[0], mean / np.linalg.norm(mean), atol=1e-5)


@given(st.lists(st.text("ab é\n\t ", max_size=5), max_size=40), st.integers(1, 9))
def test_windows_hold_every_word_once_and_in_order(words: list[str], size: int) -> None:
    text = " ".join(words)
    windows = cut_windows(text, size)
    assert [word for window in windows for word in window.split()] == text.split()
    lengths = [len(window.split()) for window in windows]
    assert max(lengths) <= size
    assert max(lengths) - min(lengths) <= 1


def test_pooling_leaves_masked_tokens_out() -> None:
    states = np.array([[[1, 0], [3, 4], [99, 99]]], np.float32)
    assert mean_pool(states, np.array([[1, 1, 0]], np.float32)).tolist() == [[2, 2]]
    assert mean_pool(states, np.zeros((1, 3), np.float32)).tolist() == [[0, 0]]
    assert normalise(np.array([[3, 4], [0, 0]], np.float32)).tolist() == pytest.approx(
        np.array([[0.6, 0.8], [0, 0]])
    )


def test_a_model_in_the_subfolder_onnx_is_found(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "hub")
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx" / "model.onnx")
    np.testing.assert_allclose(load_encoder(folder).encode(["team"])[0], vector_of("team"), atol=1e-6)


def test_pooling_by_the_first_token_is_honoured(model: Path) -> None:
    (model / "1_Pooling").mkdir()
    (model / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}', encoding="utf-8")
    first, second = load_encoder(model).encode(["team", "plan"])
    np.testing.assert_allclose(first, second)


def test_name_and_hash_are_those_of_the_folder_and_its_files(model: Path, tmp_path: Path) -> None:
    encoder = load_encoder(model)
    assert encoder.name == "tiny"
    assert encoder.hash == load_encoder(write_model(tmp_path / "copy")).hash
    tokens = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))
    tokens["model"]["vocab"]["plan"] = VOCABULARY["team"]
    (model / "tokenizer.json").write_text(json.dumps(tokens), encoding="utf-8")
    assert load_encoder(model).hash != encoder.hash


def test_a_changed_model_is_told_from_the_one_that_was_recorded(model: Path) -> None:
    recorded = load_encoder(model).hash
    assert load_encoder(model, expected=recorded).hash == recorded
    with pytest.raises(ConflictError, match=f"has changed.*{recorded[:12]}.*anew"):
        (model / "sentence_bert_config.json").write_text("{}", encoding="utf-8")
        load_encoder(model, expected=recorded)


def test_a_name_that_is_no_folder_downloads_nothing(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"no such folder.*nothing is downloaded.*model\.onnx.*or go on without"
    ):
        load_encoder("some-published-model")
    with pytest.raises(InputError, match="no such folder"):
        load_encoder(tmp_path / "model.onnx")


def test_missing_and_damaged_files_are_named(model: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"no model\.onnx in it"):
        load_encoder(tmp_path / "empty")
    tokens = (model / "tokenizer.json").read_bytes()
    (model / "tokenizer.json").write_bytes(b"not json")
    with pytest.raises(InputError, match=r"tokenizer\.json cannot be read \(\w+\); copy"):
        load_encoder(model)
    (model / "tokenizer.json").unlink()
    with pytest.raises(InputError, match=r"no tokenizer\.json"):
        load_encoder(model)
    (model / "tokenizer.json").write_bytes(tokens)
    (model / "model.onnx").write_bytes(b"cut off")
    with pytest.raises(InputError, match=r"model\.onnx cannot be read \(\w+\)"):
        load_encoder(model)


def test_a_model_that_is_no_sentence_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"takes .*pixels.*; a sentence encoder takes input_ids"):
        load_encoder(write_model(tmp_path / "images", extra_input="pixels"))
    with pytest.raises(InputError, match="no sentence encoder"):
        load_encoder(write_model(tmp_path / "numbers", output_dimensions=2))


@pytest.mark.parametrize("name", ["onnxruntime", "tokenizers"])
def test_a_missing_package_says_what_to_install(
    model: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden(monkeypatch, name)
    with pytest.raises(PluginError, match=rf"{name}.*pip install 'mihqda\[embeddings\]'"):
        load_encoder(model)


def test_sentence_transformers_runs_its_own_folders_offline(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {}

    class Model:
        max_seq_length = 256

        def __init__(self, path: str, **options: object) -> None:
            asked.update(options, path=path)

        def encode(self, texts: list[str], **options: object) -> object:
            assert options["normalize_embeddings"]
            return np.array([vector_of(text) for text in texts])

    monkeypatch.setitem(
        sys.modules, "sentence_transformers", make_module("sentence_transformers", SentenceTransformer=Model)
    )
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.setenv(name, "0")
    (model / "modules.json").write_text("[]", encoding="utf-8")
    found = load_encoder(model).encode(["team plan"])
    np.testing.assert_allclose(found, [vector_of("team plan")], atol=1e-6)
    assert asked == {"path": str(model), "device": "cpu", "local_files_only": True}
    assert os.environ["HF_HUB_OFFLINE"] == os.environ["TRANSFORMERS_OFFLINE"] == "1"


def test_a_folder_of_sentence_transformers_falls_back_to_its_onnx_model(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden(monkeypatch, "sentence_transformers")
    (model / "modules.json").write_text("[]", encoding="utf-8")
    np.testing.assert_allclose(load_encoder(model).encode(["team"])[0], vector_of("team"), atol=1e-6)
    (model / "model.onnx").unlink()
    with pytest.raises(PluginError, match="pip install sentence-transformers, or"):
        load_encoder(model)


def test_the_cache_spares_the_model_and_holds_no_text(model: Path, tmp_path: Path) -> None:
    kept = tmp_path / "cache"
    first = load_encoder(model, cache=kept)
    expected = first.encode(TEXTS)
    (file,) = kept.iterdir()
    assert b"geen" not in file.read_bytes()
    second = load_encoder(model, cache=kept)
    second._engine = SimpleNamespace(run=lambda texts: pytest.fail("the model ran"), limit=512)
    second._dimension = DIMENSION
    np.testing.assert_array_equal(second.encode(TEXTS), expected)
    assert second.messages == ()


@pytest.mark.parametrize("at", [0, 3, 30, 100, 200, 400, 700, -40, -5, None])
def test_a_damaged_cache_is_computed_anew_with_a_message(model: Path, tmp_path: Path, at: int | None) -> None:
    kept = tmp_path / "cache"
    expected = load_encoder(model, cache=kept).encode(TEXTS)
    (file,) = kept.iterdir()
    data = bytearray(file.read_bytes())
    if at is None:
        del data[len(data) // 2 :]
    else:
        data[at] ^= 0xFF
    file.write_bytes(data)
    again = load_encoder(model, cache=kept)
    np.testing.assert_array_equal(again.encode(TEXTS), expected)
    if again.messages:  # a byte that says nothing, such as a time in the archive, may change unseen
        assert "computed anew" in again.messages[0]
        assert load_encoder(model, cache=kept).messages == ()


def test_the_cache_of_another_model_is_not_used(model: Path, tmp_path: Path) -> None:
    kept = tmp_path / "cache"
    load_encoder(model, cache=kept).encode(TEXTS)
    (file,) = kept.iterdir()
    (model / "1_Pooling").mkdir()
    (model / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}', encoding="utf-8")
    other = load_encoder(model)
    file.rename(kept / f"embeddings-{other.hash[:16]}.npz")
    again = load_encoder(model, cache=kept)
    assert "of another model or version; the embeddings are computed anew" in again.messages[0]
    np.testing.assert_array_equal(again.encode(TEXTS), other.encode(TEXTS))


def test_a_cache_that_cannot_be_written_is_told_once_and_does_without(model: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    encoder = load_encoder(model, cache=tmp_path / "cache")
    expected = load_encoder(model).encode(TEXTS)
    for _ in range(2):
        np.testing.assert_array_equal(encoder.encode(TEXTS), expected)
    encoder.encode(["werk"])
    assert len(encoder.messages) == 1
    assert "cannot be written" in encoder.messages[0]


def test_an_encoder_goes_to_another_process_by_its_folder(model: Path) -> None:
    encoder = load_encoder(model)
    copy = pickle.loads(pickle.dumps(encoder))
    np.testing.assert_array_equal(copy.encode(TEXTS), encoder.encode(TEXTS))


def test_progress_counts_windows(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mihqda.suggest.embeddings.AT_ONCE", 2)
    seen: list[tuple[int, int]] = []
    load_encoder(model).encode(["team", "plan", "tijd"], progress=lambda done, of: seen.append((done, of)))
    assert seen == [(2, 3), (3, 3)]
