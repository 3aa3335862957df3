"""Make a tiny Piper voice: a model of a few nodes that hums as long as there are phonemes."""

import json
import string
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

RATE = 16_000
PER_PHONEME = 700  # samples; there are two numbers for a phoneme, itself and the pad between
PITCH = 150.0


def make_voice(folder: Path, name: str = "en_US-test-low") -> Path:
    """Write NAME.onnx and NAME.onnx.json."""
    constants = {
        "per_phoneme": np.array(PER_PHONEME / 2, np.float32),
        "zero": np.array(0, np.int64),
        "one": np.array(1, np.int64),
        "step": np.array(2 * np.pi * PITCH / RATE, np.float32),
        "loud": np.array(0.3, np.float32),
        "end": np.zeros(1600, np.float32),
        "first": np.array([0], np.int64),
        "second": np.array([1], np.int64),
        "shape": np.array([1, 1, -1], np.int64),
    }
    nodes = [
        helper.make_node("Cast", ["input_lengths"], ["count"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["scales", "second"], ["length_scale"]),
        helper.make_node("Mul", ["count", "per_phoneme"], ["unscaled"]),
        helper.make_node("Mul", ["unscaled", "length_scale"], ["samples"]),
        helper.make_node("Cast", ["samples"], ["limit_vector"], to=TensorProto.INT64),
        helper.make_node("Squeeze", ["limit_vector", "first"], ["limit"]),
        helper.make_node("Range", ["zero", "limit", "one"], ["time"]),
        helper.make_node("Cast", ["time"], ["moments"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["moments", "step"], ["angles"]),
        helper.make_node("Sin", ["angles"], ["wave"]),
        helper.make_node("Mul", ["wave", "loud"], ["sound"]),
        helper.make_node("Concat", ["sound", "end"], ["whole"], axis=0),
        helper.make_node("Reshape", ["whole", "shape"], ["output"]),
    ]
    graph = helper.make_graph(
        nodes,
        "hum",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, None]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, None])],
        [numpy_helper.from_array(value, key) for key, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    path = folder / f"{name}.onnx"
    save(model, str(path))
    symbols = ["_", "^", "$", " ", *string.ascii_lowercase, *"ɪəʊɛæɹɑɔʌŋθðʃʒʤʧˈˌːɡᵻɐɚɜɾʔ.,;:?!'"]
    config = {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": "en-us"},
        "language": {"code": "en_US"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "num_symbols": len(symbols),
        "num_speakers": 1,
        "phoneme_id_map": {symbol: [number] for number, symbol in enumerate(symbols)},
    }
    Path(f"{path}.json").write_text(json.dumps(config))
    return path
