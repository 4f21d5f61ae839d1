"""Tests of verify_log.py against the frozen vectors. Run: python3 -m unittest discover -s interop/python"""

import base64
import json
import pathlib
import unittest

import verify_log as v

VECTORS = json.loads((pathlib.Path(__file__).parents[2] / "docs" / "formats.vectors.json").read_text("utf-8"))
KEY = [v.parse_vkey(VECTORS["key"]["vkey"])]
REFUSED = (v.Broken, v.Untrusted, v.Malformed)


class FrozenVectors(unittest.TestCase):
    def test_commitments(self):
        for c in VECTORS["commitments"]:
            fact = v.canonical_bytes({"name": c["name"], "value": c["value"]})
            self.assertEqual(fact.decode(), c["canonical"])
            commitment = v.sha256(b"taalil/commitment/v1\x00", base64.b64decode(c["salt"]), fact)
            self.assertEqual(base64.b64encode(commitment).decode(), c["commitment"])

    def test_entries_made_from_facts_and_random_bytes(self):
        for e in VECTORS["entries"]:
            random = base64.b64decode(e["random"])
            places = [random[i : i + 32] for i in range(0, 512, 32)]
            for i, fact in enumerate(e["facts"]):
                named = {"name": fact["name"], "value": fact["value"]}
                places[i] = v.sha256(b"taalil/commitment/v1\x00", places[i], v.canonical_bytes(named))
            commitments = sorted(base64.b64encode(place).decode() for place in places)
            entry = {"v": 1, "type": e["type"], "period": e["period"], "commitments": commitments}
            self.assertEqual(v.canonical_bytes(entry).decode(), e["entry"])
            self.assertEqual(v.leaf_hash(e["entry"].encode()).hex(), e["leafHash"])

    def test_checkpoint_over_the_entries(self):
        checkpoint = v.verify_checkpoint(VECTORS["checkpoint"].encode(), KEY, [])
        self.assertEqual(checkpoint.size, len(VECTORS["entries"]))
        self.assertEqual(checkpoint.root, v.tree_hash([v.leaf_hash(e["entry"].encode()) for e in VECTORS["entries"]]))

    def test_receipt_and_bundle(self):
        (receipt,) = v.verify_receipt_file(VECTORS["receipt"].encode(), KEY, [])
        self.assertEqual(receipt["facts"]["outcome"], {"granted": False, "score": "9.7430"})
        steps = [r["facts"]["step"] for r in v.verify_receipt_file(VECTORS["bundle"].encode(), KEY, [])]
        self.assertEqual(steps, ["decision", "confirmation"])


class OneByteChanged(unittest.TestCase):
    def changes(self, data):
        for at in range(len(data)):
            changed = bytearray(data)
            changed[at] ^= 1
            yield at, bytes(changed)

    def test_checkpoint(self):
        data = VECTORS["checkpoint"].encode()
        for at, changed in self.changes(data):
            with self.assertRaises(REFUSED, msg=f"byte {at}"):
                v.verify_checkpoint(changed, KEY, [])

    def test_receipt(self):
        data = VECTORS["receipt"].encode()
        truth = v.verify_receipt_file(data, KEY, [])
        harmless = 0
        for at, changed in self.changes(data):
            try:
                # White space of the file is free: what still verifies must say the same.
                self.assertEqual(v.verify_receipt_file(changed, KEY, []), truth, f"byte {at}")
                harmless += 1
            except REFUSED:
                pass
        self.assertLess(harmless, 3)


def witness_key(seed, name):
    """A verifier key of a cosigner (type 4) over any 32 bytes: enough to read a policy."""
    material = b"\x04" + bytes([seed]) * 32
    key_id = v.sha256(name.encode(), b"\n", material)[:4].hex()
    return f"{name}+{key_id}+{base64.b64encode(material).decode()}"


class Policies(unittest.TestCase):
    A, B, C = (witness_key(i, f"w{i}.example") for i in range(3))

    def policy(self, *lines):
        return v.parse_policy("".join(f"{line}\n" for line in lines).encode())

    def test_quorums(self):
        witnesses = [f"witness a {self.A} https://a.example", f"witness b {self.B}", f"\twitness  c {self.C} "]
        for lines, size in [
            (["quorum none"], 0),
            (["quorum b"], None),
            (["group g any a b c", "quorum g"], 1),
            (["group g 2 a b c", "quorum g"], 2),
            (["# all of them", "", "group g all a b c", "quorum g"], 3),
            (["group x any a b", "group g all x c", "quorum g"], None),
        ]:
            policy = self.policy(*witnesses, *lines)
            keys = list(policy.witnesses)
            for bits in range(8):
                signed = [key for i, key in enumerate(keys) if bits >> i & 1]
                met = {
                    "quorum b": keys[1] in signed,
                    "quorum g": keys[2] in signed and bool(bits & 3),
                }[lines[-1]] if size is None else len(signed) >= size
                self.assertEqual(v.quorum_met(policy.quorum, signed), met, (lines, bits))

    def test_refused(self):
        for lines in [
            [],
            [f"witness a {self.A}"],
            ["quorum a"],
            [f"witness a {self.A}", "quorum a", "quorum a"],
            [f"witness a {self.A}", f"witness a {self.B}", "quorum a"],
            [f"witness a {self.A}", f"witness b {self.A}", "quorum a"],
            [f"witness none {self.A}", "quorum none"],
            [f"witness a {self.A}", "group g 2 a", "quorum g"],
            [f"witness a {self.A}", "group g 0 a", "quorum g"],
            [f"witness a {self.A}", "group g 2 a a", "quorum g"],
            [f"witness a {self.A}", "group g any a", "group h any a g", "quorum h"],
            [f"witness a {self.A}", "quorum a\rb"],
        ]:
            with self.assertRaises(v.Malformed, msg=lines):
                self.policy(*lines)
        with self.assertRaises(v.Malformed):
            v.parse_policy(b"quorum none")


if __name__ == "__main__":
    unittest.main()
