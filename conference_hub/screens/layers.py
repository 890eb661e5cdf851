"""Laying something over the stage of a lane, and taking it away."""

from __future__ import annotations

from conference_hub.agenda.run_store import live_run
from conference_hub.core.errors import NotFound, msg
from conference_hub.core.journal import Write
from conference_hub.core.stream import Doc, Docs, Stream
from conference_hub.core.text import Text
from conference_hub.screens.facts import LayerChanged
from conference_hub.screens.keys import layer_key
from conference_hub.screens.model import Layer, LayerKind
from conference_hub.screens.store import layer_document, save_layer


def lay(write: Write, *, lane: str, kind: LayerKind | None, text: Text | None, seen: int | None) -> Doc:
    """Lay `kind` over the stage of a lane of the live run; None takes away what lies there.

    Returns `{"seq"}`, the number of the operator's entry. Raises NotFound for an unknown lane, Stale when somebody else
    changed it.
    """
    if lane not in {one.id for one in live_run(write.session, write.conf).plan.lanes}:
        raise NotFound(msg("그런 진행 구역이 없습니다."), lane=lane)
    key = layer_key(lane)
    write.require_seen(key, seen)
    layer = Layer(kind=kind, text=text, since=write.at)
    save_layer(write.session, write.conf, lane, layer)
    docs: Docs = {key: layer_document(lane, layer)}
    return {"seq": write.publish(LayerChanged(lane=lane, layer=kind), key, dict.fromkeys(Stream, docs)).seq}
