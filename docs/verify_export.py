#!/usr/bin/env python3
"""Verifies Seatledger exports offline, with Python's standard library and nothing else.

    python3 verify_export.py --key KEY FILE [FILE ...]

KEY is a verifier key, name+hex+base64, or a file that holds one. It must not come from whoever gave you the export.
The format is described in verify-an-export.md beside this file; `seatledger verify-export` gives the same verdicts.
Exit code 0: all files are verified. 1: one is not. 2: wrong usage.
"""
import argparse
import base64
import hashlib
import json
import os
import re
import sys

FORMAT = "seatledger-export/1"
BLOCK_EVENTS = 256
EVENT_START = b'{"kind":"event","event":'
LONGEST_LINE = 16 * 1024 * 1024
LAST_LINE_CHANGED = "the last line was changed: it is not what was signed"


class Damaged(Exception):
    """Something in the file is not as it was written."""

    def __init__(self, line, problem, revision=None):
        super().__init__(problem)
        self.line, self.problem, self.revision = line, problem, revision


class NoteProblem(Exception):
    """No signed note, or not signed by the key."""


# --- Ed25519 (RFC 8032, section 5.1) -----------------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)


def point_add(a, b):
    """Extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z (section 5.1.4)."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, d - c, d + c, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        scalar >>= 1
    return result


def point_equal(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def recover_x(y, sign):
    """Section 5.1.3, steps 2 to 4; None when there is no such point."""
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * SQRT_MINUS_1 % P
    if (x * x - x2) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


def point_decompress(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (recover_x(BASE_Y, 0), BASE_Y, 1, recover_x(BASE_Y, 0) * BASE_Y % P)


def ed25519_verify(public_key, message, signature):
    """Section 5.1.7."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    a, r = point_decompress(public_key), point_decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    return point_equal(point_multiply(s, BASE), point_add(r, point_multiply(k, a)))


# --- Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint) ----------------------------------------------------


def strict_base64(text):
    """Standard base64 with padding, written in the one way that it can be; None otherwise."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (ValueError, UnicodeEncodeError):
        return None
    return data if data and base64.b64encode(data).decode() == text else None


class Key:
    """A verifier key: name+hex(key id)+base64(0x01 || public key)."""

    def __init__(self, text):
        match = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+(.+)", text, re.S)
        data = match and strict_base64(match[3])
        if not match or data is None or len(data) != 33 or data[0] != 1:
            raise NoteProblem("a verifier key reads name+hex(key id)+base64(0x01 and 32 bytes)")
        self.name, self.key_id, self.public_key = match[1], bytes.fromhex(match[2]), data[1:]
        if hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4] != self.key_id:
            raise NoteProblem("the verifier key was changed on its way: its id is not that of its name and key")

    def __str__(self):
        return f"{self.name}+{self.key_id.hex()}"


def is_name(name):
    return name != "" and not re.search(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff+]", name)


def open_note(note, key):
    """The text of a note that the key signed."""
    end = note.rfind("\n\n")
    if len(note) > 1_000_000 or re.search("[\x00-\x09\x0b-\x1f\ud800-\udfff]", note) or end < 0 or not note.endswith("\n"):
        raise NoteProblem("this is no signed note")
    text, lines = note[: end + 1], note[end + 2 :].split("\n")[:-1]
    if not 1 <= len(lines) <= 100:
        raise NoteProblem("this is no signed note")
    signatures = []
    for line in lines:
        match = re.fullmatch(r"— (\S+) (\S+)", line)
        data = match and strict_base64(match[2])
        if not match or not is_name(match[1]) or data is None or len(data) <= 4:
            raise NoteProblem("a signature reads: a dash, name, base64(key id and signature)")
        signatures.append((match[1], data[:4], data[4:]))
    own = [signature for name, key_id, signature in signatures if (name, key_id) == (key.name, key.key_id)]
    if not own or not all(ed25519_verify(key.public_key, text.encode(), signature) for signature in own):
        raise NoteProblem("the note is not signed by the key")
    return text


def open_checkpoint(note, key):
    """Origin, size and root (base64) of a checkpoint that the key signed."""
    origin, size, root, *extensions = open_note(note, key).split("\n") + ["", ""]
    # After the last line break stands nothing; every line before it has something in it.
    extensions = extensions[:-2]
    data = strict_base64(root)
    if origin == "" or not re.fullmatch(r"0|[1-9][0-9]{0,15}", size) or data is None or len(data) != 32:
        raise NoteProblem("this is no checkpoint")
    if not extensions or extensions[-1] != "" or "" in extensions[:-1]:
        raise NoteProblem("this is no checkpoint")
    return origin, int(size), root


# --- The Merkle tree (RFC 6962, section 2.1) -----------------------------------------------------------------------------


def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def split_of(size):
    """The largest power of two smaller than the size."""
    return 1 << ((size - 1).bit_length() - 1)


def root_of(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split_of(len(leaves))
    return node_hash(root_of(leaves[:k]), root_of(leaves[k:]))


def is_subtree(start, end, size, subtree, path, root):
    """Whether the subtree over the leaves [start, end) is part of the tree of `size` leaves; the path leads from it upwards."""
    steps, low, high = [], 0, size
    while (low, high) != (start, end):
        if not low <= start < end <= high:
            return False
        middle = low + split_of(high - low)
        if start < middle < end:
            return False
        if end <= middle:
            steps.append("right")
            high = middle
        else:
            steps.append("left")
            low = middle
    if len(steps) != len(path):
        return False
    for side, sibling in zip(reversed(steps), path):
        subtree = node_hash(sibling, subtree) if side == "left" else node_hash(subtree, sibling)
    return subtree == root


# --- Lines ---------------------------------------------------------------------------------------------------------------


def no_constant(name):
    raise ValueError(name)


def whole_or_float(text):
    """As JavaScript reads a number: 1.0 and 1e0 are 1. A line that is written otherwise than by the server shows when it is written again."""
    value = float(text)
    return int(value) if value.is_integer() else value


def int_or_float(text):
    """No count has more digits than these, and int() refuses thousands of them."""
    return int(text) if len(text) < 20 else float(text)


def fields_of(text):
    try:
        value = json.loads(text, parse_constant=no_constant, parse_float=whole_or_float, parse_int=int_or_float)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 2**53 - 1


def json_of(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def hashes_of(value):
    """32 bytes each, from base64; whoever calls compares how they are written."""
    if not isinstance(value, list):
        return None
    hashes = [strict_base64(text) if isinstance(text, str) else None for text in value]
    return hashes if all(data is not None and len(data) == 32 for data in hashes) else None


def text_of(line):
    return line.decode("utf-8", "replace")


SIGNATURE = b',"signature":'


def signed_line(line):
    """What stands before the signature, and the signature; None when the line has none at its end."""
    at = line.rfind(SIGNATURE)
    if at < 0 or not line.endswith(b"}"):
        return None
    written = text_of(line[at + len(SIGNATURE) : -1])
    try:
        signature = json.loads(written)
    except (ValueError, RecursionError):
        return None
    if not isinstance(signature, str) or json_of(signature) != written:
        return None
    return line[:at], signature


def verify_signature(signature, organization, digest, key):
    text = f"{FORMAT}\n{organization}\n{base64.b64encode(digest).decode()}\n"
    open_note(f"{text}\n{signature}\n", key)


def read_header(start):
    header = fields_of(text_of(start) + "}")
    if header is None or header.get("kind") != "header" or header.get("format") != FORMAT:
        return None
    revision, proofs = header.get("revision"), header.get("proofs")
    if not all(isinstance(header.get(name), str) for name in ("organization", "root", "checkpoint")) or not is_count(revision):
        return None
    first, last = header.get("first", 1), header.get("last", revision)
    if not is_count(first) or first < 1 or not is_count(last) or last > revision or first > last + 1:
        return None
    return header if proofs in ("BLOCKS", "INCLUSION", "NONE") else None


class Block:
    def __init__(self, first, last, leaves, path):
        self.first, self.last, self.leaves, self.path = first, last, leaves, path

    def leaf(self, revision):
        return self.leaves[revision - self.first]

    def revision_of(self, leaf):
        return self.first + self.leaves.index(leaf) if leaf in self.leaves else None

    def __str__(self):
        return list_of(self.first, self.last)


def list_of(first, last):
    return f"list of hashes of revisions {first} to {last}"


def these(first, last):
    return f"revision {first} is" if first == last else f"revisions {first} to {last} are"


def is_block(line):
    return line.startswith(b'{"kind":"block"')


def is_end(line):
    return line.startswith(b'{"kind":"end"')


def read_block(line):
    text = text_of(line)
    fields = fields_of(text)
    if fields is None or fields.get("kind") != "block" or not is_count(fields.get("from")) or not is_count(fields.get("to")):
        return None
    leaves, path = hashes_of(fields.get("leaves")), hashes_of(fields.get("path"))
    if fields["from"] < 1 or fields["to"] < 1 or leaves is None or path is None:
        return None
    again = {"kind": "block", "from": fields["from"], "to": fields["to"], "leaves": fields["leaves"], "path": fields["path"]}
    return Block(fields["from"], fields["to"], leaves, path) if json_of(again) == text else None


def event_in(line):
    """The bytes that the event's leaf is the hash of."""
    if not line.startswith(EVENT_START) or not line.endswith(b"}") or len(line) <= len(EVENT_START):
        return None
    return line[len(EVENT_START) : -1]


CLAIM = re.compile(rb',"revision":([0-9]{1,16}),"stream":"([A-Za-z0-9_.:-]+)","type":"[A-Za-z0-9_]+"\}')


CLAIMS = re.compile(rb',"revision":([0-9]{1,16}),"stream":"[A-Za-z0-9_.:-]+","type":"[A-Za-z0-9_]+"\}')


def claim_of(event):
    """Which revision of which stream an event says it is: the last fields of its canonical JSON."""
    at = event.rfind(b',"revision":', max(0, len(event) - 400))
    match = CLAIM.fullmatch(event[at:]) if at >= 0 else None
    return (int(match[1]), match[2].decode()) if match else None


def claimed(event):
    claim = None if event is None else claim_of(event)
    return None if claim is None else claim[0]


def lines_of_end(line):
    signed = signed_line(line)
    end = signed and fields_of(text_of(signed[0]) + "}")
    return end["lines"] if end and end.get("kind") == "end" and is_count(end.get("lines")) else None


# --- The three kinds of files --------------------------------------------------------------------------------------------


class Blocks:
    """All events of a stretch of revisions, in blocks that share a proof."""

    def __init__(self, header, verify_end):
        self.verify_end = verify_end
        self.size, self.root = header["revision"], base64.b64decode(header["root"])
        self.stream = "organization-" + header["organization"]
        self.first, self.last = header.get("first", 1), header.get("last", header["revision"])
        self.next = self.first
        self.block, self.block_line = None, b""
        self.judge = self.suspicion = None
        self.ended = False

    @property
    def events(self):
        return max(0, self.last - self.first + 1)

    def line(self, line, number, digest_up_to):
        if self.suspicion:
            self.suspicion.line(line)
        elif self.judge:
            self.judge(line)
        elif self.ended:
            raise Damaged(number, "something stands after the last line")
        elif self.next > self.last:
            self.end_line(line, number, digest_up_to)
        elif self.block and self.next <= self.block.last:
            self.event(line, number)
        else:
            self.begin_block(line, number)

    def end(self, number):
        if self.suspicion:
            self.suspicion.end()
        if self.judge:
            self.judge(None)
        if not self.ended:
            reached = self.next - 1
            where = "before its first event" if reached < self.first else f"after revision {reached}"
            if reached >= self.last:
                raise Damaged(number, f"the file was cut off {where}: its last line is missing")
            raise Damaged(number, f"the file was cut off {where}: {these(self.next, self.last)} missing", self.next)
        return self.events

    def event(self, line, number):
        event = event_in(line)
        if event is None or leaf_hash(event) != self.block.leaf(self.next):
            self.suspicion = Suspicion(self, number)
            self.suspicion.line(line)
            return
        if claim_of(event) != (self.next, self.stream):
            raise Damaged(number, f"revision {self.next} is as it was signed, and says of itself that it is another event", self.next)
        self.next += 1

    def is_proven(self, block):
        if len(block.leaves) != block.last - block.first + 1 or (block.first - 1) % BLOCK_EVENTS != 0:
            return False
        return is_subtree(block.first - 1, block.last, self.size, root_of(block.leaves), block.path, self.root)

    def proven_block(self, line):
        block = read_block(line) if is_block(line) else None
        return block if block and self.is_proven(block) else None

    def begin_block(self, line, number):
        due = self.next
        first = due - (due - 1) % BLOCK_EVENTS
        last = min(first + BLOCK_EVENTS - 1, self.size)
        block = self.proven_block(line)
        if block and (block.first, block.last) == (first, last):
            self.block, self.block_line = block, line
            return
        if block and block.first < first:
            raise Damaged(number, f"the {block} stands twice", due)
        event = event_in(line)
        again = self.block.revision_of(leaf_hash(event)) if event is not None and self.block else None
        if again is not None:
            raise Damaged(number, f"revision {again} stands twice", again)
        name = list_of(first, last)
        if is_block(line) and not block:
            raise Damaged(number, f"the {name} was changed: it is not what was signed", due)
        is_own = claimed(event) == due

        def judge(following):
            found = self.proven_block(following) if following is not None else None
            if found and found.first == first and not is_own and not block:
                raise Damaged(number, f"a line was inserted before revision {due}", due)
            if found and found.first == first:
                raise Damaged(number, f"the {name} is not in its place", due)
            if is_own:
                raise Damaged(number, f"the {name} is missing, or not in its place", due)
            if following is not None and claimed(event_in(following)) == due:
                raise Damaged(number, f"the {name} was changed, or is not in its place", due)
            if block:
                raise Damaged(number, f"{these(due, block.first - 1)} missing", due)
            if is_end(line):
                raise Damaged(number, f"{these(due, self.last)} missing", due)
            raise Damaged(number, f"before revision {due} stands something that is not the {name}", due)

        self.judge = judge

    def end_line(self, line, number, digest_up_to):
        if is_end(line):
            if not self.verify_end(line, self.events, digest_up_to):
                raise Damaged(number, LAST_LINE_CHANGED)
            self.ended = True
            return
        event = event_in(line)
        again = self.block.revision_of(leaf_hash(event)) if event is not None and self.block else None
        if again is not None:
            raise Damaged(number, f"revision {again} stands twice", again)
        where = "the header" if self.events == 0 else f"revision {self.last}"

        def judge(following):
            inserted = following is not None and is_end(following)
            raise Damaged(number, f"a line was inserted after {where}" if inserted else LAST_LINE_CHANGED)

        self.judge = judge


class Suspicion:
    """An event is not in its place. Whether it was changed, removed or moved shows in the rest of the file."""

    def __init__(self, blocks, number):
        self.blocks, self.block, self.block_line = blocks, blocks.block, blocks.block_line
        self.expected, self.number = blocks.next, number
        self.until = min(self.block.last, blocks.last)
        self.seen = []  # ("known", revision) | ("foreign", claim, hash) | ("structure",)
        self.lines = 0
        self.in_block = True
        self.found_at = self.found_in_place_of = self.later = None
        self.is_of_later_block = False

    def line(self, line):
        at = self.lines
        self.lines += 1
        if is_block(line) or is_end(line):
            if at == 0 and line == self.block_line:
                raise self.damaged(f"the {self.block} stands twice")
            if at == 0:
                self.seen.append(("structure",))
            else:
                self.in_block = False
            self.meet(line, at)
            return
        event = event_in(line)
        leaf = None if event is None else leaf_hash(event)
        if self.found_at is None and leaf is not None and leaf == self.block.leaf(self.expected):
            self.found_at = at
            if self.later:
                self.found_in_place_of = self.later[0].first + at - self.later[1] - 1
        if not self.in_block or len(self.seen) > 2 * BLOCK_EVENTS:
            return
        revision = None if leaf is None else self.block.revision_of(leaf)
        self.seen.append(("known", revision) if revision is not None else ("foreign", claimed(event), leaf))

    def meet(self, line, at):
        block = self.blocks.proven_block(line)
        if not block:
            return
        self.later = (block, at)
        first = self.seen[0]
        if first[0] != "foreign" or first[1] is None or not block.first <= first[1] <= block.last:
            return
        if first[2] is not None and block.leaf(first[1]) == first[2]:
            self.is_of_later_block = True

    def end(self):
        first = self.seen[0]
        if first[0] == "known":
            raise self.known(first[1])
        if first[0] == "structure":
            raise self.structure()
        raise self.foreign(first[1])

    def known(self, other):
        expected = self.expected
        if other < expected:
            return self.damaged(f"revision {other} stands twice", other)
        seen = {item[1] for item in self.seen[1:] if item[0] == "known"}
        if other in seen:
            return self.damaged(f"revision {other} stands twice, once before revision {expected}", other)
        if self.found_at is not None:
            is_swap = self.found_at == other - expected
            return self.damaged(
                f"revisions {expected} and {other} are swapped" if is_swap else f"revision {expected} is not in its place"
            )
        until = expected
        while until + 1 < other and until + 1 not in seen:
            until += 1
        return self.damaged(f"{these(expected, until)} missing")

    def structure(self):
        if self.found_at is None:
            return self.damaged(f"{these(self.expected, self.until)} missing")
        if self.found_at == 1:
            return self.damaged(f"before revision {self.expected} stands a line that does not belong there")
        return self.damaged(f"revision {self.expected} is not in its place")

    def foreign(self, claims):
        expected, found_at = self.expected, self.found_at
        if found_at is None:
            if self.is_of_later_block:
                return self.damaged(f"revision {expected} is missing: in its place stands revision {claims}")
            return self.damaged(f"revision {expected} was changed")
        if found_at == 1:
            return self.damaged(f"a line was inserted before revision {expected}")
        if self.is_of_later_block and claims == self.found_in_place_of:
            return self.damaged(f"revisions {expected} and {claims} are swapped")
        before = self.seen[:found_at]
        if len(before) == found_at and all(item[0] == "foreign" for item in before):
            return self.damaged(f"{found_at} lines were inserted before revision {expected}")
        return self.damaged(f"revision {expected} is not in its place")

    def damaged(self, problem, revision=None):
        return Damaged(self.number, problem, self.expected if revision is None else revision)


class Chosen:
    """Chosen events, each with its own proof; each names the event before it."""

    def __init__(self, header, verify_end):
        self.verify_end = verify_end
        self.size, self.root = header["revision"], base64.b64decode(header["root"])
        self.stream = "organization-" + header["organization"]
        self.lines = self.reached = 0
        self.ended = False
        self.wrong = None

    def proven(self, line):
        """Revision and the one it stands after, of an event that is part of the tree."""
        at = line.find(b'],"event":')
        if at < 0 or not line.endswith(b"}"):
            return None
        start, event = text_of(line[: at + 10]), line[at + 10 : -1]
        fields, claim = fields_of(start + "0}"), claim_of(event)
        path = fields and hashes_of(fields.get("path"))
        if not fields or path is None or not is_count(fields.get("after")) or claim is None or claim[1] != self.stream:
            return None
        again = json_of({"kind": "event", "after": fields["after"], "path": fields["path"]})[:-1] + ',"event":'
        revision = claim[0]
        if again != start or not 1 <= revision <= self.size:
            return None
        is_in = is_subtree(revision - 1, revision, self.size, leaf_hash(event), path, self.root)
        return (revision, fields["after"]) if is_in else None

    def line(self, line, number, digest_up_to):
        if self.ended:
            raise Damaged(number, "something stands after the last line")
        if is_end(line):
            self.ended = True
            signed_lines = lines_of_end(line)
            if self.wrong:
                raise self.wrong.verdict(signed_lines, self.lines)
            if self.verify_end(line, self.lines, digest_up_to):
                return
            if signed_lines is not None and signed_lines > self.lines:
                missing = signed_lines - self.lines
                raise Damaged(number, f"after revision {self.reached} {missing} events are missing", self.reached or None)
            raise Damaged(number, LAST_LINE_CHANGED)
        self.lines += 1
        event = self.proven(line)
        if self.wrong:
            self.wrong.follow(event)
        elif event and event[1] == self.reached and event[0] > self.reached:
            self.reached = event[0]
        else:
            self.wrong = Wrong(number, self.reached, event, [int(revision) for revision in CLAIMS.findall(line)])

    def end(self, number):
        if self.wrong:
            raise self.wrong.verdict(None, 0)
        if not self.ended:
            where = "the header" if self.reached == 0 else f"revision {self.reached}"
            raise Damaged(number, f"the file was cut off after {where}")
        return self.lines


class Wrong:
    """The first chosen event that is not the one expected; what follows says what became of that one."""

    def __init__(self, number, reached, event, claims):
        self.number, self.reached, self.event, self.claims = number, reached, event, claims
        self.followed = 0
        self.next = self.elsewhere = None

    def follow(self, event):
        self.followed += 1
        if self.followed == 1:
            self.next = event
        if event and event[1] == self.reached and event[0] > self.reached and not self.elsewhere:
            self.elsewhere = (event[0], self.followed)

    def verdict(self, signed_lines, lines):
        event, due = self.event, self.elsewhere
        if event and event[0] <= self.reached:
            return self.damaged(f"revision {event[0]} stands twice, or not in its place", event[0])
        if due:
            if not event and due[1] == 1:
                return self.damaged(f"a line was inserted before revision {due[0]}", due[0])
            if event:
                return self.damaged(f"revision {due[0]} is not in its place: revision {event[0]} stands there", due[0])
            return self.damaged(f"revision {due[0]} is not in its place", due[0])
        if event:
            is_short = signed_lines is None or signed_lines > lines
            if is_short and event[1] > self.reached:
                return self.damaged(f"revision {event[1]} is missing", event[1])
            return self.damaged(f"the line of revision {event[0]} was changed", event[0])
        # Two claims in one line: the line break between two events is gone.
        is_one = len(self.claims) < 2
        named = self.next[1] if is_one and self.next and self.next[1] > self.reached else (self.claims or [None])[0]
        if named is None:
            return self.damaged("a line was changed that should be an event", None)
        return self.damaged(f"revision {named} was changed", named)

    def damaged(self, problem, revision):
        return Damaged(self.number, problem, revision)


class Rows:
    """Rows: signed all together by the last line."""

    def __init__(self, verify_end):
        self.verify_end = verify_end
        self.rows = 0
        self.ended = False

    def line(self, line, number, digest_up_to):
        if self.ended:
            raise Damaged(number, "something stands after the last line")
        if is_end(line):
            self.ended = True
            if self.verify_end(line, self.rows, digest_up_to):
                return
            signed_rows = lines_of_end(line)
            if signed_rows is None:
                raise Damaged(number, LAST_LINE_CHANGED)
            if signed_rows != self.rows:
                raise Damaged(number, f"{signed_rows} rows were signed, and {self.rows} are here")
            raise Damaged(number, "the rows, or the last line, were changed: they are not what was signed")
        if not line.startswith(b'{"kind":"row","row":{') or not line.endswith(b"}"):
            raise Damaged(number, f"line {number} was changed or inserted: it is no row")
        self.rows += 1

    def end(self, number):
        if not self.ended:
            raise Damaged(number, f"the file was cut off after {self.rows} rows")
        return self.rows


# --- A file --------------------------------------------------------------------------------------------------------------


def key_id_in(signature):
    """The first four bytes, however carelessly the base64 is written."""
    parts = signature.split(" ")
    letters = re.sub(r"[^A-Za-z0-9+/]", "", (parts[2] if len(parts) > 2 else "").replace("-", "+").replace("_", "/"))[:6]
    return base64.b64decode(letters + "AA")[:4] if len(letters) == 6 else None


def proven_header(line, key):
    signed = signed_line(line)
    header = signed and read_header(signed[0])
    if not header:
        if line.startswith(b"seatledger-export/1,"):
            raise Damaged(1, "this is a CSV file, which carries no proofs: export JSON lines (--format jsonl) to verify them")
        raise Damaged(1, "line 1 is no header of an export: it was changed, or this is another kind of file")
    start, signature = signed
    try:
        verify_signature(signature, header["organization"], hashlib.sha256(start).digest(), key)
    except NoteProblem:
        if signature.startswith(f"— {key.name} ") and key_id_in(signature) == key.key_id:
            raise Damaged(1, "the header was changed: it is not what was signed") from None
        raise Damaged(1, f"the header is not signed by the key {key}") from None
    try:
        origin, size, root = open_checkpoint(header["checkpoint"], key)
    except NoteProblem:
        raise Damaged(1, f"the checkpoint in the header is not signed by the key {key}") from None
    if (size, root) != (header["revision"], header["root"]) or not origin.endswith("/" + header["organization"]):
        raise Damaged(1, "the checkpoint in the header is of another organization, revision or root than the header")
    return header


def verify_file(file, key):
    """Reads an open file to its end; gives its header and how many events or rows it has. Raises Damaged."""
    digest = hashlib.sha256()  # of all lines before the one at hand
    header = follower = None
    number = 0
    while True:
        line = file.readline(LONGEST_LINE + 1)
        if not line.endswith(b"\n"):
            break
        number += 1

        def digest_up_to(length, line=line):
            so_far = digest.copy()
            so_far.update(line[:length])
            return so_far.digest()

        def verify_end(end, lines, up_to):
            signed = signed_line(end)
            if signed is None or lines_of_end(end) != lines:
                return False
            try:
                verify_signature(signed[1], header["organization"], up_to(len(signed[0])), key)
                return True
            except NoteProblem:
                return False

        if follower is None:
            header = proven_header(line[:-1], key)
            proofs = header["proofs"]
            follower = Rows(verify_end) if proofs == "NONE" else (Blocks if proofs == "BLOCKS" else Chosen)(header, verify_end)
        else:
            follower.line(line[:-1], number, digest_up_to)
        digest.update(line)
    if len(line) > LONGEST_LINE:
        raise Damaged(number + 1, f"line {number + 1} is longer than any line of an export")
    if follower is None:
        raise Damaged(1, "the header was cut off: line 1 has no end" if line else "the file is empty")
    return header, follower.end(number + (1 if line else 0))


def words_of(header, lines, key):
    organization, revision = header["organization"], header["revision"]
    first, last = header.get("first", 1), header.get("last", revision)
    stretch = "no revisions" if first > last else f"revisions {first} to {last}"
    proved = {
        "BLOCKS": f"{lines} events of {organization}, {stretch}: all of them, none changed, removed, inserted or reordered",
        "INCLUSION": f"{lines} chosen events of {organization}, from {stretch}: none changed. "
        "That none is missing is what the server signed; only a history without --license proves it",
        "NONE": f"{lines} rows ({header['what']}) of {organization}: as the server wrote them. "
        "Rows are derived from events: the history proves those",
    }[header["proofs"]]
    by = header["exportedBy"]
    return [
        f"VERIFIED: {proved}",
        f"revision {revision}, root {header['root']}",
        f"signed by {key}, exported at {header['exportedAt']} by {by['id']} ({by['role']})",
        *([f"filter {json_of(header['filter'])}"] if header["filter"] else []),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", required=True, help="a verifier key, or a file that holds one")
    parser.add_argument("files", nargs="+", metavar="FILE")
    options = parser.parse_args()
    text = options.key
    if os.path.exists(text):
        with open(text, encoding="utf-8") as file:
            text = file.read()
    try:
        key = Key(text.strip())
    except NoteProblem as problem:
        parser.error(str(problem))
    code = 0
    for path in options.files:
        if len(options.files) > 1:
            print(f"== {path}")
        try:
            with open(path, "rb") as file:
                header, lines = verify_file(file, key)
            print("\n".join(words_of(header, lines, key)))
        except OSError as problem:
            parser.error(f"cannot read {path}: {problem.strerror}")
        except Damaged as damaged:
            print(f"NOT VERIFIED: {damaged.problem}\nline {damaged.line} of the file")
            code = 1
    sys.exit(code)


if __name__ == "__main__":
    main()
