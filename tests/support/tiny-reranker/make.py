"""Makes the tiny reranker that the tests download and run: a graph of one KB that counts how often words, or their translations,
come twice in a pair of query and text, and a tokenizer of the XLM-R family. Needs `pip install onnx numpy`. Run it in this folder, and
then `biome check --write .`."""
import json
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
PAIRS = [("cat", "chat"), ("dog", "chien"), ("sleeps", "dort"), ("house", "maison"), ("runs", "court"), ("red", "rouge")]
WORDS = SPECIAL + [word for pair in PAIRS for word in pair]

table = np.zeros((len(WORDS), len(PAIRS)), np.float32)
for concept, pair in enumerate(PAIRS):
    for word in pair:
        table[WORDS.index(word), concept] = 1

axes = ["batch", "sequence"]
inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, axes) for name in ("input_ids", "attention_mask")]
output = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 1])
constants = {"table": table, "last": np.array([-1], np.int64), "tokens": np.array([1], np.int64), "each": np.array([1, 2], np.int64), "bias": np.array([3], np.float32)}
nodes = [
    helper.make_node("Gather", ["table", "input_ids"], ["gathered"], axis=0),
    helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
    helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
    helper.make_node("Mul", ["gathered", "column"], ["known"]),
    # The square of a sum less the sum of squares: two for each two tokens of one concept.
    helper.make_node("ReduceSum", ["known", "tokens"], ["sums"], keepdims=0),
    helper.make_node("Mul", ["sums", "sums"], ["squares"]),
    helper.make_node("ReduceSum", ["squares", "tokens"], ["together"], keepdims=1),
    helper.make_node("ReduceSum", ["known", "each"], ["count"], keepdims=0),
    helper.make_node("Unsqueeze", ["count", "last"], ["alone"]),
    helper.make_node("Sub", ["together", "alone"], ["twice"]),
    helper.make_node("Sub", ["twice", "bias"], ["logits"]),
]
graph = helper.make_graph(nodes, "tiny", inputs, [output], [numpy_helper.from_array(value, name) for name, value in constants.items()])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)
for processor in ("qint8_arm64", "quint8_avx2"):
    onnx.save(model, f"onnx/model_{processor}.onnx")

vocab = [[word if word in SPECIAL else f"▁{word}", 0 if word in SPECIAL else -1] for word in WORDS]
added = [{"id": index, "content": word, "special": True} for index, word in enumerate(SPECIAL)]
with open("tokenizer.json", "w") as file:
    json.dump({"version": "1.0", "added_tokens": added, "model": {"type": "Unigram", "unk_id": 3, "vocab": vocab}}, file, indent=1, ensure_ascii=False)
    file.write("\n")
with open("config.json", "w") as file:
    json.dump({"model_type": "xlm-roberta", "architectures": ["XLMRobertaForSequenceClassification"], "num_labels": 1}, file, indent=1)
    file.write("\n")
