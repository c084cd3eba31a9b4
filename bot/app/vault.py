"""The files that people send, kept encrypted in a folder until their ticket is forgotten.

AES-256-GCM (NIST SP 800-38D) and not Fernet: the same promise, that nobody without the key reads
or changes a file, without base64 making a photo a third larger, and with the name under the same
seal, so that a file cannot stand in for another. A nonce is 96 random bits (8.2.2 there), safe far
beyond the 2^32 files that a key may seal.

A file is named by a keyed hash of what it says (HMAC-SHA-256): the same file is kept once, and
without the key its name tells nothing, not even to somebody who has a copy of it. What the folder
does show is how many files there are, how long each is, and when it came.

Nothing is half there: a file is written beside its place, synced, and then given its name. All of
this blocks (about 30 ms for 20 MB, and the disk): call it in a thread.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Final, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import GCM

_MARK: Final = b"FPD1"  # what begins every file of this form
_ID, _NONCE, _TAG = 4, 12, 16
_HEAD: Final = len(_MARK) + _ID + _NONCE
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{43}=")
_NAME: Final = re.compile(r"[0-9a-f]{64}")
_NEW: Final = ".new-"
_PIECE: Final = 2**20  # what is sealed at once; the other threads of the desk go on in between


class Unreadable(Exception):
    """A file that is there and cannot be given out: damaged, or under a key that is not known."""


class BadKey(ValueError):
    """A key that is none."""


def new_key() -> str:
    """A key for the settings: 32 random bytes in URL-safe base64 (RFC 4648, 5)."""
    return urlsafe_b64encode(secrets.token_bytes(32)).decode()


class _Key(NamedTuple):
    id: bytes
    sealing: bytes
    naming: bytes

    def name(self, data: bytes) -> str:
        mac = hmac.new(self.naming, digestmod="sha256")
        for piece in _pieces(data):
            mac.update(piece)
        return mac.hexdigest()

    def seal(self, name: str, data: bytes) -> Iterator[bytes]:
        """What goes into the file, piece by piece."""
        nonce = secrets.token_bytes(_NONCE)
        cipher = Cipher(AES256(self.sealing), GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(_MARK + name.encode())
        yield _MARK + self.id + nonce
        yield from map(cipher.update, _pieces(data))
        yield cipher.finalize() + cipher.tag

    def open(self, name: str, sealed: bytes) -> bytes:
        """What was sealed under this name. Raises `InvalidTag`, and then gives nothing out."""
        nonce, tag = sealed[_HEAD - _NONCE : _HEAD], sealed[-_TAG:]
        cipher = Cipher(AES256(self.sealing), GCM(nonce, tag)).decryptor()
        cipher.authenticate_additional_data(_MARK + name.encode())
        opened = [*map(cipher.update, _pieces(sealed, _HEAD, _TAG)), cipher.finalize()]
        return b"".join(opened)


def _pieces(data: bytes, start: int = 0, end: int = 0) -> Iterator[memoryview]:
    whole = memoryview(data)[start : len(data) - end]
    return (whole[at : at + _PIECE] for at in range(0, len(whole), _PIECE))


def _key(text: str) -> _Key:
    if not _KEY.fullmatch(text):
        raise BadKey("a key is 32 bytes in URL-safe base64: 43 of A-Z a-z 0-9 _ - and a =")
    secret = urlsafe_b64decode(text)
    # One purpose a key: the hash that names a file must tell nothing of the key that seals it.
    number, sealing, naming = (
        hmac.digest(secret, purpose, "sha256") for purpose in (b"id", b"seal", b"name")
    )
    return _Key(number[:_ID], sealing, naming)


@dataclass(frozen=True, slots=True)
class Vault:
    """The folder `root` under `keys`, newest first: that one seals, each of them opens.

    The folder is made if missing, for its owner alone. Raises `BadKey` and `OSError`.
    """

    root: Path
    keys: Sequence[str] = field(repr=False)
    _keys: tuple[_Key, ...] = field(init=False, repr=False)
    unreadable: ClassVar[type[Exception]] = Unreadable

    def __post_init__(self) -> None:
        if not self.keys:
            raise BadKey("a vault needs a key")
        object.__setattr__(self, "_keys", tuple(map(_key, self.keys)))
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, data: bytes) -> str:
        """Keep a file and give its name, 64 characters of 0-9 a-f. Raises `OSError`.

        The same bytes have the same name as long as the newest key is the same; so whoever deletes
        a file sees first that nobody else has it.
        """
        name = self._keys[0].name(data)
        try:
            there = self.get(name) == data
        except (FileNotFoundError, Unreadable):
            there = False
        if not there:
            self._write(name, data)
        return name

    def get(self, name: str) -> bytes:
        """The file, as it was put. Raises `FileNotFoundError`, `Unreadable`, `OSError`."""
        sealed = self._path(name).read_bytes()
        key = self._key_of(sealed)
        if key is None or len(sealed) < _HEAD + _TAG:
            raise Unreadable(f"{name[:8]}: damaged, or under a key that is not in the settings")
        try:
            return key.open(name, sealed)
        except InvalidTag:
            raise Unreadable(f"{name[:8]}: damaged") from None

    def delete(self, name: str) -> bool:
        """Whether the file was there; afterwards it is not. Raises `OSError`."""
        try:
            self._path(name).unlink()
        except FileNotFoundError:
            return False
        self._sync()
        return True

    def size(self, name: str) -> int:
        """Bytes of the file as it was put. Raises `FileNotFoundError`."""
        return max(0, self._path(name).stat().st_size - _HEAD - _TAG)

    def names(self) -> Iterator[str]:
        """Every file that is kept, in no order."""
        return (path.name for path in self.root.iterdir() if _NAME.fullmatch(path.name))

    def used(self) -> int:
        """Bytes that the whole folder takes."""
        return sum(self._path(name).stat().st_size for name in self.names())

    def renew(self) -> int:
        """Seal all under the newest key, so that the others may go; tells how many it changed.

        Names stay. Raises `Unreadable` at the first file that cannot be read.
        """
        old = [name for name in self.names() if not self._is_new(name)]
        for name in old:
            self._write(name, self.get(name))
        return len(old)

    def tidy(self) -> int:
        """Remove what a crash left half written, when nobody else writes; tells how many."""
        left = [path for path in self.root.iterdir() if path.name.startswith(_NEW)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _write(self, name: str, data: bytes) -> None:
        new = self.root / f"{_NEW}{secrets.token_hex(8)}"
        number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(number, "wb") as file:
                file.writelines(self._keys[0].seal(name, data))
                file.flush()
                os.fsync(number)
            new.replace(self._path(name))
        except BaseException:
            with suppress(OSError):
                new.unlink()
            raise
        self._sync()

    def _is_new(self, name: str) -> bool:
        with self._path(name).open("rb") as file:
            return self._key_of(file.read(_HEAD)) is self._keys[0]

    def _key_of(self, sealed: bytes) -> _Key | None:
        number = sealed[len(_MARK) : len(_MARK) + _ID]
        known = (key for key in self._keys if key.id == number)
        return next(known, None) if sealed.startswith(_MARK) else None

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):  # it goes into a path
            raise FileNotFoundError("a file of the vault has another name")
        return self.root / name

    def _sync(self) -> None:
        """Make the names in the folder durable."""
        number = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
