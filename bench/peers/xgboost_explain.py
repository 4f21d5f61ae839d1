#!/usr/bin/env python3
"""The peer of bench/explain.ts: XGBoost trains a model, explains rows on one thread, and is timed.

    xgboost_explain.py train FOLDER TREES DEPTH      model.json, rows.f32 (10,000 rows of 30 float32)
    xgboost_explain.py time FOLDER ROWS SINGLE       one line of JSON; contributions.f32 of the ROWS first rows

Times are processor seconds of this process; importing and making the rows are not counted, loading the model is counted
apart. SINGLE rows are also explained one by one.
"""
import json
import resource
import sys
import time
import os

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np
import xgboost as xgb

FEATURES, TRAIN, TEST = 30, 50_000, 10_000


def rows(count, seed):
    random = np.random.default_rng(seed)
    x = random.normal(size=(count, FEATURES)).astype(np.float32)
    x[:, 0:6] = np.round(x[:, 0:6] * 4) / 4
    x[:, 6:9] = random.integers(0, 5, size=(count, 3))
    x[:, 9:12] = np.exp(x[:, 9:12])
    signal = (
        x[:, 0] * x[:, 1] + np.sin(2 * x[:, 12]) + 0.5 * x[:, 9] - (x[:, 6] > 2) * x[:, 13]
        + 0.7 * np.abs(x[:, 14]) * x[:, 15] + 0.3 * x[:, 16:20].sum(axis=1)
    )
    label = (signal + random.normal(size=count) > 0.5).astype(np.float32)
    x[random.random(size=x.shape) < 0.02] = np.nan
    return x, label


def train(folder, trees, depth):
    x, y = rows(TRAIN, 1)
    parameters = {
        "objective": "binary:logistic", "max_depth": depth, "eta": 0.1, "tree_method": "hist",
        "min_child_weight": 1, "nthread": 2, "seed": 1, "verbosity": 0,
    }
    model = xgb.train(parameters, xgb.DMatrix(x, y), trees)
    model.save_model(f"{folder}/model.json")
    rows(TEST, 2)[0].tofile(f"{folder}/rows.f32")


def timed(folder, count, singles):
    x = np.fromfile(f"{folder}/rows.f32", dtype=np.float32).reshape(-1, FEATURES)
    start = time.process_time()
    model = xgb.Booster({"nthread": 1})
    model.load_model(f"{folder}/model.json")
    model.set_param({"nthread": 1})
    load = time.process_time() - start
    data = xgb.DMatrix(x[:count], nthread=1)
    model.predict(xgb.DMatrix(x[:1], nthread=1), pred_contribs=True)
    start = time.process_time()
    contributions = model.predict(data, pred_contribs=True)
    batch = time.process_time() - start
    contributions.astype(np.float32).tofile(f"{folder}/contributions.f32")
    one = []
    for i in range(singles):
        start = time.perf_counter()
        model.predict(xgb.DMatrix(x[i : i + 1], nthread=1), pred_contribs=True)
        one.append(time.perf_counter() - start)
    one.sort()
    print(json.dumps({
        "version": xgb.__version__, "loadSeconds": load, "rows": count, "batchSeconds": batch,
        "single": {"p50": one[len(one) // 2], "p99": one[int(len(one) * 0.99)]} if one else None,
        "maxRssMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))


if __name__ == "__main__":
    command, folder, *numbers = sys.argv[1:]
    {"train": train, "time": timed}[command](folder, *map(int, numbers))
