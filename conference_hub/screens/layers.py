"""Laying something over the stage of a lane, and taking it away: acts of the lane, which its undo takes back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from conference_hub.agenda import history
from conference_hub.agenda.commanding import act, stopped
from conference_hub.agenda.history import LIVE_RUN, RunId, State, Values
from conference_hub.agenda.run import Following, RunKind
from conference_hub.agenda.scene import Asked, scene_of
from conference_hub.agenda.step_owners import NOBODY_ELSE, Others, StepOwner, merged
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.core.text import Text
from conference_hub.screens.facts import LayerChanged
from conference_hub.screens.keys import LAYER, layer_key
from conference_hub.screens.model import Layer, LayerKind
from conference_hub.screens.store import REHEARSING, find_layer, layer_document, save_layer

AUDIENCES = (Stream.PUBLIC, Stream.STAFF, Stream.SEALED, Stream.OPERATOR)
"""Who sees what lies over a stage of the live run."""


STAYS_SEEN = frozenset({None, LayerKind.APPLAUSE})
"""What names may come out under: with any other layer the audience does not see who is named."""


def lay(
    write: Write,
    *,
    lane: str,
    kind: LayerKind | None,
    text: Text | None,
    seen: int | None,
    run: RunId = LIVE_RUN,
    others: Others = NOBODY_ELSE,
) -> Doc:
    """Lay `kind` over the stage of a lane of a run; None takes away what lies there.

    Names that come by themselves stop where the audience would not see them. Returns `{"seq"}`, the number of the
    operator's entry. Raises NotFound for an unknown lane, Stale when somebody else changed it.
    """
    key, scene = layer_key(lane), scene_of(write, Asked(lane=lane, run=run, others=others), panic=True)
    write.require_seen(scene.keys.of_key(key), seen)
    layer, fact = Layer(kind=kind, text=text, since=scene.at), LayerChanged(lane=lane, layer=kind)
    before = find_layer(write.session, write.conf, scene.following, lane)
    changed = history.changed(_state(lane, before), _state(lane, layer))
    still = {} if kind in STAYS_SEEN else stopped(scene)
    return act(scene, fact, key, changed, merged((_keep(write, scene.following, lane, layer), still)))


def _current(write: Write, following: Following, keys: Collection[str]) -> State:
    lanes = (key.removeprefix(LAYER) for key in keys)
    found = (_state(lane, find_layer(write.session, write.conf, following, lane)) for lane in lanes)
    return {key: values for state in found for key, values in state.items()}


def _restore(
    write: Write,
    following: Following,
    state: State,
    _publish: bool,  # noqa: FBT001 - a `StepOwner`
) -> dict[Stream, Docs]:
    """Take layers back, or lay them again; they lie there since now."""
    at = following.time(write.at)
    return merged(_keep(write, following, key.removeprefix(LAYER), _layer(state[key], at)) for key in state)


OWNER = StepOwner(
    current=_current,
    restore=_restore,
    fact=lambda way, step, _company: way.fact(lane=step.lane, undone=step.topic, number=step.number),
)
"""Takes acts on layers back, and does them again."""


def _keep(write: Write, following: Following, lane: str, layer: Layer) -> dict[Stream, Docs]:
    save_layer(write.session, write.conf, following, lane, layer)
    docs: Docs = {layer_key(lane): layer_document(lane, layer)}
    return dict.fromkeys(REHEARSING if following.kind is RunKind.REHEARSAL else AUDIENCES, docs)


def _state(lane: str, layer: Layer | None) -> State:
    text = layer.text.as_doc() if layer and layer.text else None
    return {layer_key(lane): {"layer": layer.kind if layer else None, "text": text}}


def _layer(values: Values, at: datetime) -> Layer:
    kind, text = values["layer"], values["text"]
    return Layer(kind=LayerKind(kind) if kind else None, text=Text(**text) if text else None, since=at)
