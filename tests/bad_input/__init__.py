"""Every kind of bad file that we could think of, made afresh by the tests."""

from tests.bad_input import bytes_and_encodings, characters, names_and_links, pages
from tests.bad_input.kind import Kind

KINDS: tuple[Kind, ...] = bytes_and_encodings.KINDS + characters.KINDS + pages.KINDS + names_and_links.KINDS
