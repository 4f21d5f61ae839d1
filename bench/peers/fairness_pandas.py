#!/usr/bin/env python3
"""The peer of bench/fairness.ts: what an analyst writes with pandas.

    fairness_pandas.py make CSV ROWS                 a file of decisions, 30 regions
    fairness_pandas.py audit CSV|PARQUET             rates of every group, no intervals; one line of JSON

Reads only the three columns that are needed and groups once: the plain way, not the naive one. Memory is the highest
resident size of this process; importing pandas is not counted in the time.
"""
import json
import resource
import sys
import time

import numpy as np
import pandas as pd

CHUNK = 1_000_000


def make(path, rows):
    random = np.random.default_rng(7)
    names = np.array([f"region-{i:02d}" for i in range(30)])
    for start in range(0, rows, CHUNK):
        n = min(CHUNK, rows - start)
        truth = random.random(n) < 0.3
        score = np.clip(0.3 * truth + 0.7 * random.random(n), 0, 1)
        frame = pd.DataFrame({
            "case": np.arange(start, start + n),
            "region": names[random.integers(0, 30, n)],
            "sex": np.where(random.random(n) < 0.5, "F", "M"),
            "score": np.round(score, 4),
            "prediction": np.where(score > 0.55, "refused", "granted"),
            "truth": truth.astype(int),
        })
        frame.to_csv(path, index=False, mode="w" if start == 0 else "a", header=start == 0)


def audit(path):
    wall, cpu = time.perf_counter(), time.process_time()
    columns = ["region", "prediction", "truth"]
    if path.endswith(".parquet"):
        frame = pd.read_parquet(path, columns=columns)
    else:
        frame = pd.read_csv(path, usecols=columns)
    positive = frame["prediction"] == "refused"
    real = frame["truth"] == 1
    counts = frame.assign(
        tp=positive & real, fp=positive & ~real, fn=~positive & real, tn=~positive & ~real
    ).groupby("region")[["tn", "fp", "fn", "tp"]].sum()
    rates = pd.DataFrame({
        "selection": (counts.tp + counts.fp) / counts.sum(axis=1),
        "fpr": counts.fp / (counts.fp + counts.tn),
        "fnr": counts.fn / (counts.fn + counts.tp),
    })
    print(json.dumps({
        "version": pd.__version__,
        "seconds": time.perf_counter() - wall,
        "processor": time.process_time() - cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "fpr": float(rates.fpr["region-00"]),
    }))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]))
    else:
        audit(sys.argv[2])
