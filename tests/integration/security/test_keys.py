"""The life of API keys on a real server: made once, kept, rotated, withdrawn; each in a file of its own."""

import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import AuthenticationException, Elasticsearch

from pipeline.security.check import check_key
from pipeline.security.keys import Key, Terms, key_file, set_up
from pipeline.security.roles import WHO

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def admin(secure: Any) -> Iterator[Elasticsearch]:
    with secure.admin as client:
        yield client


@pytest.fixture
def prefix(request: pytest.FixtureRequest) -> str:
    """Roles and keys of a test's own."""
    return f"{request.node.name.replace('_', '-')[:40]}-"


def works(admin: Elasticsearch, key: Key) -> bool:
    try:
        admin.options(api_key=key.secret).security.authenticate()
    except AuthenticationException:
        return False
    return True


def test_each_key_is_in_a_file_that_only_its_owner_reads(admin: Elasticsearch, prefix: str, tmp_path: Path) -> None:
    folder = tmp_path / "security"
    made = set_up(admin, folder, prefix=prefix)
    assert [key.who for key in made] == list(WHO)
    assert all(key.made for key in made)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"{prefix}{who}.key" for who in WHO)
    for key in made:
        file = key_file(folder, key.who, prefix)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_text() == key.secret
        assert key.secret not in repr(key)


def test_doing_it_again_keeps_the_keys(admin: Elasticsearch, prefix: str, tmp_path: Path) -> None:
    first = set_up(admin, tmp_path, prefix=prefix)
    again = set_up(admin, tmp_path, prefix=prefix)
    assert [(key.id, key.secret) for key in again] == [(key.id, key.secret) for key in first]
    assert not any(key.made for key in again)
    assert all(key.others == 0 for key in again)


def test_a_kept_key_is_given_the_role_as_it_is_now(admin: Elasticsearch, prefix: str, tmp_path: Path) -> None:
    old = admin.security.create_api_key(name=f"{prefix}fihrist-ops", role_descriptors={"old": {"cluster": ["all"]}})
    key_file(tmp_path, "ops", prefix).write_text(old["encoded"])
    client = admin.options(api_key=old["encoded"])
    assert "all" in check_key(client, "ops", prefix).beyond
    kept = set_up(admin, tmp_path, prefix=prefix, who=["ops"])
    assert [(key.id, key.made) for key in kept] == [(old["id"], False)]
    assert check_key(client, "ops", prefix).ok


def test_rotation_makes_new_keys_and_withdraws_the_old(admin: Elasticsearch, prefix: str, tmp_path: Path) -> None:
    first = set_up(admin, tmp_path, prefix=prefix)
    rotated = set_up(admin, tmp_path, prefix=prefix, who=["staff"], terms=Terms(rotate=True))
    assert [key.made for key in rotated] == [True]
    assert key_file(tmp_path, "staff", prefix).read_text() == rotated[0].secret
    assert works(admin, rotated[0])
    assert [works(admin, key) for key in first] == [True, False, True], "only the one that was asked for"


def test_rotated_keys_go_on_for_their_days_of_grace(admin: Elasticsearch, prefix: str, tmp_path: Path) -> None:
    (first,) = set_up(admin, tmp_path, prefix=prefix, who=["pipeline"])
    (second,) = set_up(admin, tmp_path, prefix=prefix, who=["pipeline"], terms=Terms(rotate=True, grace="2s"))
    assert works(admin, first)
    assert second.others == 1
    time.sleep(2.5)
    assert not works(admin, first)
    assert works(admin, second)


def test_keys_expire_when_they_were_told_to(admin: Elasticsearch, prefix: str, tmp_path: Path) -> None:
    (key,) = set_up(admin, tmp_path, prefix=prefix, who=["ops"], terms=Terms(expires="90d"))
    assert key.expires_at
    assert abs(key.expires_at - datetime.now(UTC) - timedelta(days=90)) < timedelta(minutes=5)
    assert check_key(admin.options(api_key=key.secret), "ops", prefix).expires_at == key.expires_at


def test_a_key_that_no_longer_works_is_replaced(admin: Elasticsearch, prefix: str, tmp_path: Path) -> None:
    (first,) = set_up(admin, tmp_path, prefix=prefix, who=["staff"])
    admin.security.invalidate_api_key(ids=[first.id])
    (second,) = set_up(admin, tmp_path, prefix=prefix, who=["staff"])
    assert (second.made, second.others) == (True, 0)
    assert works(admin, second)


def test_a_key_that_another_administrator_made_is_replaced(admin: Elasticsearch, prefix: str, tmp_path: Path) -> None:
    admin.security.put_user(username="salma", password="only-a-test", roles=["superuser"])
    (first,) = set_up(admin, tmp_path, prefix=prefix, who=["staff"])
    salma = admin.options(basic_auth=("salma", "only-a-test"))
    (second,) = set_up(salma, tmp_path, prefix=prefix, who=["staff"])
    assert (second.made, second.others) == (True, 1), "who made a key alone can change it"
    assert works(admin, first)
    assert works(admin, second)
    admin.security.delete_user(username="salma")


def test_a_lost_file_gives_a_second_key_and_the_first_is_counted(
    admin: Elasticsearch, prefix: str, tmp_path: Path
) -> None:
    set_up(admin, tmp_path, prefix=prefix, who=["staff"])
    key_file(tmp_path, "staff", prefix).unlink()
    (second,) = set_up(admin, tmp_path, prefix=prefix, who=["staff"])
    assert (second.made, second.others) == (True, 1)


def test_keys_without_a_folder_are_in_no_file(admin: Elasticsearch, prefix: str, tmp_path: Path) -> None:
    (key,) = set_up(admin, None, prefix=prefix, who=["staff"])
    assert works(admin, key)
    assert list(tmp_path.iterdir()) == []
