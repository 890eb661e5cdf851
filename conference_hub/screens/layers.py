"""Laying something over the stage of a lane, and taking it away: acts of the lane, which its undo takes back."""

from __future__ import annotations

from conference_hub.agenda import history, steps
from conference_hub.agenda.history import LIVE_RUN, State, Step
from conference_hub.agenda.model import LaneId
from conference_hub.agenda.run_store import live_run
from conference_hub.agenda.sources import offer_documents
from conference_hub.agenda.step_owners import Way
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.facts import Fact
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.core.text import Text
from conference_hub.screens.facts import LayerChanged
from conference_hub.screens.keys import layer_key
from conference_hub.screens.model import Layer, LayerKind
from conference_hub.screens.store import find_layer, layer_document, save_layer

AUDIENCES = (Stream.PUBLIC, Stream.STAFF, Stream.SEALED, Stream.OPERATOR)
"""Who sees what lies over a stage of the live run."""


def lay(write: Write, *, lane: str, kind: LayerKind | None, text: Text | None, seen: int | None) -> Doc:
    """Lay `kind` over the stage of a lane of the live run; None takes away what lies there.

    Returns `{"seq"}`, the number of the operator's entry. Raises NotFound for an unknown lane, Stale when somebody else
    changed it.
    """
    if lane not in {one.id for one in live_run(write.session, write.conf).plan.lanes}:
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=lane)
    key = layer_key(lane)
    write.require_seen(key, seen)
    layer, fact = Layer(kind=kind, text=text, since=write.at), LayerChanged(lane=lane, layer=kind)
    changed = history.changed(_stored(write, lane), _state(lane, layer))
    steps.record(write, LIVE_RUN, LaneId(lane), key, fact, changed)
    return _keep(write, lane, layer, fact)


def take_step(write: Write, step: Step, way: Way, _publish: bool) -> Doc:  # noqa: FBT001 - a `StepOwner`
    """Take a layer back, or lay it again; returns `{"seq"}`. Raises ChangedSince."""
    causes = steps.all_steps(write.session, write.conf, LIVE_RUN)
    state = way.decide(step.subject, step, _stored(write, step.lane), causes)
    way.mark(write, step)
    fact = way.fact(lane=step.lane, undone=step.topic, number=step.number)
    return _keep(write, step.lane, _restored(write, step, state), fact)


def _keep(write: Write, lane: str, layer: Layer, fact: Fact) -> Doc:
    save_layer(write.session, write.conf, lane, layer)
    key = layer_key(lane)
    docs: Docs = {key: layer_document(lane, layer)}
    offer = offer_documents(write.session, write.conf, LaneId(lane))
    return {
        "seq": write.publish(fact, key, {**dict.fromkeys(AUDIENCES, docs), Stream.OPERATOR: docs | offer}).seq
    }


def _stored(write: Write, lane: str) -> State:
    return _state(lane, find_layer(write.session, write.conf, lane))


def _state(lane: str, layer: Layer | None) -> State:
    text = layer.text.as_doc() if layer and layer.text else None
    return {layer_key(lane): {"layer": layer.kind if layer else None, "text": text}}


def _restored(write: Write, step: Step, state: State) -> Layer:
    """Return the layer of a step's values, since now; a step that changed nothing leaves what lies there."""
    values = (state or _stored(write, step.lane))[layer_key(step.lane)]
    kind, text = values["layer"], values["text"]
    return Layer(kind=LayerKind(kind) if kind else None, text=Text(**text) if text else None, since=write.at)
