"""Makes the tiny embedding model that the tests download and run: a BERT-shaped graph of a few KB whose token vectors
come from a seeded table. Needs `pip install onnx numpy`. Run it in this folder."""
import json
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WORDS = "[PAD] [UNK] [CLS] [SEP] query : passage the a cat dog sleeps runs red blue house le un chat chien dort maison".split()
SIZE = 16

rng = np.random.default_rng(1)
table = rng.standard_normal((len(WORDS), SIZE)).astype(np.float32)
for english, french in (("cat", "chat"), ("dog", "chien"), ("sleeps", "dort"), ("house", "maison")):
    table[WORDS.index(french)] = table[WORDS.index(english)] + 0.05 * rng.standard_normal(SIZE)
table[:7] *= 0.05  # markers say little

axes = ["batch", "sequence"]
inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, axes) for n in ("input_ids", "attention_mask", "token_type_ids")]
output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*axes, SIZE])
nodes = [
    helper.make_node("Gather", ["table", "input_ids"], ["gathered"], axis=0),
    helper.make_node("Cast", ["token_type_ids"], ["types"], to=TensorProto.FLOAT),
    helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
    helper.make_node("Mul", ["types", "mask"], ["zeros"]),
    helper.make_node("Unsqueeze", ["zeros", "last"], ["column"]),
    helper.make_node("Add", ["gathered", "column"], ["last_hidden_state"]),
]
graph = helper.make_graph(nodes, "tiny", inputs, [output], [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.array([-1], np.int64), "last")])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, "onnx/model_quantized.onnx")

vocab = {word: index for index, word in enumerate(WORDS)}
special = [{"id": vocab[w], "content": w, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True} for w in WORDS[:4]]
json.dump(
    {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": special,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
            "special_tokens": {w: {"id": w, "ids": [vocab[w]], "tokens": [w]} for w in ("[CLS]", "[SEP]")},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": vocab},
    },
    open("tokenizer.json", "w"),
    indent=1,
)
json.dump({"tokenizer_class": "BertTokenizer", "model_max_length": 128, "do_lower_case": True, "unk_token": "[UNK]", "sep_token": "[SEP]", "pad_token": "[PAD]", "cls_token": "[CLS]"}, open("tokenizer_config.json", "w"), indent=1)
json.dump({"model_type": "bert", "architectures": ["BertModel"], "hidden_size": SIZE, "vocab_size": len(WORDS), "num_hidden_layers": 1, "num_attention_heads": 1, "max_position_embeddings": 128}, open("config.json", "w"), indent=1)
