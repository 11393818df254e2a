"""What a stranger may have written is read strictly: what is not in form is one clear error with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from forkmill import reading
from forkmill.errors import InputError


@pytest.fixture
def file(tmp_path: Path):
    def write(content: bytes | str) -> Path:
        path = tmp_path / "file"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


def test_rows_come_with_the_number_of_their_line(file):
    rows, faults = reading.numbered(file('x,y\n1,2\n"a,b",4\n'), "t.csv", ["x", "y"])
    assert rows == [(2, {"x": "1", "y": "2"}), (3, {"x": "a,b", "y": "4"})]
    assert faults == []


def test_a_row_too_short_or_too_long_is_a_fault_of_its_line_and_the_others_are_read(file):
    rows, faults = reading.numbered(file("x,y\n1\n3,4\n5,6,7\n"), "t.csv")
    assert rows == [(3, {"x": "3", "y": "4"})]
    assert [(fault.what, fault.where) for fault in faults] == [
        ("the row is too short", "t.csv, line 2 (1)"), ("the row is too long", "t.csv, line 4 (5)"),
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("x", ["line 1, column y: a column is missing"]),
        ("x,y,z", ["line 1, column z: an unknown column"]),
        ("x,y,y", ["line 1, column y: a column stands twice"]),
        ("y,x", ["line 1: the columns are in another order"]),
        ("x,z", ["line 1, column y: a column is missing", "line 1, column z: an unknown column"]),
    ],
)
def test_a_header_other_than_expected_is_said_and_no_row_is_read(file, header, said):
    rows, faults = reading.numbered(file(f"{header}\n1,2\n"), "t.csv", ["x", "y"])
    assert rows == []
    assert [f"{fault.where}: {fault.what}" for fault in faults] == [f"t.csv, {one}" for one in said]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xef\xbb\xbfx\n", "byte order mark"),
        (b"x\r\n1\r\n", "lines end as on Windows"),
        (b"x\n\xff\n", "t.csv, line 2: the file is not UTF-8"),
        (b'x\n"open', "cannot be read as CSV"),
        (b"", "the file is empty"),
    ],
)
def test_what_is_no_plain_csv_is_one_fault(file, content, said):
    rows, [fault] = reading.table(file(content), "t.csv")
    assert rows == []
    assert said in str(fault)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\na: 2\n", "the key a stands twice"),
        ("!!python/object/apply:os.getcwd []", "not YAML"),
        ("a: [", "not YAML"),
        ("a: &a [" + "x, " * 2000 + "]\nb: &b [" + "*a, " * 1000 + "]", "stands for too much"),
        ("a: &a [*a]", "stands for too much"),
    ],
)
def test_yaml_that_is_no_plain_data_is_refused(text, said):
    with pytest.raises(InputError, match=said):
        reading.parse(text, "f.yaml")


def test_a_list_is_asked_for_and_a_mapping_is_a_fault(file):
    assert reading.entries(file("- 1\n- 2\n"), "f.yaml") == ([1, 2], [])
    assert reading.entries(file("a: 1\n"), "f.yaml")[1][0].what == "the file holds no list"


def test_a_folder_a_missing_file_and_a_link_to_itself_are_said_as_such(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    for name, said in (("", "a folder stands"), ("absent", "the file is missing"), ("loop", "cannot be read")):
        with pytest.raises(InputError, match=said):
            reading.text(tmp_path / name, "f")


def test_a_stamp_is_another_one_after_any_write_also_one_that_keeps_size_and_time(file, tmp_path):
    path = file("1")
    before, seen = reading.stamp(path, tmp_path / "absent"), path.stat()
    assert before == reading.stamp(path, tmp_path / "absent")
    assert before[1] == ()
    other = tmp_path / "other"
    other.write_text("2", encoding="utf-8")
    os.utime(other, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    other.replace(path)
    assert reading.stamp(path)[0] != before[0]
    assert reading.stamp(path)[0][:2] == before[0][:2], "size and time were to be the same"
