import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import fsspec
import pytest

from pipeline.errors import FihristError
from pipeline.sources import listing
from pipeline.sources.listing import folder_of, list_files, look_again, source_name


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "wires"
    root.mkdir()
    return root


def write(path, data=b"text"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def paths(root, **options):
    return [file.path for file in list_files(str(root), **options)]


def test_files_are_listed_recursively_and_in_order(folder):
    for name in ("b.txt", "a.txt", "2018/z.html", "2018/10/y.txt"):
        write(folder / name)
    assert paths(folder) == ["a.txt", "b.txt", "2018/z.html", "2018/10/y.txt"]


def test_a_file_is_described_by_source_path_size_and_time(folder):
    file = write(folder / "2018" / "a.txt", b"12345")
    os.utime(file, (1_539_708_300, 1_539_708_300))
    listed = next(iter(list_files(str(folder))))
    assert (listed.source, listed.path, listed.uri, listed.size) == ("wires", "2018/a.txt", "wires/2018/a.txt", 5)
    assert listed.location == str(file)
    assert listed.modified_at == datetime(2018, 10, 16, 16, 45, tzinfo=UTC)


def test_the_source_can_be_named(folder):
    write(folder / "a.txt")
    assert next(iter(list_files(str(folder), name="sana"))).uri == "sana/a.txt"


def test_a_single_file_belongs_to_its_folder(folder):
    file = write(folder / "a.txt")
    listed = list(list_files(str(file)))
    assert [(entry.source, entry.path) for entry in listed] == [("wires", "a.txt")]
    assert source_name(str(file)) == "wires"


def test_hidden_and_unfinished_names_are_left_out(folder):
    for name in (".hidden", ".git/config", "a.txt.part", "b.tmp", "c.txt~", "#d.txt#", "e.PARTIAL", "kept.txt"):
        write(folder / name)
    assert paths(folder) == ["kept.txt"]


def test_a_pattern_selects_paths(folder):
    for name in ("2018/a.txt", "2018/10/b.txt", "2019/c.txt"):
        write(folder / name)
    assert paths(folder, pattern="2018/*.txt") == ["2018/a.txt", "2018/10/b.txt"]


def test_links_out_of_the_folder_and_loops_are_not_followed(folder):
    outside = write(folder.parent / "secret.txt")
    write(folder / "a.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "up").symlink_to(folder.parent)
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "gone")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    (folder / "again.txt").symlink_to(folder / "a.txt")
    assert paths(folder) == ["a.txt"]


def test_links_to_what_a_mounted_volume_hides_are_followed(folder):
    write(folder / "..data" / "a.txt")
    (folder / "a.txt").symlink_to(folder / "..data" / "a.txt")
    assert paths(folder) == ["a.txt"]


def test_pipes_are_left_out(folder):
    os.mkfifo(folder / "pipe.txt")
    assert paths(folder) == []


@pytest.mark.parametrize("name", ["new\nline.txt", "\u202eعربي.txt", 'it\'s "q" & <b>.txt', "ا" * 125 + ".txt"])
def test_odd_names_are_kept(folder, name):
    write(folder / name)
    assert paths(folder) == [name]


def test_names_that_are_no_unicode_are_written_as_escapes_and_stay_apart(folder):
    for raw in (b"\xc8\xc7.txt", rb"\xc8\xc7.txt"):
        write(folder / os.fsdecode(raw))
    listed = list(list_files(str(folder)))
    assert sorted(file.path for file in listed) == [r"\\xc8\\xc7.txt", r"\xc8\xc7.txt"]
    assert all(Path(file.location).exists() for file in listed)
    assert len({file.id for file in listed}) == 2


def test_a_missing_folder_is_a_clear_error(tmp_path):
    with pytest.raises(FihristError, match=r"No such file or directory.*give an existing folder"):
        list(list_files(str(tmp_path / "nowhere")))


@pytest.mark.parametrize("address", ["nosuch://bucket/a", "memory://nowhere"])
def test_an_address_that_nothing_opens_is_a_clear_error(address):
    with pytest.raises(FihristError, match=r"can't be opened|does not exist"):
        list(list_files(address))


def test_a_bucket_is_listed_like_a_folder():
    memory = fsspec.filesystem("memory")
    for name in ("b.txt", "2018/a.txt", ".hidden/c.txt", "d.part"):
        memory.pipe(f"/bucket/wires/{name}", b"text")
    listed = list(list_files("memory://bucket/wires"))
    assert [(file.uri, file.size) for file in listed] == [("wires/2018/a.txt", 4), ("wires/b.txt", 4)]
    assert listed[0].location == "memory:///bucket/wires/2018/a.txt"
    assert listed[0].modified_at.tzinfo is UTC


@pytest.mark.parametrize(("seconds", "year"), [(2.0**55, 9999), (-(2.0**55), 1), (0.0, 1970)])
def test_a_time_beyond_all_dates_does_not_stop_the_listing(tmp_path, monkeypatch, seconds, year):
    (tmp_path / "a.txt").write_text("text")
    (file,) = list_files(str(tmp_path))
    status = SimpleNamespace(st_size=4, st_mtime=seconds)  # the disk that tests run on may not hold such times
    monkeypatch.setattr("pipeline.sources.listing.os.stat", lambda location: status)
    assert look_again(file).modified_at.year == year


@pytest.mark.parametrize("ending", ["", "/", "/../wires"])
def test_the_root_of_every_file_is_that_of_its_folder(folder, ending):
    write(folder / "2018" / "a.txt")
    write(folder / os.fsdecode(b"\xc8\xc7.txt"))
    assert {file.root for file in list_files(f"{folder}{ending}")} == {folder_of(f"{folder}{ending}")} == {f"{folder}/"}


def test_a_single_file_has_no_folder_of_its_own(folder):
    assert folder_of(str(write(folder / "a.txt"))) is None


def test_a_folder_that_can_t_be_read_is_told_and_not_taken_for_empty(folder, monkeypatch):
    for name in ("a.txt", "2018/b.txt"):
        write(folder / name)
    real = listing._entries

    def refuses(place):
        if place.endswith("2018"):
            raise PermissionError(13, "Permission denied")
        return real(place)

    monkeypatch.setattr(listing, "_entries", refuses)
    skipped = []
    assert paths(folder, skipped=skipped.append) == ["a.txt"]
    assert skipped == ["2018/"]


def test_a_root_that_can_t_be_read_is_a_clear_error(folder, monkeypatch):
    def fails(place):
        raise OSError(116, "Stale file handle")

    monkeypatch.setattr(listing, "_entries", fails)
    with pytest.raises(FihristError, match="is its disk mounted and well"):
        paths(folder)
