from pathlib import Path

from pipeline.security.keys import Key, key_file, key_name


def test_a_key_never_shows_its_secret() -> None:
    key = Key("staff", "id", "the secret", made=True, expires_at=None, others=0)
    assert "the secret" not in f"{key} {key!r} {[key]}"


def test_installations_have_keys_of_their_own() -> None:
    assert key_name("staff", "north-") == "north-fihrist-staff"
    assert key_file(Path("/keys"), "staff", "north-") == Path("/keys/north-staff.key")
    assert key_file(Path("/keys"), "staff") == Path("/keys/staff.key")
