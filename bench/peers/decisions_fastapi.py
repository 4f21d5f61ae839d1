"""The peer of bench/decisions.ts: the same job the usual way.

FastAPI validates the facts of a return, XGBoost predicts and gives the contributions (`pred_contribs`), PostgreSQL takes one
row and commits, and only then is it answered. No log, no receipts, no encryption, no safeguard. Started by uvicorn:

    MODEL=model.json FACTS=facts.json DATABASE_URL=postgres://… uvicorn --app-dir bench/peers decisions_fastapi:app

FACTS names the model's columns in order and the values that each choice may have. Debian: python3-fastapi, uvicorn,
python3-xgboost, python3-psycopg2.
"""
import json
import os
import uuid
from typing import List, Optional

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np
import psycopg2
import psycopg2.extras
import psycopg2.pool
import xgboost as xgb
from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel, Extra, conint, confloat

with open(os.environ["FACTS"]) as file:
    FACTS = json.load(file)
COLUMNS = FACTS["columns"]
CHOICES = {name: frozenset(values) for name, values in FACTS["choices"].items()}
THRESHOLD = float(FACTS["threshold"])


def floats_as_floats(path):
    """The model file as XGBoost wants it: JSON editors write a weight of 0.0 as 0, which it does not read back."""
    with open(path) as file:
        document = json.load(file)
    for tree in document["learner"]["gradient_booster"]["model"]["trees"]:
        for name in ("base_weights", "loss_changes", "split_conditions", "sum_hessian"):
            tree[name] = [float(value) for value in tree[name]]
    return bytearray(json.dumps(document).encode())


model = xgb.Booster({"nthread": 1})
model.load_model(floats_as_floats(os.environ["MODEL"]))
model.set_param({"nthread": 1})
# One connection for each of the 40 threads in which FastAPI runs plain functions.
pool = psycopg2.pool.ThreadedConnectionPool(1, 40, os.environ["DATABASE_URL"])
app = FastAPI()


class Return(BaseModel):
    sector: str
    city: str
    years: conint(ge=0, le=120)
    employees: conint(ge=0, le=5000)
    turnover: conint(ge=0, le=1000000)
    prior_turnover: Optional[conint(ge=0, le=1000000)]
    margin: confloat(ge=-100, le=100)
    cash_share: conint(ge=0, le=100)
    late_returns: conint(ge=0, le=24)
    declared_gap: confloat(ge=-100, le=200)
    invoices_missing: conint(ge=0, le=10000)
    refund_claimed: bool
    address_changes: conint(ge=0, le=50)

    class Config:
        extra = Extra.forbid


class Envelope(BaseModel):
    subject: str
    input: Return

    class Config:
        extra = Extra.forbid


class Line(Envelope):
    idempotency_key: str


@app.on_event("startup")
def prepare():
    connection = pool.getconn()
    with connection, connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(1)")
        cursor.execute(
            """create table if not exists decisions (
                 id uuid primary key, idempotency_key text not null unique, subject text not null,
                 input jsonb not null, score double precision not null, outcome text not null,
                 contributions jsonb not null, created_at timestamptz not null default now())"""
        )
    pool.putconn(connection)


def row_of(facts):
    for name, values in CHOICES.items():
        if getattr(facts, name) not in values:
            raise HTTPException(422, f"{name} is not one of its values")
    row = np.empty(len(COLUMNS), dtype=np.float32)
    for i, column in enumerate(COLUMNS):
        value = getattr(facts, column["input"])
        if "equals" in column:
            row[i] = 1.0 if value == column["equals"] else 0.0
        else:
            row[i] = np.nan if value is None else value
    return row


def assess(rows):
    matrix = xgb.DMatrix(rows, nthread=1, feature_names=model.feature_names, feature_types=model.feature_types)
    return model.predict(matrix), model.predict(matrix, pred_contribs=True)


def record(envelope, key, score, contributions):
    reasons = {column["feature"]: float(value) for column, value in zip(COLUMNS, contributions)}
    outcome = "adverse" if score > THRESHOLD else "favourable"
    identifier = str(uuid.uuid4())
    return (identifier, key, envelope.subject, envelope.input.json(), float(score), outcome, json.dumps(reasons))


INSERT = """insert into decisions (id, idempotency_key, subject, input, score, outcome, contributions)
            values %s on conflict (idempotency_key) do nothing returning idempotency_key, id"""


def insert(rows):
    connection = pool.getconn()
    try:
        with connection, connection.cursor() as cursor:
            made = dict(psycopg2.extras.execute_values(cursor, INSERT, rows, page_size=10000, fetch=True))
            missing = [row[1] for row in rows if row[1] not in made]
            if missing:
                cursor.execute("select idempotency_key, id from decisions where idempotency_key = any(%s)", (missing,))
                made.update(cursor.fetchall())
        return made
    finally:
        pool.putconn(connection)


def answer(row, made):
    return {"id": made[row[1]], "outcome": row[5], "score": row[4], "reasons": json.loads(row[6])}


@app.post("/decisions", status_code=201)
def decide(envelope: Envelope, idempotency_key: str = Header(...)):
    scores, contributions = assess(row_of(envelope.input).reshape(1, -1))
    row = record(envelope, idempotency_key, scores[0], contributions[0])
    return answer(row, insert([row]))


@app.post("/decisions/batch")
def decide_batch(lines: List[Line]):
    scores, contributions = assess(np.vstack([row_of(line.input) for line in lines]))
    rows = [record(line, line.idempotency_key, s, c) for line, s, c in zip(lines, scores, contributions)]
    made = insert(rows)
    return [answer(row, made) for row in rows]
