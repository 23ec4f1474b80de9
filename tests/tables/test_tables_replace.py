import errno
import os
from unittest import mock

import pytest

from mihqda.errors import InputError
from mihqda.tables import write_csv
from mihqda.tables.replace import replacing


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_new_file_takes_the_place_of_the_old_one(tmp_path):
    target = tmp_path / "x.bin"
    target.write_bytes(b"old")
    with replacing(target) as file:
        file.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert files(tmp_path) == ["x.bin"]


def test_an_error_or_an_interruption_leaves_the_old_file_alone(tmp_path):
    target = tmp_path / "x.bin"
    target.write_bytes(b"old")

    def write_half(error):
        with replacing(target) as file:
            file.write(b"half")
            raise error

    for error in (RuntimeError, KeyboardInterrupt):
        with pytest.raises(error):
            write_half(error)
    assert target.read_bytes() == b"old"
    assert files(tmp_path) == ["x.bin"]


@pytest.mark.parametrize(
    ("number", "way_out"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "read-only, or open in Excel"),
        (errno.EROFS, "read-only"),
        (errno.ENOENT, "does not exist"),
        (errno.EIO, "choose another folder"),
    ],
)
@pytest.mark.parametrize("call", ["os.fsync", "os.replace"])
def test_what_the_system_refuses_is_explained(tmp_path, number, way_out, call):
    target = tmp_path / "x.csv"
    target.write_bytes(b"old")
    with (
        mock.patch(call, side_effect=OSError(number, os.strerror(number))),
        pytest.raises(InputError, match=rf"x\.csv: cannot be written: .*{way_out}"),
    ):
        write_csv(target, ["a"], [["b"]])
    assert target.read_bytes() == b"old"
    assert files(tmp_path) == ["x.csv"]


def test_a_missing_folder_and_a_folder_as_target_are_refused(tmp_path):
    with pytest.raises(InputError, match="the folder does not exist; make it first"):
        write_csv(tmp_path / "none" / "x.csv", ["a"], [])
    with pytest.raises(InputError, match="not a file"):
        write_csv(tmp_path, ["a"], [])
    with pytest.raises(InputError, match="not a file"):
        write_csv(tmp_path / ".." / tmp_path.name, ["a"], [])


def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "x.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    try:
        link.symlink_to(target)
    except OSError:  # Windows without the right to make links: nothing to keep
        return
    write_csv(link, ["a"], [])
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8-sig") == "a\n"


def test_the_file_gets_the_usual_rights(tmp_path):
    plain = tmp_path / "plain"
    plain.touch()
    write_csv(tmp_path / "x.csv", ["a"], [])
    assert (tmp_path / "x.csv").stat().st_mode == plain.stat().st_mode
