#!/usr/bin/env python3
"""A second reading of docs/formats.md: verifies a log folder, a checkpoint or a receipt.

Written from the public specifications (RFC 6962, RFC 8785, C2SP signed-note, tlog-checkpoint, tlog-cosignature,
tlog-tiles, tlog-proof) and docs/formats.md alone; it shares no code with packages/transparency-log and exists so that
a mistake in one of the two is seen. Needs Python 3.9 or later and the package `cryptography` (Debian:
python3-cryptography).

    verify_log.py checkpoint FILE --key VKEY [--witness VKEY]... [--policy FILE] [--origin ORIGIN]
    verify_log.py log DIR         --key VKEY [--witness VKEY]... [--policy FILE] [--origin ORIGIN] [--hashes-only]
    verify_log.py receipt FILE    --key VKEY [--witness VKEY]... [--policy FILE] [--origin ORIGIN]

Every --witness given must have cosigned, and the quorum of the policy (C2SP tlog-policy) must be met. Without --key the
logs of the policy count, or the origin must be named. Exit code: 0 holds, 1 broken,
2 untrusted, 3 malformed or unreadable. Standard output is one JSON object.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import re
import sys
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Broken(Exception):
    exit_code = 1


class Untrusted(Exception):
    exit_code = 2


class Malformed(Exception):
    exit_code = 3


MAX_INTEGER = 2**53 - 1


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def decode_base64(text, length=None):
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError as error:
        raise Malformed(f"not base64: {error}") from None
    if base64.b64encode(data).decode() != text:
        raise Malformed("base64 with stray bits or padding")
    if length is not None and len(data) != length:
        raise Malformed(f"{len(data)} bytes where {length} are due")
    return data


def decode_decimal(text):
    if not re.fullmatch(r"0|[1-9][0-9]{0,15}", text, re.ASCII) or int(text) > MAX_INTEGER:
        raise Malformed(f"not a decimal: {text[:40]!r}")
    return int(text)


def decode_utf8(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(f"not UTF-8: {error}") from None


# --- signed-note, tlog-checkpoint, tlog-cosignature ------------------------------------------------------------


@dataclass(frozen=True)
class Key:
    name: str
    key_id: bytes
    kind: int
    public: bytes


def parse_vkey(vkey):
    parts = vkey.split("+", 2)
    if len(parts) != 3 or not parts[0] or any(c.isspace() for c in parts[0]):
        raise Malformed("not a verifier key")
    name, key_id, material = parts[0], parts[1], decode_base64(parts[2])
    if not material or sha256(name.encode(), b"\n", material)[:4].hex() != key_id:
        raise Malformed("the key ID of a verifier key is wrong")
    return Key(name, bytes.fromhex(key_id), material[0], material[1:])


def parse_note(data):
    text = decode_utf8(data)
    if any(c < " " and c != "\n" for c in text):
        raise Malformed("a note holds a control character")
    body, blank, block = text.rpartition("\n\n")
    if not blank or not block.endswith("\n"):
        raise Malformed("not a signed note")
    lines = []
    for line in block[:-1].split("\n"):
        match = re.fullmatch(r"— (\S+) (\S+)", line)
        if not match or "+" in match[1]:
            raise Malformed("not a signature line")
        signature = decode_base64(match[2])
        if len(signature) < 5:
            raise Malformed("a signature is too short")
        lines.append((match[1], signature[:4], signature[4:]))
    return body + "\n", lines


def signature_holds(key, text, signature):
    message = text.encode()
    if key.kind == 4:
        if len(signature) != 72:
            return False
        timestamp = int.from_bytes(signature[:8], "big")
        message = f"cosignature/v1\ntime {timestamp}\n".encode() + message
        signature = signature[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes
    signed_by: tuple


# --- tlog-policy ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Policy:
    logs: tuple
    witnesses: tuple  # of keys
    quorum: object  # None, a Key, or (threshold, members)


def parse_policy(data):
    if not data.endswith(b"\n") or any(c < 32 and c not in (9, 10) or c == 127 for c in data):
        raise Malformed("not a policy: control characters, or no newline at the end")
    logs, witnesses, names, members, quorum = [], [], {}, set(), []
    for number, line in enumerate(decode_utf8(data)[:-1].split("\n"), 1):
        items = [item for item in re.split("[ \t]+", line) if item]
        if not items or items[0].startswith("#"):
            continue
        keyword, rest = items[0], items[1:]
        if keyword == "log" and len(rest) in (1, 2):
            logs.append(parse_vkey(rest[0]))
        elif keyword == "witness" and len(rest) in (2, 3) and rest[0] not in (*names, "none"):
            names[rest[0]] = parse_vkey(rest[1])
            witnesses.append(names[rest[0]])
        elif keyword == "group" and len(rest) >= 3 and rest[0] not in (*names, "none"):
            if any(name not in names or name in members for name in rest[2:]) or len(set(rest[2:])) < len(rest[2:]):
                raise Malformed(f"line {number} of the policy: a member is unknown or used twice")
            members.update(rest[2:])
            count = len(rest) - 2
            threshold = {"any": 1, "all": count}.get(rest[1]) or decode_decimal(rest[1])
            if not 1 <= threshold <= count:
                raise Malformed(f"line {number} of the policy: the threshold is not between 1 and {count}")
            names[rest[0]] = (threshold, [names[name] for name in rest[2:]])
        elif keyword == "quorum" and len(rest) == 1 and not quorum and rest[0] in (*names, "none"):
            quorum.append(names.get(rest[0]))
        else:
            raise Malformed(f"line {number} of the policy cannot be read")
    keys = [key.public for key in logs], [key.public for key in witnesses]
    if not quorum or any(len(set(each)) < len(each) for each in keys):
        raise Malformed("the policy has no quorum, or a key twice")
    return Policy(tuple(logs), tuple(witnesses), quorum[0])


def quorum_met(quorum, signed):
    if quorum is None or isinstance(quorum, Key):
        return quorum is None or quorum in signed
    threshold, group = quorum
    return sum(quorum_met(member, signed) for member in group) >= threshold


def verify_checkpoint(data, log_keys, witness_keys, origin=None, policy=None):
    log_keys = list(log_keys) or list(policy.logs if policy else ())
    known = list(witness_keys) + [key for key in (policy.witnesses if policy else ()) if key not in witness_keys]
    if not log_keys and (origin is None or not (witness_keys or policy and policy.quorum)):
        raise Untrusted("without a key of the log, name the origin and a witness")
    text, lines = parse_note(data)
    rows = text[:-1].split("\n")
    if len(rows) < 3 or "" in rows:
        raise Malformed("not a checkpoint")
    checkpoint_origin, size, root = rows[0], decode_decimal(rows[1]), decode_base64(rows[2], 32)
    accepted = [key for key in log_keys if origin is not None or key.name == checkpoint_origin]
    if (origin is not None and origin != checkpoint_origin) or (log_keys and not accepted):
        raise Untrusted(f"the checkpoint is of another log: {checkpoint_origin}")
    signed = []
    for key in accepted + known:
        # Types this program does not know (ML-DSA-44 among them) count as unknown keys.
        for name, key_id, signature in lines:
            if key.kind in (1, 4) and (name, key_id) == (key.name, key.key_id):
                if not signature_holds(key, text, signature):
                    raise Broken(f"the signature of {name} does not verify")
                signed.append(key)
    if log_keys and not any(key in signed for key in accepted):
        raise Untrusted("no accepted key of the log signed")
    for key in witness_keys:
        if key not in signed:
            raise Untrusted(f"{key.name} did not cosign")
    if policy and not quorum_met(policy.quorum, signed):
        raise Untrusted("the cosignatures do not make up the quorum of the policy")
    return Checkpoint(checkpoint_origin, size, root, tuple(sorted({key.name for key in signed})))


# --- RFC 6962 ---------------------------------------------------------------------------------------------------


def leaf_hash(entry):
    return sha256(b"\x00", entry)


def node_hash(left, right):
    return sha256(b"\x01", left, right)


def tree_hash(hashes):
    """MTH over hashes that stand at one height: pairs, level by level; a last one without a partner moves up."""
    if not hashes:
        return sha256(b"")
    while len(hashes) > 1:
        above = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes) - 1, 2)]
        hashes = above + ([hashes[-1]] if len(hashes) % 2 else [])
    return hashes[0]


def root_from_path(index, size, leaf, path):
    """The recursion of RFC 6962, section 2.1.1, read backwards."""
    if size == 1:
        if path:
            raise Broken("the inclusion proof is too long")
        return leaf
    if not path:
        raise Broken("the inclusion proof is too short")
    split = 1 << ((size - 1).bit_length() - 1)
    if index < split:
        return node_hash(root_from_path(index, split, leaf, path[:-1]), path[-1])
    return node_hash(path[-1], root_from_path(index - split, size - split, leaf, path[:-1]))


# --- tlog-tiles -------------------------------------------------------------------------------------------------


def resource_path(level, index, width):
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    path = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{path}" + (f".p/{width}" if width < 256 else "")


def read_file(folder, path):
    try:
        return (folder / path).read_bytes()
    except OSError as error:
        raise Malformed(f"{path}: {error.strerror}") from None


def parse_bundle(data, width):
    entries, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if len(data) < at + 2 or len(entry) != length:
            raise Malformed("an entry of a bundle is cut off")
        entries.append(entry)
        at += 2 + length
    if len(entries) != width:
        raise Malformed(f"a bundle holds {len(entries)} entries instead of {width}")
    return entries


def verify_folder(folder, checkpoint, hashes_only):
    """Every tile of every level and every entry, up to the root of the checkpoint."""
    level, below = 0, None
    count = checkpoint.size
    while count > 0:
        hashes = []
        for index in range(-(-count // 256)):
            width = min(256, count - 256 * index)
            path = resource_path(level, index, width)
            tile = read_file(folder, path)
            if len(tile) != 32 * width:
                raise Malformed(f"{path} has {len(tile)} bytes instead of {32 * width}")
            row = [tile[i : i + 32] for i in range(0, len(tile), 32)]
            if level == 0 and not hashes_only:
                bundle_path = resource_path("entries", index, width)
                for position, entry in enumerate(parse_bundle(read_file(folder, bundle_path), width)):
                    if leaf_hash(entry) != row[position]:
                        raise Broken(f"entry {256 * index + position} is not the one its tile holds the hash of")
            hashes += row
        if below is not None and hashes != below:
            raise Broken(f"a tile of level {level} does not hold the hashes of the level below")
        if level == 0 and tree_hash(hashes) != checkpoint.root:
            raise Broken("the tiles give another root than the checkpoint")
        below = [tree_hash(hashes[i : i + 256]) for i in range(0, len(hashes) - 255, 256)]
        level, count = level + 1, count // 256
    if checkpoint.size == 0 and checkpoint.root != sha256(b""):
        raise Broken("the empty log has another root than the empty tree")


# --- docs/formats.md --------------------------------------------------------------------------------------------


def unique_names(pairs):
    names = dict(pairs)
    if len(names) != len(pairs):
        raise Malformed("a name is given twice in one object")
    return names


def whole_number(text):
    value = float(text)
    if not value.is_integer() or abs(value) > MAX_INTEGER:
        raise Malformed("a number is not whole: decimals are strings")
    return int(value)


def parse_json(data):
    def refuse(_):
        raise Malformed("not JSON")

    try:
        return json.loads(
            decode_utf8(data),
            object_pairs_hook=unique_names,
            parse_float=whole_number,
            parse_int=whole_number,
            parse_constant=refuse,
        )
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from None


def canonical(value):
    """RFC 8785 for what facts hold: strings, whole numbers, literals, lists and objects."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def canonical_bytes(value):
    try:
        return canonical(value).encode("utf-8")
    except UnicodeEncodeError:
        raise Malformed("a string holds a lone surrogate") from None


def members(value, *names):
    if not isinstance(value, dict) or set(value) != set(names):
        raise Malformed("an object must have exactly the members " + ", ".join(names))
    if "v" in names and (value["v"] != 1 or isinstance(value["v"], bool)):
        raise Malformed("the version is not 1")
    return [value[name] for name in names]


def string(value):
    if not isinstance(value, str):
        raise Malformed("a string is due")
    return value


def nesting(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(nesting, inner), default=0)


def parse_entry(data):
    _, kind, period, commitments = members(parse_json(data), "v", "type", "period", "commitments")
    if kind not in ("case", "register", "authority"):
        raise Malformed("the type of the entry is unknown")
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", string(period), re.ASCII):
        raise Malformed("the period is not a month")
    if not isinstance(commitments, list) or len(commitments) != 16:
        raise Malformed("an entry has 16 commitments")
    for commitment in commitments:
        decode_base64(string(commitment), 32)
    if any(a >= b for a, b in zip(commitments, commitments[1:])):
        raise Malformed("the commitments are not sorted")
    if canonical_bytes({"v": 1, "type": kind, "period": period, "commitments": commitments}) != data:
        raise Malformed("the entry is not in canonical form")
    return kind, period, commitments


def parse_proof(text):
    head, blank, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not blank or lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise Malformed("not a tlog-proof")
    if lines and lines[0].startswith("extra "):
        decode_base64(lines.pop(0)[6:])
    if not lines or not lines[0].startswith("index "):
        raise Malformed("the proof has no index")
    return decode_decimal(lines[0][6:]), [decode_base64(line, 32) for line in lines[1:]], checkpoint


def verify_receipt(receipt, log_keys, witness_keys, origin=None, policy=None):
    _, entry, openings, proof = members(receipt, "v", "entry", "openings", "proof")
    entry = decode_base64(string(entry))
    kind, period, commitments = parse_entry(entry)
    if not isinstance(openings, list) or not 1 <= len(openings) <= 16:
        raise Malformed("a receipt opens 1 to 16 facts")
    facts = {}
    for opening in openings:
        name, value, salt = members(opening, "name", "value", "salt")
        if not 1 <= len(string(name)) <= 200 or name in facts:
            raise Malformed("a fact has no name, a long one, or one that was opened before")
        if nesting(value) > 16:
            raise Malformed("a fact nests more than 16 levels deep")
        fact = canonical_bytes({"name": name, "value": value})
        commitment = sha256(b"taalil/commitment/v1\x00", decode_base64(string(salt), 32), fact)
        if base64.b64encode(commitment).decode() not in commitments:
            raise Broken(f"the receipt does not open {name!r} as the entry commits to it")
        facts[name] = value
    try:
        index, path, note = parse_proof(string(proof))
        checkpoint = verify_checkpoint(note.encode(), log_keys, witness_keys, origin, policy)
    except UnicodeEncodeError:
        raise Malformed("the proof holds a lone surrogate") from None
    if index >= checkpoint.size:
        raise Broken("the index is not below the size")
    if root_from_path(index, checkpoint.size, leaf_hash(entry), path) != checkpoint.root:
        raise Broken("the inclusion proof does not lead to the root of the checkpoint")
    return {"index": index, "type": kind, "period": period, "facts": facts, **summary(checkpoint)}


def verify_receipt_file(data, log_keys, witness_keys, origin=None, policy=None):
    if len(data) > 4 * 1024 * 1024:
        raise Malformed("the file is too long")
    value = parse_json(data)
    receipts = members(value, "v", "receipts")[1] if isinstance(value, dict) and "receipts" in value else [value]
    if not isinstance(receipts, list) or not receipts:
        raise Malformed("a bundle holds one or more receipts")
    verified = [verify_receipt(receipt, log_keys, witness_keys, origin, policy) for receipt in receipts]
    if len({(receipt["origin"], receipt["index"]) for receipt in verified}) != len(verified):
        raise Broken("an entry appears twice in the bundle")
    return verified


def summary(checkpoint):
    return {"origin": checkpoint.origin, "size": checkpoint.size, "signed_by": list(checkpoint.signed_by)}


def run(arguments):
    policy = None
    if arguments.policy is not None:
        file = pathlib.Path(arguments.policy)
        policy = parse_policy(read_file(file.parent, file.name))
    keys = [parse_vkey(k) for k in arguments.key]
    trust = (keys, [parse_vkey(k) for k in arguments.witness], arguments.origin, policy)
    path = pathlib.Path(arguments.path)
    if arguments.what == "receipt":
        return {"receipts": verify_receipt_file(read_file(path.parent, path.name), *trust)}
    if arguments.what == "checkpoint":
        return summary(verify_checkpoint(read_file(path.parent, path.name), *trust))
    checkpoint = verify_checkpoint(read_file(path, "checkpoint"), *trust)
    verify_folder(path, checkpoint, arguments.hashes_only)
    return summary(checkpoint)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["checkpoint", "log", "receipt"])
    parser.add_argument("path")
    parser.add_argument("--key", action="append", default=[], help="verifier key of the log")
    parser.add_argument("--witness", action="append", default=[], help="verifier key of a witness that must have cosigned")
    parser.add_argument("--policy", help="a C2SP tlog-policy file: its quorum must be met")
    parser.add_argument("--origin", help="origin line that is meant; else the name of --key")
    parser.add_argument("--hashes-only", action="store_true", help="leave the entries of a log unread")
    arguments = parser.parse_args()
    try:
        print(json.dumps({"ok": True, **run(arguments)}, ensure_ascii=False))
        return 0
    except (Broken, Untrusted, Malformed) as error:
        kind = type(error).__name__.lower()
        print(json.dumps({"ok": False, "kind": kind, "why": str(error)}, ensure_ascii=False))
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
