"""Writes a scikit-learn forest, tree, gradient boosting or linear model as JSON that @taalil/explain reads.

    from sklearn_export import export; export(model, "model.json")             # formats: packages/explain/docs
"""
import json

import numpy as np


def tree_entry(tree, values, outputs):
    missing = getattr(tree, "missing_go_to_left", np.zeros(tree.node_count))
    return {"left": tree.children_left.tolist(), "right": np.where(tree.children_left < 0, -1, tree.children_right).tolist(),
            "feature": tree.feature.tolist(), "threshold": tree.threshold.tolist(), "missingLeft": np.asarray(missing, int).tolist(),
            "cover": tree.weighted_n_node_samples.tolist(), "outputs": outputs, "values": [v.tolist() for v in values]}


def export(model, path, means=None):
    kind, names = type(model).__name__, getattr(model, "feature_names_in_", None)
    head = {"estimator": kind, "features": int(model.n_features_in_), **({} if names is None else {"names": list(map(str, names))})}
    if hasattr(model, "coef_"):
        weights, classes = np.atleast_2d(model.coef_), len(getattr(model, "classes_", []))
        if classes > 2 and getattr(model, "multi_class", "auto") == "ovr":
            raise ValueError("one-vs-rest probabilities are not a softmax; fit with the multinomial loss")
        link = {0: "identity", 2: "logistic"}.get(classes, "softmax") if hasattr(model, "predict_proba") else "identity"
        body = {"format": "taalil-linear/1", "outputs": len(weights), "coefficients": weights.tolist(), "link": link,
                "intercepts": np.broadcast_to(model.intercept_, len(weights)).tolist(), **({} if means is None else {"means": list(map(float, means))})}
    elif "GradientBoosting" in kind and not kind.startswith("Hist"):
        outputs = model.estimators_.shape[1]
        raw = model._raw_predict_init(np.zeros((1, model.n_features_in_), dtype=np.float32)).ravel()
        trees = [tree_entry(e.tree_, [model.learning_rate * e.tree_.value[:, 0, 0]], [k]) for row in model.estimators_ for k, e in enumerate(row)]
        link = "identity" if kind.endswith("Regressor") else "logistic" if outputs == 1 else "softmax"
        body = {"format": "taalil-sklearn/1", "outputs": outputs, "base": raw.tolist(), "divisor": 1, "inputs": "float32", "link": link, "trees": trees}
    elif hasattr(model, "tree_") or hasattr(model, "estimators_"):
        estimators, classes = getattr(model, "estimators_", [model]), hasattr(model, "classes_")
        outputs = len(model.classes_) if classes else 1
        leaves = lambda v: v / v.sum(axis=1, keepdims=True) if classes else v
        trees = [tree_entry(e.tree_, leaves(e.tree_.value[:, 0, :]).T, list(range(outputs))) for e in estimators]
        body = {"format": "taalil-sklearn/1", "outputs": outputs, "base": [0.0] * outputs, "divisor": len(estimators), "inputs": "float32", "link": "identity", "trees": trees}
    else:
        raise ValueError(f"{kind} is not exported")
    with open(path, "w") as file:
        json.dump({**head, **body}, file)
