"""Sound files with something broken in them, the same ones for the same seed."""

from __future__ import annotations

import random
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

from samples.office import archive

EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)

Mutation = Callable[[bytes, random.Random, Sequence[bytes]], bytes]


def mutants(seeds: Sequence[bytes], count: int, seed: int = 1) -> Iterator[tuple[int, str, bytes]]:
    """`count` broken files, taking the seeds in turn: the number of the seed, what was done to it, and the bytes."""
    chance = random.Random(seed)
    for number in range(count):
        which = number % len(seeds)
        mutation = chance.choice(MUTATIONS)
        yield which, mutation.__name__, mutation(seeds[which], chance, seeds)


def bit_flips(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _flip in range(chance.choice((1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def bytes_replaced(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    start = chance.randrange(len(changed))
    length = chance.choice((1, 4, 64, 1024))
    changed[start : start + length] = chance.choice((bytes(length), b"\xff" * length, chance.randbytes(length)))
    return bytes(changed)


def cut_short(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    return data[: chance.randrange(1, len(data))]


def part_removed(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice((1, 4, 64, 4096)) :]


def part_repeated(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    start, length = chance.randrange(len(data)), chance.choice((1, 16, 256, 4096))
    return data[:start] + data[start : start + length] * chance.choice((2, 50)) + data[start:]


def spliced(data: bytes, chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    other = chance.choice(seeds)
    return data[: chance.randrange(1, len(data))] + other[chance.randrange(len(other)) :]


def length_field(data: bytes, chance: random.Random, _: Sequence[bytes]) -> bytes:
    """A number of 2 or 4 bytes, most likely near the beginning where headers are, set to an extreme."""
    size = chance.choice((2, 4))
    reach = chance.choice((64, 512, len(data)))
    place = chance.randrange(max(1, min(reach, len(data) - size)))
    value = chance.choice(EXTREMES) & (1 << 8 * size) - 1
    return data[:place] + value.to_bytes(size, chance.choice(("little", "big"))) + data[place + size :]


def number_in_text(data: bytes, chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A number written in digits, as in PDF, RTF and XML, made extreme."""
    numbers = list(re.finditer(rb"-?\d+", data[:200_000]))
    if not numbers:
        return length_field(data, chance, seeds)
    one = chance.choice(numbers)
    value = chance.choice((b"-1", b"0", b"4294967295", b"-2147483648", b"9" * 40, b"1e308", b"0.0000001"))
    return data[: one.start()] + value + data[one.end() :]


def inside_archive(data: bytes, chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A member of an office file broken before it was packed, so that the archive itself is sound."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as file:
            members = {name: file.read(name) for name in file.namelist()}
    except (zipfile.BadZipFile, struct.error):
        return bytes_replaced(data, chance, seeds)
    name = chance.choice([name for name, content in members.items() if content])
    mutation = chance.choice((bit_flips, bytes_replaced, cut_short, part_removed, part_repeated, number_in_text))
    return archive({**members, name: mutation(members[name], chance, [members[name]])}, stored="mimetype")


MUTATIONS: Sequence[Mutation] = (
    bit_flips,
    bytes_replaced,
    cut_short,
    part_removed,
    part_repeated,
    spliced,
    length_field,
    length_field,
    number_in_text,
    inside_archive,
)
